package io.twinstore.storage;

/** A record with the given id exists already; a deleted id stays taken until it is purged. */
public final class AlreadyExistsException extends StorageException {

    private static final long serialVersionUID = 1L;

    private final String kind;
    private final String id;

    /**
     * @param kind what exists, in one or two words, such as {@code session}
     * @param id the id that is taken
     */
    public AlreadyExistsException(String kind, String id) {
        super(
                ErrorCode.ALREADY_EXISTS,
                "A "
                        + kind
                        + " with id '"
                        + id
                        + "' exists already; a deleted id stays taken until it is purged.");
        this.kind = kind;
        this.id = id;
    }

    /** Returns what exists, such as {@code session}. */
    public String kind() {
        return kind;
    }

    /** Returns the id that is taken. */
    public String id() {
        return id;
    }
}
