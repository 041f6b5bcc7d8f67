/** The HTTP endpoint: a router of paths to pages, the JDK's server in front of it, the probes, the status page. */
@NullMarked
package io.berth.metrics.http;

import org.jspecify.annotations.NullMarked;
