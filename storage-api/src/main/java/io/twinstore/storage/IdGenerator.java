package io.twinstore.storage;

/** Makes ids for records whose id the host did not give. Implementations are thread-safe. */
@FunctionalInterface
public interface IdGenerator {

    /**
     * Returns an id that was never returned before: 1 to 255 characters, by default a UUID of
     * version 7.
     */
    String next();
}
