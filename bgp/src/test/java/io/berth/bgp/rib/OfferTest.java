package io.berth.bgp.rib;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.bgp.Audience;
import io.berth.bgp.RouteAttributes;
import io.berth.bgp.message.PathAttribute.MultiExitDisc;
import io.berth.bgp.rib.Offer.Claim;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OfferTest {

    private static final RouteAttributes ONE = RouteAttributes.DEFAULT.with(new MultiExitDisc(1));
    private static final RouteAttributes TWO = RouteAttributes.DEFAULT.with(new MultiExitDisc(2));

    @Test
    void nothingIsForNobody() {
        assertThat(Offer.NOTHING.to("tor-1")).isEmpty();
    }

    @Test
    void theOwnerWhoseNameComesFirstIsHeardWhateverTheOrder() {
        Offer offer = Offer.NOTHING.with("b", toAll("b", TWO)).with("a", toAll("a", ONE));

        assertThat(offer.to("tor-1")).contains(ONE);
        assertThat(offer).isEqualTo(Offer.NOTHING.with("a", toAll("a", ONE)).with("b", toAll("b", TWO)));
    }

    @Test
    void anOwnerIsHeardOnlyByThePeersItNames() {
        Offer offer = Offer.NOTHING
                .with("a", List.of(new Claim("a", Audience.of("tor-1"), ONE)))
                .with("b", toAll("b", TWO));

        assertThat(offer.to("tor-1")).contains(ONE);
        assertThat(offer.to("tor-2")).contains(TWO);
    }

    @Test
    void whatAnOwnerSaysToSomeComesBeforeWhatItSaysToAll() {
        Offer offer = Offer.NOTHING.with(
                "a",
                List.of(
                        new Claim("a", Audience.all(), TWO),
                        new Claim("a", new Audience.Named(Set.of("x", "y")), ONE)));

        assertThat(offer.to("x")).contains(ONE);
        assertThat(offer.to("z")).contains(TWO);
    }

    @Test
    void anOwnerReplacesAllThatItSaidBefore() {
        Offer offer = Offer.NOTHING.with("a", toAll("a", ONE)).with("a", toAll("a", TWO));

        assertThat(offer.to("tor-1")).contains(TWO);
        assertThat(offer.with("a", List.of())).isEqualTo(Offer.NOTHING);
    }

    /** One number for all of them depends on it. */
    @Test
    void theOrderOfClaimsDoesNotMatter() {
        List<Claim> claims = List.of(
                new Claim("a", Audience.of("x"), ONE),
                new Claim("a", Audience.of("y"), ONE),
                new Claim("a", Audience.of("x"), TWO));

        assertThat(Offer.NOTHING.with("a", claims)).isEqualTo(Offer.NOTHING.with("a", claims.reversed()));
    }

    private static List<Claim> toAll(String owner, RouteAttributes attributes) {
        return List.of(new Claim(owner, Audience.all(), attributes));
    }
}
