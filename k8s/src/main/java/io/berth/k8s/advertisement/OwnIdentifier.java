package io.berth.k8s.advertisement;

import io.berth.bgp.BgpIdentifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** The BGP Identifier of a speaker that was given none: its own address towards a peer, as routers choose theirs. */
public final class OwnIdentifier {

    private OwnIdentifier() {}

    /** The one towards whoever is asked for first, for all: a speaker has one identifier (RFC 6286). For one thread. */
    public static Function<InetSocketAddress, BgpIdentifier> ofFirstPeer() {
        return new Function<>() {
            private Optional<BgpIdentifier> chosen = Optional.empty();

            @Override
            public BgpIdentifier apply(InetSocketAddress peer) {
                chosen = chosen.or(() -> Optional.of(towards(peer)));
                return chosen.get();
            }
        };
    }

    /** Asks the kernel which address it would use; nothing is sent. */
    public static BgpIdentifier towards(InetSocketAddress peer) {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(peer);
            return of(socket.getLocalAddress());
        } catch (IOException | UncheckedIOException unreachable) {
            return of(InetAddress.getLoopbackAddress());
        }
    }

    /** An IPv4 address is an identifier; of an IPv6 address the bits are mixed, which RFC 6286 allows. */
    public static BgpIdentifier of(InetAddress address) {
        return address instanceof Inet4Address v4 && !v4.isAnyLocalAddress()
                ? BgpIdentifier.of(v4)
                : new BgpIdentifier(Math.max(1, Arrays.hashCode(address.getAddress()) >>> 1));
    }
}
