package io.berth.bgp.rib;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.bgp.Audience;
import io.berth.bgp.RouteAttributes;
import io.berth.bgp.message.PathAttribute.MultiExitDisc;
import io.berth.bgp.rib.Offer.Claim;
import io.berth.bgp.rib.Owner.Named;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OfferTest {

    private static final Owner A = new Named("a");
    private static final Owner B = new Named("b");
    private static final RouteAttributes ONE = RouteAttributes.DEFAULT.with(new MultiExitDisc(1));
    private static final RouteAttributes TWO = RouteAttributes.DEFAULT.with(new MultiExitDisc(2));

    @Test
    void nothingIsForNobody() {
        assertThat(Offer.NOTHING.to("tor-1")).isEmpty();
    }

    @Test
    void theOwnerWhoseNameComesFirstIsHeardWhateverTheOrder() {
        Offer offer = Offer.NOTHING.with(B, toAll(B, TWO)).with(A, toAll(A, ONE));

        assertThat(offer.to("tor-1")).contains(ONE);
        assertThat(offer).isEqualTo(Offer.NOTHING.with(A, toAll(A, ONE)).with(B, toAll(B, TWO)));
    }

    @Test
    void whatIsSetForThePrefixItselfIsHeardBeforeAnybodyElse() {
        Owner prefix = Owner.itsPrefix();
        Offer offer =
                Offer.NOTHING.with(new Named(""), toAll(new Named(""), TWO)).with(prefix, toAll(prefix, ONE));

        assertThat(offer.to("tor-1")).contains(ONE);
        assertThat(offer.with(prefix, List.of()).to("tor-1")).contains(TWO);
    }

    @Test
    void anOwnerIsHeardOnlyByThePeersItNames() {
        Offer offer = Offer.NOTHING
                .with(A, List.of(new Claim(A, Audience.of("tor-1"), ONE)))
                .with(B, toAll(B, TWO));

        assertThat(offer.to("tor-1")).contains(ONE);
        assertThat(offer.to("tor-2")).contains(TWO);
    }

    @Test
    void whatAnOwnerSaysToSomeComesBeforeWhatItSaysToAll() {
        Offer offer = Offer.NOTHING.with(
                A, List.of(new Claim(A, Audience.all(), TWO), new Claim(A, new Audience.Named(Set.of("x", "y")), ONE)));

        assertThat(offer.to("x")).contains(ONE);
        assertThat(offer.to("z")).contains(TWO);
    }

    @Test
    void anOwnerReplacesAllThatItSaidBefore() {
        Offer offer = Offer.NOTHING.with(A, toAll(A, ONE)).with(A, toAll(A, TWO));

        assertThat(offer.to("tor-1")).contains(TWO);
        assertThat(offer.with(A, List.of())).isEqualTo(Offer.NOTHING);
    }

    /** One number for all of them depends on it. */
    @Test
    void theOrderOfClaimsDoesNotMatter() {
        List<Claim> claims = List.of(
                new Claim(A, Audience.of("x"), ONE),
                new Claim(A, Audience.of("y"), ONE),
                new Claim(A, Audience.of("x"), TWO));

        assertThat(Offer.NOTHING.with(A, claims)).isEqualTo(Offer.NOTHING.with(A, claims.reversed()));
    }

    private static List<Claim> toAll(Owner owner, RouteAttributes attributes) {
        return List.of(new Claim(owner, Audience.all(), attributes));
    }
}
