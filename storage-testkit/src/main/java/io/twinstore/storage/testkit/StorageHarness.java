package io.twinstore.storage.testkit;

import java.util.Set;

/** What the author of an adapter gives the kit. */
public interface StorageHarness {

    /** Returns the name of the adapter in reports, such as {@code sqlite}. */
    String name();

    /** Returns the optional parts that the adapter has; all of them by default. */
    default Set<Capability> capabilities() {
        return Set.of(Capability.values());
    }

    /** Makes a fresh database that holds nothing, not even the schema. */
    TestDatabase newDatabase();
}
