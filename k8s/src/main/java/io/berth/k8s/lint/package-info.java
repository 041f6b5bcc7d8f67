/** What works but is probably not what was meant: the common pitfalls, each told with what to do about it. */
@NullMarked
package io.berth.k8s.lint;

import org.jspecify.annotations.NullMarked;
