/** Whatever can happen to an API server, to controllers and to what they read, at random; and a witness who sees what comes of it. */
@NullMarked
package io.berth.testenv.faults;

import org.jspecify.annotations.NullMarked;
