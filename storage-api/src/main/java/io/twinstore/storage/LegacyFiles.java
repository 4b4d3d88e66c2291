package io.twinstore.storage;

/**
 * What opening does about a SQLite file that the earlier session programs left. Other databases
 * have none.
 */
public enum LegacyFiles {
    /**
     * Changes nothing: opening fails with a {@link SchemaException} that says what the file is and
     * how it is upgraded.
     */
    EXPLAIN,

    /**
     * Upgrades the file, keeps the old one beside it under a second name, and opens the result. The
     * earlier programs cannot open it afterwards. Of several processes that do so at once one
     * upgrades, and the others open what it made. Has no effect unless the schema mode is {@link
     * SchemaMode#MIGRATE}.
     */
    UPGRADE
}
