package io.twinstore.storage.migrate;

/**
 * Something that the source was made with, beside its tables.
 *
 * @param type {@code index}, {@code trigger} or {@code view}
 * @param name its name
 * @param sql the statement that made it
 */
public record SourceObject(String type, String name, String sql) {}
