package io.twinstore.storage.schema;

import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Optional;

/**
 * Migrates the database at a JDBC URL to a changelog, and says what it found; run in a JVM of its
 * own.
 */
public final class MigrateMain {

    /** Said right before a statement runs that has the word {@code slowly} in it. */
    static final String IN_THE_MIDDLE = "in the middle";

    private MigrateMain() {}

    public static void main(String[] arguments) throws Exception {
        String url = arguments[0];
        Changelog changelog = Changelog.read(arguments[1], MigrateMain.class.getClassLoader());
        StatementProbe probe =
                sql -> {
                    if (sql.contains("slowly")) {
                        System.out.println(IN_THE_MIDDLE);
                    }
                };
        try (Connection connection = probe.on(DriverManager.getConnection(url))) {
            Optional<String> found =
                    SchemaRunner.migrate(
                            url.startsWith("jdbc:sqlite:")
                                    ? MigrationTarget.sqlite(connection, changelog)
                                    : MigrationTarget.postgres(
                                            () -> connection, "twinstore", changelog));
            System.out.println("found " + found.orElse("nothing"));
        }
    }
}
