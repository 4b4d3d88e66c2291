package io.twinstore.storage.schema;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What may be told of an error's cause.
 *
 * <p>Drivers put values into their messages ("Key (email)=(a@b.c) already exists"), and Liquibase
 * puts whole statements there. Kept are the database's code, the stack trace, and the first line of
 * the message where it cannot hold a value.
 */
final class QuietCause {

    /**
     * Classes of SQLState whose first line quotes data: data exceptions, and what triggers and
     * functions raise.
     */
    private static final Set<String> QUOTING = Set.of("22", "P0");

    private QuietCause() {}

    static SQLException of(Throwable error) {
        SQLException sql = sqlException(error);
        Throwable source = sql == null ? error : sql;
        // Without an error of the database it is Liquibase that complains, of the changelog.
        String message = sql == null ? error.getMessage() : firstLine(sql);
        SQLException quiet =
                new SQLException(
                        source.getClass().getName() + ": " + message,
                        sql == null ? null : sql.getSQLState(),
                        sql == null ? 0 : sql.getErrorCode());
        quiet.setStackTrace(source.getStackTrace());
        return quiet;
    }

    static @Nullable String sqlState(@Nullable Throwable error) {
        SQLException sql = sqlException(error);
        return sql == null ? null : sql.getSQLState();
    }

    static @Nullable SQLException sqlException(@Nullable Throwable error) {
        Throwable cause = error;
        while (cause != null && !(cause instanceof SQLException)) {
            cause = cause.getCause();
        }
        return (SQLException) cause;
    }

    private static String firstLine(SQLException sql) {
        String state = sql.getSQLState();
        String message = sql.getMessage();
        if (message == null
                || (state != null
                        && QUOTING.contains(state.substring(0, Math.min(2, state.length()))))) {
            return "message left out, it may quote data";
        }
        return message.lines().findFirst().orElse("");
    }
}
