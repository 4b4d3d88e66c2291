package io.twinstore.storage.spi;

import io.twinstore.storage.SchemaException;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.Upgraded;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An adapter's way in, found with {@link java.util.ServiceLoader}.
 *
 * <p>An adapter lists its provider in {@code
 * META-INF/services/io.twinstore.storage.spi.StorageProvider}. Providers are stateless; {@link
 * #open} may be called from several threads and any number of times.
 */
public interface StorageProvider {

    /**
     * Returns the value of {@code DB_TYPE} that selects this adapter, in lower case, such as {@code
     * sqlite}.
     */
    String id();

    /** Returns the artifact and version to name in messages, such as {@code storage-sqlite 1.0}. */
    String description();

    /**
     * Opens the database that the options name.
     *
     * @throws io.twinstore.storage.StorageException typed, when it cannot be opened; nothing stays
     *     open then
     */
    Storage open(StorageOptions options);

    /**
     * Upgrades the legacy file that the options name; empty where there is none, and for every
     * database that has none.
     *
     * @see Storage#upgrade
     */
    default Optional<Upgraded> upgrade(StorageOptions options) {
        return Optional.empty();
    }

    /**
     * Returns the layout of the legacy file that the options name; empty where there is none, and
     * for every database that has none.
     *
     * @see Storage#legacyLayout
     */
    default Optional<String> legacyLayout(StorageOptions options) {
        return Optional.empty();
    }

    /**
     * Writes a file of the layout that an upgraded file had, and returns the layout's name.
     *
     * @throws SchemaException where the options name no such file
     * @see Storage#downgrade
     */
    default String downgrade(StorageOptions options, Path file) {
        throw new SchemaException(
                "The database of " + description() + " was not upgraded from a file.");
    }

    /**
     * Returns whether the database that the options name is there and holds sessions, without
     * making or changing anything. False where that cannot be told.
     */
    default boolean holdsSessions(StorageOptions options) {
        return false;
    }
}
