/** The process called berth: settings, commands, and main. */
@NullMarked
package io.berth.k8s;

import org.jspecify.annotations.NullMarked;
