package io.twinstore.storage.sqlite.legacy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the rows of legacy tables as they are. */
final class SourceTables {

    /** Takes rows. */
    @FunctionalInterface
    interface Sink {
        void accept(SourceRow row) throws SQLException;
    }

    private final Connection connection;
    private final Instant fileTime;

    SourceTables(Connection connection, Instant fileTime) {
        this.connection = connection;
        this.fileTime = fileTime;
    }

    /** Hands out the rows of a table, one by one, in the order in which they were written. */
    void each(LegacyTable table, Sink sink) throws SQLException {
        List<String> names = table.columnNames();
        StringBuilder sql = new StringBuilder("select rowid");
        names.forEach(name -> sql.append(", ").append(Cell.selected(Sql.quoted(name))));
        sql.append(" from ").append(Sql.quoted(table.name())).append(" order by rowid");
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql.toString())) {
            while (rows.next()) {
                Map<String, Cell> cells = new HashMap<>();
                for (int i = 0; i < names.size(); i++) {
                    cells.put(names.get(i), Cell.read(rows, 2 + 2 * i));
                }
                sink.accept(new SourceRow(rows.getLong(1), cells, fileTime));
            }
        }
    }
}
