package io.twinstore.storage.jdbi;

import io.twinstore.storage.StorageException;
import java.sql.SQLException;

/**
 * Says what a driver's error means in the contract. The message must not hold bound values: drivers
 * print them.
 */
public interface ErrorTranslator {

    /** Returns the typed error; its cause is made by {@link SqlFaults#withoutMessage}. */
    StorageException translate(SQLException fault);

    /**
     * Returns the typed error of a commit, or of a statement that commits by itself: {@link
     * io.twinstore.storage.OutcomeUnknownException} where only the reply may have been lost. A
     * database in the same process has no reply to lose.
     */
    default StorageException translateCommit(SQLException fault) {
        return translate(fault);
    }
}
