package io.twinstore.storage;

import org.jspecify.annotations.Nullable;

/**
 * The database's schema is not one that this version can work with, or could not be brought up to
 * date.
 */
public final class SchemaException extends StorageException {

    private static final long serialVersionUID = 1L;

    public SchemaException(String message) {
        this(message, null);
    }

    public SchemaException(String message, @Nullable Throwable cause) {
        super(ErrorCode.SCHEMA, message, cause);
    }
}
