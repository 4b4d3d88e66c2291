package io.twinstore.storage;

import java.util.Map;
import java.util.stream.Stream;

/** Recognises that a class was not on the class path, and knows which artifact would bring it. */
final class MissingClass {

    private static final Map<String, String> ARTIFACTS =
            Map.of(
                    "org.postgresql.", "the PostgreSQL driver, org.postgresql:postgresql",
                    "org.sqlite.", "the SQLite driver, org.xerial:sqlite-jdbc",
                    "com.zaxxer.hikari.", "com.zaxxer:HikariCP",
                    "org.jdbi.", "org.jdbi:jdbi3-core",
                    "org.slf4j.", "org.slf4j:slf4j-api",
                    "io.twinstore.storage.schema.",
                            "io.twinstore:storage-schema:" + ApiVersion.TEXT,
                    "io.twinstore.storage.jdbi.", "io.twinstore:storage-jdbi:" + ApiVersion.TEXT,
                    "io.twinstore.storage.search.",
                            "io.twinstore:storage-search:" + ApiVersion.TEXT);

    private MissingClass() {}

    /**
     * Returns the name of the class that an error or one of its causes says was not found. A class
     * whose initializer failed raises the same type of error and is not meant.
     */
    static Stream<String> in(Throwable fault) {
        return Stream.iterate(fault, cause -> cause != null, Throwable::getCause)
                .filter(
                        cause ->
                                cause instanceof NoClassDefFoundError
                                        || cause instanceof ClassNotFoundException)
                .map(cause -> String.valueOf(cause.getMessage()).replace('/', '.'))
                .filter(name -> name.matches("[\\w$.]+"));
    }

    /** Returns what to add so that the class is there. */
    static String artifact(String className) {
        return ARTIFACTS.entrySet().stream()
                .filter(entry -> className.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("the artifact that holds it");
    }
}
