package io.twinstore.storage.migrate;

import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.StorageException;
import io.twinstore.storage.StorageUnavailableException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.sql.SQLException;

/** Says what a database or a folder refused, without the values that its messages may quote. */
final class BackupFaults {

    private static final int PRIMARY = 0xff;

    private BackupFaults() {}

    /** Work that meets with files and databases. */
    interface Guarded<T> {
        T run() throws SQLException, IOException;
    }

    /**
     * Does the work, and tells its failures as the contract's.
     *
     * @param outcome what holds after a failure
     */
    static <T> T guarded(String outcome, Guarded<T> work) {
        try {
            return read(work);
        } catch (SQLException e) {
            throw e.getSQLState() == null ? sqlite(e, outcome) : postgres(e, outcome);
        } catch (IOException e) {
            String file = e instanceof FileSystemException f ? " " + f.getFile() : "";
            throw new MigrationException(
                    ErrorCode.UNAVAILABLE,
                    "A file or folder cannot be read or written: "
                            + e.getClass().getSimpleName()
                            + file
                            + ". "
                            + outcome,
                    e);
        }
    }

    private static <T> T read(Guarded<T> work) throws SQLException, IOException {
        try {
            return work.run();
        } catch (LargeBytes.Unread e) {
            throw e.thrown();
        }
    }

    /** By SQLite's primary result codes (https://sqlite.org/rescode.html). */
    private static StorageException sqlite(SQLException e, String outcome) {
        int code = e.getErrorCode() & PRIMARY;
        return switch (code) {
            case 5, 6 -> fault(ErrorCode.BUSY, "The SQLite file is locked. ", outcome, e);
            case 11, 26 ->
                    fault(
                            ErrorCode.SCHEMA,
                            "The SQLite file is damaged or encrypted. ",
                            outcome,
                            e);
            case 13 -> fault(ErrorCode.UNAVAILABLE, "The disk is full. ", outcome, e);
            case 3, 8, 10, 14, 23 ->
                    fault(
                            ErrorCode.UNAVAILABLE,
                            "The SQLite file cannot be opened, read or written. ",
                            outcome,
                            e);
            default -> fault(ErrorCode.INTERNAL, "SQLite failed (code " + code + "). ", outcome, e);
        };
    }

    private static StorageException postgres(SQLException e, String outcome) {
        String state = String.valueOf(e.getSQLState());
        if (state.startsWith("08") || state.startsWith("57") || state.startsWith("28")) {
            return new StorageUnavailableException(
                    "PostgreSQL cannot be reached, refuses the sign-in or was lost (SQLSTATE "
                            + state
                            + "). "
                            + outcome,
                    e);
        }
        return switch (state) {
            case "42501" ->
                    fault(
                            ErrorCode.ACCESS_DENIED,
                            "The role may not do this in PostgreSQL (SQLSTATE 42501). ",
                            outcome,
                            e);
            case "53100" -> fault(ErrorCode.UNAVAILABLE, "PostgreSQL's disk is full. ", outcome, e);
            default ->
                    fault(
                            ErrorCode.INTERNAL,
                            "PostgreSQL failed (SQLSTATE " + state + "). ",
                            outcome,
                            e);
        };
    }

    private static MigrationException fault(
            ErrorCode code, String what, String outcome, SQLException cause) {
        return new MigrationException(code, what + outcome, cause);
    }
}
