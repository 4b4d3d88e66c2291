package io.twinstore.storage.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** One promise of the contract: marks the method that checks it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Clause {

    /**
     * Names the clause for good, such as {@code SES-CREATE-007}; its text stands in the manifest.
     */
    String id();

    /** How binding it is. */
    Level level() default Level.MUST;

    /** What an adapter must have declared for the clause to bind it. */
    Capability[] needs() default {};
}
