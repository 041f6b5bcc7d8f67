package io.berth.k8s.allocation;

import io.berth.allocator.ServiceKey;

/** What may have to be seen to by an {@link AllocationLoop}. */
sealed interface AllocationKey {

    /** What there is one of. */
    enum Whole implements AllocationKey {
        /** Nothing is known of what others did. */
        ALL_THERE_IS,
        /** The world is another, or has not been looked at yet. */
        WORLD,
        /** Something in the world may not be meant. */
        LINTS,
        /** What is shown is no longer how things are. */
        SHOWN
    }

    /** What a pool remembers may not be what it has to. */
    record OfPool(String pool) implements AllocationKey {
        @Override
        public String toString() {
            return pool;
        }
    }

    /** What stands on a service may not be what was decided. */
    record OfService(ServiceKey service) implements AllocationKey {
        @Override
        public String toString() {
            return service.toString();
        }
    }
}
