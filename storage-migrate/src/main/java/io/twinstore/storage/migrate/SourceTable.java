package io.twinstore.storage.migrate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table as SQLite's catalogue has it.
 *
 * @param rowid whether it has a rowid
 * @param alias the column that is the rowid, or null
 * @param primaryKey the columns of the primary key, in its order
 * @param binaryKey whether that compares bytes
 * @param lastId what {@code sqlite_sequence} says, or 0
 */
record SourceTable(
        String name,
        String sql,
        boolean rowid,
        @Nullable String alias,
        List<String> primaryKey,
        boolean binaryKey,
        List<Column> columns,
        List<Index> indexes,
        List<ForeignKey> foreignKeys,
        long lastId) {

    /**
     * A column.
     *
     * @param defaultSql its default as SQLite has it, or null
     */
    record Column(
            String name,
            String declared,
            boolean notNull,
            @Nullable String defaultSql,
            boolean generated) {}

    /**
     * An index.
     *
     * @param origin {@code c} of a statement of its own, {@code u} of a unique constraint, {@code
     *     pk} of the primary key
     * @param columns its columns, or null where one is an expression
     * @param binary whether it compares bytes
     * @param keys what it is over, in order
     */
    record Index(
            String name,
            boolean unique,
            String origin,
            boolean partial,
            @Nullable List<String> columns,
            boolean binary,
            List<IndexKey> keys) {}

    /**
     * What an index is over.
     *
     * @param column a column, or null for an expression
     * @param collation by which it compares text
     */
    record IndexKey(@Nullable String column, String collation) {}

    /**
     * A foreign key.
     *
     * @param parentColumns empty where it refers to the primary key
     */
    record ForeignKey(
            List<String> columns,
            String parent,
            List<String> parentColumns,
            String onDelete,
            String onUpdate) {}
}
