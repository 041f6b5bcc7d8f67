/** What Berth writes into the status of objects, as trees: pure functions of what is known, of what was written before and of the time. */
@org.jspecify.annotations.NullMarked
package io.berth.k8s.status;
