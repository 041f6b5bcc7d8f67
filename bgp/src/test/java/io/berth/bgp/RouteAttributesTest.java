package io.berth.bgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.berth.bgp.message.Community;
import io.berth.bgp.message.PathAttribute;
import io.berth.bgp.message.PathAttribute.Communities;
import io.berth.bgp.message.PathAttribute.LocalPref;
import io.berth.bgp.message.PathAttribute.MultiExitDisc;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RouteAttributesTest {

    private static final NextHop SELF = NextHop.self();

    @Test
    void theOrderInWhichAttributesAreGivenMakesNoDifference() {
        PathAttribute med = new MultiExitDisc(10);
        PathAttribute localPref = new LocalPref(200);

        assertThat(new RouteAttributes(SELF, List.of(localPref, med)))
                .isEqualTo(new RouteAttributes(SELF, List.of(med, localPref)));
    }

    @Test
    void twoAttributesOfOneTypeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RouteAttributes(SELF, List.of(new LocalPref(1), new LocalPref(2))))
                .withMessageStartingWith("a route has at most one attribute of each type");
    }

    @Test
    void anAttributeReplacesTheEarlierOneOfItsType() {
        RouteAttributes attributes = RouteAttributes.DEFAULT
                .with(new LocalPref(100))
                .with(new Communities(List.of(Community.NO_EXPORT)))
                .with(new LocalPref(0));

        assertThat(attributes.attributes())
                .containsExactly(new LocalPref(0), new Communities(List.of(Community.NO_EXPORT)));
    }

    @Test
    void aRouteForAllIsForPeersThatNobodyHasNamedYet() {
        assertThat(Audience.all().includes("tor-1")).isTrue();
        assertThat(new Audience.Named(Set.of("tor-1", "tor-2")).includes("tor-2"))
                .isTrue();
        assertThat(Audience.of("tor-1").includes("tor-2")).isFalse();
    }
}
