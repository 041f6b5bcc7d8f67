/** The layout of the sources: palantir-java-format, checked by a test and mended by {@code ./test-env/format}. */
@NullMarked
package io.berth.testenv.format;

import org.jspecify.annotations.NullMarked;
