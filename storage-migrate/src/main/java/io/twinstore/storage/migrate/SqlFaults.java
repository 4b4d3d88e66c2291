package io.twinstore.storage.migrate;

import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.StorageException;
import io.twinstore.storage.StorageUnavailableException;
import java.io.IOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.sqlite.SQLiteException;

/** Says what a database refused, without the values that its messages may quote. */
final class SqlFaults {

    private SqlFaults() {}

    /** Returns whether it is the row that is refused, for its data or for a rule of the table. */
    static boolean isOfTheRow(SQLException e) {
        String state = state(e);
        return state.startsWith("22") || state.startsWith("23");
    }

    static String reason(SQLException e) {
        ServerErrorMessage message =
                e instanceof PSQLException p ? p.getServerErrorMessage() : null;
        String constraint = message == null ? null : message.getConstraint();
        return "PostgreSQL refused it (SQLSTATE "
                + state(e)
                + (constraint == null ? ")" : ", " + constraint + ")");
    }

    static StorageException translated(Exception e) {
        if (e instanceof SQLException sql) {
            return translated(sql);
        }
        return new MigrationException(
                ErrorCode.UNAVAILABLE,
                (e instanceof IOException ? "A file could not be read or written: " : "")
                        + e.getClass().getSimpleName()
                        + " "
                        + oneLine(e.getMessage()),
                e);
    }

    private static StorageException translated(SQLiteException e) {
        return switch (e.getResultCode()) {
            case SQLITE_FULL ->
                    new MigrationException(
                            ErrorCode.UNAVAILABLE,
                            "The disk of the SQLite file is full. Make room, and do it again.",
                            e);
            case SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_PERM ->
                    new MigrationException(
                            ErrorCode.UNAVAILABLE, "The SQLite file cannot be written.", e);
            default ->
                    new MigrationException(
                            ErrorCode.INTERNAL, "SQLite failed (" + e.getResultCode() + ").", e);
        };
    }

    private static StorageException translated(SQLException e) {
        if (e instanceof SQLiteException sqlite) {
            return translated(sqlite);
        }
        String state = state(e);
        if (state.startsWith("08") || state.startsWith("57") || state.startsWith("28")) {
            return new StorageUnavailableException(
                    "The target cannot be reached, refuses the sign-in or was lost (SQLSTATE "
                            + state
                            + "). What was committed stays; the same plan goes on from there.",
                    e);
        }
        return switch (state) {
            case "42501" ->
                    new MigrationException(
                            ErrorCode.ACCESS_DENIED,
                            "The role may not do this in the target: "
                                    + oneLine(e.getMessage())
                                    + ". It needs CREATE on the database for the schemas of the move.",
                            e);
            case "53100" ->
                    new MigrationException(
                            ErrorCode.UNAVAILABLE,
                            "The target's disk is full. Make room; the same plan goes on from there.",
                            e);
            default ->
                    new MigrationException(
                            ErrorCode.INTERNAL, "The database failed (SQLSTATE " + state + ").", e);
        };
    }

    private static String state(SQLException e) {
        String state = e.getSQLState();
        return state == null ? "none" : state;
    }

    private static String oneLine(@Nullable String text) {
        return text == null ? "" : text.lines().findFirst().orElse("");
    }
}
