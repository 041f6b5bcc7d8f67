package io.berth.k8s.allocation;

import io.berth.allocator.PoolUsage;
import io.berth.k8s.resource.ConfigError;
import io.berth.k8s.resource.Warning;
import java.util.List;

/**
 * What the allocation loop has come to, at one moment; immutable, for whoever shows it.
 *
 * @param services what was decided on every Service, those that hold an address first, then the older
 * @param pools    in the order of preference
 * @param warnings about the world as it was last followed
 * @param errors   what of it cannot be used
 */
public record AllocationSnapshot(
        Progress progress,
        List<Decided> services,
        List<PoolUsage> pools,
        List<Warning> warnings,
        List<ConfigError> errors) {

    /** Before the world was seen for the first time. */
    public static final AllocationSnapshot EMPTY =
            new AllocationSnapshot(Progress.STARTING, List.of(), List.of(), List.of(), List.of());

    /** While another process decides. */
    static final AllocationSnapshot STANDING_BY =
            new AllocationSnapshot(Progress.STANDING_BY, List.of(), List.of(), List.of(), List.of());

    /** How far the loop has come. */
    public enum Progress {
        /** Held addresses are being taken over; nobody may rely on what is shown. */
        STARTING,
        /** Another process decides, and this one is ready to. */
        STANDING_BY,
        /** Every service has been decided on since the start. */
        SETTLED
    }

    public AllocationSnapshot {
        services = List.copyOf(services);
        pools = List.copyOf(pools);
        warnings = List.copyOf(warnings);
        errors = List.copyOf(errors);
    }

    /** Why the process is not ready to be relied on, one reason each; none once it is. */
    public List<String> unready() {
        return switch (progress) {
            case STARTING -> List.of("allocation: the addresses that services hold are not all taken over yet");
            case STANDING_BY, SETTLED -> List.of();
        };
    }
}
