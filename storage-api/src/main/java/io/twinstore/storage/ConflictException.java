package io.twinstore.storage;

/**
 * The record is not in the state that the caller expected; nothing was written. Read again, then
 * decide.
 */
public final class ConflictException extends StorageException {

    private static final long serialVersionUID = 1L;

    /** Why the call conflicts. */
    public enum Reason {
        /** The transcript's last sequence is not the expected one. */
        SEQUENCE,
        /** The record's version is not the expected one. */
        VERSION,
        /** The idempotency key was used before, with other content. */
        IDEMPOTENCY,
        /** The fencing token is stale: the session was acquired since, or released. */
        FENCED,
        /** Another holder has the session, and its lease has not expired. */
        LEASED,
        /** The session would be left without an owner. */
        LAST_OWNER
    }

    private final Reason reason;
    private final String id;
    private final String expected;
    private final String actual;

    /**
     * @param reason why the call conflicts
     * @param id the record in conflict
     * @param expected what the caller expected
     * @param actual what was found
     */
    public ConflictException(Reason reason, String id, String expected, String actual) {
        super(ErrorCode.CONFLICT, message(reason, id, expected, actual));
        this.reason = reason;
        this.id = id;
        this.expected = expected;
        this.actual = actual;
    }

    private static String message(Reason reason, String id, String expected, String actual) {
        return switch (reason) {
            case SEQUENCE ->
                    "The last sequence of session '"
                            + id
                            + "' is "
                            + actual
                            + ", expected "
                            + expected
                            + ".";
            case VERSION ->
                    "The version of '" + id + "' is " + actual + ", expected " + expected + ".";
            case IDEMPOTENCY ->
                    "Idempotency key '"
                            + expected
                            + "' of session '"
                            + id
                            + "' was used before with other content ("
                            + actual
                            + ").";
            case FENCED ->
                    "The fencing token "
                            + expected
                            + " of session '"
                            + id
                            + "' is stale; it is "
                            + actual
                            + " now.";
            case LEASED ->
                    "Session '" + id + "' is leased to " + actual + ", not to '" + expected + "'.";
            case LAST_OWNER ->
                    "'"
                            + actual
                            + "' is the last owner of session '"
                            + id
                            + "'; make another participant an owner first.";
        };
    }

    /** Returns why the call conflicts. */
    public Reason reason() {
        return reason;
    }

    /** Returns the id of the record in conflict. */
    public String id() {
        return id;
    }

    /** Returns what the caller expected: a sequence, a version, a key, a token or a holder. */
    public String expected() {
        return expected;
    }

    /** Returns what was found instead. */
    public String actual() {
        return actual;
    }
}
