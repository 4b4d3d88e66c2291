package io.twinstore.storage;

/**
 * The call refers to a record that does not exist or is deleted, such as a session's config;
 * nothing was written.
 */
public final class ReferenceException extends StorageException {

    private static final long serialVersionUID = 1L;

    private final String kind;
    private final String id;

    /**
     * @param kind what was referred to, in one or two words, such as {@code config}
     * @param id the id that was referred to
     */
    public ReferenceException(String kind, String id) {
        super(
                ErrorCode.REFERENCE,
                "There is no live " + kind + " with id '" + id + "' to refer to.");
        this.kind = kind;
        this.id = id;
    }

    /** Returns what was referred to, such as {@code config}. */
    public String kind() {
        return kind;
    }

    /** Returns the id that was referred to. */
    public String id() {
        return id;
    }
}
