package io.berth.bgp.message;

import io.berth.bgp.Asn;
import io.berth.bgp.BgpIdentifier;
import io.berth.bgp.HoldTime;
import java.util.List;

/**
 * OPEN (RFC 4271 section 4.2) with its capabilities (RFC 5492).
 *
 * @param as the speaker's AS number: of the two-octet field, or of the four-octet capability where there is one (RFC 6793)
 * @param capabilities in the order of the message; one code may come several times
 */
public record Open(Asn as, HoldTime holdTime, BgpIdentifier identifier, List<Capability> capabilities)
        implements Message {

    /** The one version there is. */
    public static final int VERSION = 4;

    public Open {
        capabilities = List.copyOf(capabilities);
    }

    /** Whether a capability of this kind is among them. */
    public boolean has(Class<? extends Capability> kind) {
        return capabilities.stream().anyMatch(kind::isInstance);
    }

    /** The capabilities of this kind, in the order of the message. */
    public <C extends Capability> List<C> all(Class<C> kind) {
        return capabilities.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
