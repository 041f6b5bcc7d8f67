/** The metallb.io resources, and the core resources as far as Berth reads them, as records. */
@NullMarked
package io.berth.k8s.resource;

import org.jspecify.annotations.NullMarked;
