package io.twinstore.storage;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The names by which {@code DB_TYPE} knows a database. */
final class DatabaseTypes {

    /** What a message offers. */
    static final String ALLOWED = "sqlite or postgresql (also postgres, pg), in any case";

    private static final List<String> NAMES =
            List.of(StorageOptions.SQLITE, StorageOptions.POSTGRESQL, "postgres");

    private DatabaseTypes() {}

    /**
     * Returns the id that a name stands for: aliases resolved, in lower case, without white space
     * around.
     */
    static String canonical(String name) {
        String id = name.strip().toLowerCase(Locale.ROOT);
        return id.equals("postgres") || id.equals("pg") ? StorageOptions.POSTGRESQL : id;
    }

    static boolean isKnown(String id) {
        return id.equals(StorageOptions.SQLITE) || id.equals(StorageOptions.POSTGRESQL);
    }

    /**
     * Returns which of our own databases a name was probably meant to be, if it is not one already.
     */
    static Optional<String> suggestion(String id) {
        if (isKnown(id)) {
            return Optional.empty();
        }
        if (List.of("psql", "pgsql", "postgre").contains(id)) {
            return Optional.of(StorageOptions.POSTGRESQL);
        }
        return Suggestions.closest(id, NAMES).map(DatabaseTypes::canonical);
    }
}
