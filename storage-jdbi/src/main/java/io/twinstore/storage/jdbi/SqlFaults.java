package io.twinstore.storage.jdbi;

import io.twinstore.storage.StorageBusyException;
import io.twinstore.storage.StorageException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Handles what drivers and Jdbi throw. */
public final class SqlFaults {

    private SqlFaults() {}

    /**
     * Returns a copy that keeps SQLState, vendor code and stack trace, and drops the message:
     * Jdbi's lists every bound argument and PostgreSQL's may quote one.
     */
    public static SQLException withoutMessage(SQLException fault) {
        SQLException copy =
                new SQLException(
                        fault.getClass().getSimpleName()
                                + " (its message is withheld, as it may hold values)",
                        fault.getSQLState(),
                        fault.getErrorCode());
        copy.setStackTrace(fault.getStackTrace());
        return copy;
    }

    /** Returns the driver's error in the chain of causes, or null when there is none. */
    static @Nullable SQLException find(Throwable fault) {
        for (Throwable t = fault; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }

    /**
     * Returns whether the transaction lost against a concurrent one (SQLState class 40) and may be
     * run again.
     */
    static boolean isSerializationFailure(StorageException fault) {
        return fault instanceof StorageBusyException
                && fault.getCause() instanceof SQLException sql
                && sql.getSQLState() != null
                && sql.getSQLState().startsWith("40");
    }
}
