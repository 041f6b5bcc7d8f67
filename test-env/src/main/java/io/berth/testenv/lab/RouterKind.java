package io.berth.testenv.lab;

/** The routers that the suites run against. A new one is a constant here, its class, and a folder in {@code test-env/images}. */
public enum RouterKind {
    FRR,
    BIRD;

    RouterSoftware software() {
        return switch (this) {
            case FRR -> new Frr();
            case BIRD -> new Bird();
        };
    }
}
