package io.twinstore.storage;

/**
 * An API key that was just made, with the application that it belongs to. This is the only time
 * that the key can be seen: what is stored does not give it back.
 *
 * @param application the application as it is now
 * @param key the key, or {@link Secret#none()} where the application was imported with the hash of
 *     one that its owner has already
 */
public record IssuedKey(Application application, Secret key) {}
