package io.berth.k8s;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An option that chooses what is shown of an answer. It has no environment variable: BERTH_NAMESPACE says where a process finds
 * its configuration, and would hide most rows of a list from whoever has it set.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@interface Filter {}
