package io.berth.k8s;

import io.berth.bgp.AddressLiteral;
import io.berth.bgp.Asn;
import io.berth.bgp.BgpIdentifier;
import io.berth.bgp.HoldTime;
import io.berth.bgp.message.Family;
import io.berth.k8s.live.Server;
import io.berth.metrics.http.ListenAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How the values of options are read; what is wrong with one is said in the words of its own type. */
final class Values {

    private Values() {}

    static CommandLine readBy(CommandLine command) {
        return command.registerConverter(Asn.class, strict(Asn::parse))
                .registerConverter(BgpIdentifier.class, strict(BgpIdentifier::parse))
                .registerConverter(HoldTime.class, strict(Values::holdTime))
                .registerConverter(Family.class, strict(Values::family))
                .registerConverter(InetAddress.class, strict(AddressLiteral::parse))
                .registerConverter(Duration.class, strict(Values::seconds))
                .registerConverter(Base.class, Base::named)
                .registerConverter(InetSocketAddress.class, strict(ListenAddress::parse))
                .registerConverter(Server.class, strict(Server::parse))
                .registerConverter(PeerAddress.class, strict(PeerAddress::parse));
    }

    private static <T> ITypeConverter<T> strict(Function<String, T> parse) {
        return text -> {
            try {
                return parse.apply(text);
            } catch (IllegalArgumentException malformed) {
                throw new TypeConversionException(malformed.getMessage());
            }
        };
    }

    private static HoldTime holdTime(String text) {
        if (!text.matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException("hold time must be 0 or 3 to 65535 seconds, got '" + text + "'");
        }
        return new HoldTime(Integer.parseInt(text));
    }

    private static Duration seconds(String text) {
        if (!text.matches("[0-9]{1,4}") || Integer.parseInt(text) > 3600) {
            throw new IllegalArgumentException("must be 0 to 3600 seconds, got '" + text + "'");
        }
        return Duration.ofSeconds(Integer.parseInt(text));
    }

    private static Family family(String text) {
        return switch (text) {
            case "ipv4" -> Family.IPV4_UNICAST;
            case "ipv6" -> Family.IPV6_UNICAST;
            default -> throw new IllegalArgumentException("a family is ipv4 or ipv6, got '" + text + "'");
        };
    }
}
