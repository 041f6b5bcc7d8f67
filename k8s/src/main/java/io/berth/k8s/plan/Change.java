package io.berth.k8s.plan;

import io.berth.allocator.Address;
import io.berth.allocator.ServiceKey;
import io.berth.k8s.allocation.Decided;
import java.util.List;

/**
 * What becomes of the addresses of one service.
 *
 * @param before  those that it has today, or gets today
 * @param after   what is decided on it afterwards
 * @param message why, and why it loses what it loses
 */
public record Change(List<Address> before, Decided after, String message) {

    public Change {
        before = List.copyOf(before);
    }

    public ServiceKey service() {
        return after.service();
    }
}
