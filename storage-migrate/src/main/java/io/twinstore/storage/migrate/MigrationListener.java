package io.twinstore.storage.migrate;

/**
 * Is told how a move goes on, on the thread that carries it out; what it throws stops the move,
 * which can be resumed.
 */
public interface MigrationListener {

    /** Hears nothing. */
    MigrationListener SILENT = new MigrationListener() {};

    /**
     * Rows were sent and are not committed yet; every 1,000 rows.
     *
     * @param table the table, as the source names it
     * @param rows how many rows since the last commit
     */
    default void sent(String table, long rows) {}

    /**
     * Rows were committed.
     *
     * @param table the table, as the source names it
     * @param rows how many of its rows are dealt with
     * @param of how many it has
     */
    default void committed(String table, long rows, long of) {}

    /**
     * A step after the load begins.
     *
     * @param what what is done, such as {@code primary key of agents}
     */
    default void step(String what) {}

    /**
     * A table was compared.
     *
     * @param table the table, as the source names it
     * @param rows how many rows of the source were compared
     */
    default void compared(String table, long rows) {}
}
