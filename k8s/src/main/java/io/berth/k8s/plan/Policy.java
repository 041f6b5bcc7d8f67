package io.berth.k8s.plan;

import io.berth.k8s.advertisement.Rules;
import io.berth.k8s.allocation.AllocationSettings;
import java.time.Instant;

/**
 * What a plan depends on besides the world that it is for.
 *
 * @param now when it is made: addresses that are kept for services which gave them back are so until their time
 */
public record Policy(AllocationSettings allocation, Rules announcement, Instant now) {}
