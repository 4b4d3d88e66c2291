package io.twinstore.storage.migrate;

/**
 * Is told how a move goes on, on the thread that carries it out; what it throws stops the move,
 * which can be resumed.
 */
public interface MigrationListener {

    /** Hears nothing. */
    MigrationListener SILENT = new MigrationListener() {};

    /**
     * Work on a table begins: it is scanned, copied, compared or written back.
     *
     * @param table the table, as the source names it
     * @param rows how many of its rows an earlier run has dealt with
     * @param of how many it has
     */
    default void begins(String table, long rows, long of) {}

    /**
     * Rows were scanned, compared or written back; every 1,000 rows or so, and at the end.
     *
     * @param table the table, as the source names it
     * @param rows how many of its rows are dealt with
     * @param of how many it has
     */
    default void passed(String table, long rows, long of) {}

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
     * A step begins that goes through no rows, such as {@code primary key of agents} after the
     * load.
     *
     * @param what what is done
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
