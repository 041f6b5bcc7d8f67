/** A real Kubernetes API server as a fixture, for the end-to-end tests and the demo. */
@NullMarked
package io.berth.testenv.kube;

import org.jspecify.annotations.NullMarked;
