package io.berth.k8s.advertisement;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.bgp.BgpIdentifier;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class OwnIdentifierTest {

    private static final InetSocketAddress PEER = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 179);

    @Test
    void ownAddressTowardsThePeerIsTheIdentifier() {
        assertThat(OwnIdentifier.towards(PEER)).isEqualTo(BgpIdentifier.parse("127.0.0.1"));
    }

    @Test
    void oneOfAnIpv6AddressIsTheSameEveryTime() {
        InetAddress address = InetAddress.ofLiteral("2001:db8::1");

        assertThat(OwnIdentifier.of(address)).isEqualTo(OwnIdentifier.of(address));
    }

    @Test
    void firstPeerDecidesForAll() {
        Function<InetSocketAddress, BgpIdentifier> identifier = OwnIdentifier.ofFirstPeer();
        BgpIdentifier first = identifier.apply(PEER);

        assertThat(identifier.apply(new InetSocketAddress(InetAddress.ofLiteral("::1"), 179)))
                .isEqualTo(first);
    }
}
