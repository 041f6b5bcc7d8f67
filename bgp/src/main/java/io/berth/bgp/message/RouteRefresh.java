package io.berth.bgp.message;

/**
 * ROUTE-REFRESH (RFC 2918), with the subtypes of Enhanced Route Refresh (RFC 7313).
 *
 * @param afi as received: a family that is not spoken here is ignored, not an error
 * @param safi as received
 */
public record RouteRefresh(int afi, int safi, Subtype subtype) implements Message {

    /** What the second octet of the body says. */
    public enum Subtype {
        REQUEST(0),
        BEGIN(1),
        END(2),
        /** Any other value: to be ignored (RFC 7313 section 5), and never sent. */
        UNKNOWN(255);

        private final int code;

        Subtype(int code) {
            this.code = code;
        }

        /** The value on the wire. */
        public int code() {
            return code;
        }
    }

    /** A message about a family that is spoken here. */
    public static RouteRefresh of(Family family, Subtype subtype) {
        return new RouteRefresh(family.afi(), family.safi(), subtype);
    }

    /** Whether this message is about {@code family}. */
    public boolean concerns(Family family) {
        return afi == family.afi() && safi == family.safi();
    }
}
