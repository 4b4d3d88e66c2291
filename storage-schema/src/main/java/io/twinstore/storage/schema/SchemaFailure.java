package io.twinstore.storage.schema;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The schema is not the one that the changelog leads to, or could not be made so.
 *
 * <p>Checked, so that no adapter lets it pass to a host, whose errors are of another family.
 * Message and causes hold no value of the database and no secret.
 */
public final class SchemaFailure extends Exception {

    private static final long serialVersionUID = 1L;

    /** What a caller may act on. */
    public enum Reason {
        /**
         * The database has been changed by a later version of the library, which this one cannot
         * work with.
         */
        NEWER,
        /** The schema is missing or behind, and nobody asked to migrate it. */
        OUTDATED,
        /** Others held the database for too long; the same call may succeed later. */
        BUSY,
        /**
         * A change was refused by the database, or the changelog does not fit what was applied
         * before.
         */
        FAILED
    }

    private final Reason reason;
    private final @Nullable String found;
    private final String expected;
    private final @Nullable String change;
    private final @Nullable String sqlState;

    private SchemaFailure(
            Reason reason,
            String message,
            @Nullable String found,
            String expected,
            @Nullable String change,
            @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.found = found;
        this.expected = expected;
        this.change = change;
        this.sqlState = QuietCause.sqlState(cause);
    }

    static SchemaFailure newer(String found, String expected) {
        String message =
                "The database's schema is at change %s, which this version does not know; it knows changes up to %s."
                        + " Use the version that wrote it, or a later one";
        return new SchemaFailure(
                Reason.NEWER, message.formatted(found, expected), found, expected, null, null);
    }

    static SchemaFailure outdated(@Nullable String found, String expected) {
        String message =
                (found == null
                                ? "The database has no schema"
                                : "The database's schema is at change " + found)
                        + "; this version needs change "
                        + expected;
        return new SchemaFailure(Reason.OUTDATED, message, found, expected, null, null);
    }

    static SchemaFailure busy(@Nullable String found, String expected, Throwable cause) {
        String message =
                "The database was held by others for too long to bring its schema to change %s; nothing was changed";
        return new SchemaFailure(
                Reason.BUSY,
                message.formatted(expected),
                found,
                expected,
                null,
                QuietCause.of(cause));
    }

    static SchemaFailure failed(
            @Nullable String found, String expected, @Nullable String change, Throwable cause) {
        String state = QuietCause.sqlState(cause);
        String message =
                "%s failed%s; the schema was left as it was"
                        .formatted(
                                change == null
                                        ? "The migration to change " + expected
                                        : "Change " + change,
                                state == null ? "" : " (SQLState " + state + ")");
        return new SchemaFailure(
                Reason.FAILED, message, found, expected, change, QuietCause.of(cause));
    }

    public Reason reason() {
        return reason;
    }

    /** Returns the id of the last change that the database had, if it had any. */
    public Optional<String> found() {
        return Optional.ofNullable(found);
    }

    /** Returns the id of the change that the database should be at. */
    public String expected() {
        return expected;
    }

    /** Returns the id of the change that failed, where one did. */
    public Optional<String> change() {
        return Optional.ofNullable(change);
    }

    /** Returns the database's code for what went wrong, where it gave one (SQLite gives none). */
    public Optional<String> sqlState() {
        return Optional.ofNullable(sqlState);
    }
}
