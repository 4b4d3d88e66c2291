package io.twinstore.storage.testkit;

/** How binding a clause is. */
public enum Level {
    /** An adapter that breaks it does not keep the contract. Has a saboteur at least. */
    MUST,
    /** Expected of an adapter, but beyond what a saboteur can break from outside. */
    SHOULD
}
