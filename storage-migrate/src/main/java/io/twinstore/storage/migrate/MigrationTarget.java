package io.twinstore.storage.migrate;

import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.PostgresOptions;
import org.jspecify.annotations.Nullable;

/**
 * Where the rows go.
 *
 * @param postgres server, database and role; its schema is where a file of Twinstore's own goes
 * @param tablesSchema the schema for the tables of any other file, which is made for them; null for
 *     one that is named after the file
 */
public record MigrationTarget(PostgresOptions postgres, @Nullable String tablesSchema) {

    static final String LEDGER = "twinstore_moves";

    /**
     * @throws InvalidValueException when there is a pool of a host's own, or the schema is no name,
     *     is {@code public}, PostgreSQL's own, Twinstore's or that of the ledger
     */
    public MigrationTarget {
        if (postgres.dataSource() != null) {
            throw new InvalidValueException(
                    "target.postgres", "a server and a role, not a host's pool", null);
        }
        if (tablesSchema != null) {
            requireOwn(postgres, tablesSchema);
        }
    }

    private static void requireOwn(PostgresOptions postgres, String schema) {
        // The options refuse what can be no schema of anybody's.
        postgres.toBuilder().schema(schema).build();
        if (schema.equals("public")
                || schema.equals(LEDGER)
                || schema.equals("twinstore")
                || schema.equals(postgres.schema())) {
            throw new InvalidValueException(
                    "target.schema",
                    "a schema of the tables' own: not public, "
                            + postgres.schema()
                            + " or "
                            + LEDGER,
                    schema);
        }
    }

    /** Returns the target on this server, with a schema that is named after the file. */
    public static MigrationTarget of(PostgresOptions postgres) {
        return new MigrationTarget(postgres, null);
    }

    /**
     * Returns the same target with this schema for tables.
     *
     * @throws InvalidValueException when it cannot be that
     */
    public MigrationTarget into(String schema) {
        return new MigrationTarget(postgres, schema);
    }
}
