package io.twinstore.storage.migrate;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How large a table is. SQLite tells a cell's length from the row's header, so that large cells are
 * not read for it.
 *
 * @param rows how many rows it has
 * @param bytes how many bytes its cells have; a number counts as eight
 */
record SourceSize(long rows, long bytes) {

    static SourceSize of(Connection source, String table, List<String> columns)
            throws SQLException {
        String bytes =
                columns.stream()
                        .map(Sql::quoted)
                        .map(
                                column ->
                                        "case typeof("
                                                + column
                                                + ") when 'null' then 0 when 'integer' then 8"
                                                + " when 'real' then 8 else octet_length("
                                                + column
                                                + ") end")
                        .collect(Collectors.joining(" + "));
        String sql = "select count(*), coalesce(sum(" + bytes + "), 0) from " + Sql.quoted(table);
        try (Statement statement = source.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return new SourceSize(row.getLong(1), row.getLong(2));
        }
    }
}
