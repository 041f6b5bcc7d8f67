/** Where the world comes from: a directory of manifests, or Kubernetes. */
@NullMarked
package io.berth.k8s.cluster;

import org.jspecify.annotations.NullMarked;
