package io.berth.testenv.lab;

import java.util.List;

/**
 * What a router is told: who it is, whom it talks to, and what it announces to all of them.
 *
 * @param originated prefixes of both families, as {@code 198.18.7.0/24}
 */
public record RouterConfig(long asn, List<Neighbour> neighbours, List<String> originated) {

    public RouterConfig {
        neighbours = List.copyOf(neighbours);
        originated = List.copyOf(originated);
    }

    public static RouterConfig of(long asn, Neighbour... neighbours) {
        return new RouterConfig(asn, List.of(neighbours), List.of());
    }

    public RouterConfig originating(String... prefixes) {
        return new RouterConfig(asn, neighbours, List.of(prefixes));
    }

    List<String> originatedIpv4() {
        return originated.stream().filter(prefix -> !prefix.contains(":")).toList();
    }

    List<String> originatedIpv6() {
        return originated.stream().filter(prefix -> prefix.contains(":")).toList();
    }
}
