package io.twinstore.storage.jdbi;

import io.twinstore.storage.StorageException;
import java.sql.SQLException;

/**
 * Says what a driver's error means in the contract. The message must not hold bound values: drivers
 * print them.
 */
@FunctionalInterface
public interface ErrorTranslator {

    /** Returns the typed error; its cause is made by {@link SqlFaults#withoutMessage}. */
    StorageException translate(SQLException fault);
}
