package io.twinstore.storage;

/** The record that the call names does not exist, or is deleted, or is not the caller's to see. */
public final class NotFoundException extends StorageException {

    private static final long serialVersionUID = 1L;

    private final String kind;
    private final String id;

    /**
     * @param kind what was looked for, in one or two words, such as {@code session}
     * @param id the id that was not found
     */
    public NotFoundException(String kind, String id) {
        super(ErrorCode.NOT_FOUND, "No " + kind + " with id '" + id + "'.");
        this.kind = kind;
        this.id = id;
    }

    /** Returns what was looked for, such as {@code session}. */
    public String kind() {
        return kind;
    }

    /** Returns the id that was not found. */
    public String id() {
        return id;
    }
}
