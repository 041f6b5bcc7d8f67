/** Keeps the statuses of objects as somebody else says they should be; what they say is nothing to it. */
@org.jspecify.annotations.NullMarked
package io.berth.k8s.board;
