package io.twinstore.storage;

/**
 * The database that was to be opened is likely not the one that was meant: it was moved elsewhere,
 * or it is empty while another one holds the sessions. The message names the other one, and how to
 * open this one all the same. Nothing was written to either but, where it was missing, the schema.
 */
public final class WrongDatabaseException extends StorageException {

    private static final long serialVersionUID = 1L;

    public WrongDatabaseException(String message) {
        super(ErrorCode.CONFLICT, message);
    }
}
