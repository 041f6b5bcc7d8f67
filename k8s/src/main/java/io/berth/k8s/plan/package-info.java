/** What Berth would do with a set of manifests, and why: computed once, printed for people and for machines. */
@NullMarked
package io.berth.k8s.plan;

import org.jspecify.annotations.NullMarked;
