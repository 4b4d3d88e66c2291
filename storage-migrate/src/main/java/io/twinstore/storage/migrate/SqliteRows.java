package io.twinstore.storage.migrate;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes rows into a table of a new SQLite file, each cell with its type and bytes. */
final class SqliteRows implements AutoCloseable {

    private static final int MOST_STATEMENTS = 64;

    private final Connection sqlite;
    private final TablePlan table;
    private final Map<String, PreparedStatement> statements = new LinkedHashMap<>(16, 0.75f, true);
    private final SqlitePieces pieces;
    private long rows;

    SqliteRows(Connection sqlite, TablePlan table) {
        this.sqlite = sqlite;
        this.table = table;
        pieces = new SqlitePieces(sqlite);
    }

    long rows() {
        return rows;
    }

    void write(List<Cell> key, List<Cell> cells) throws SQLException, IOException {
        write("insert", key, cells);
    }

    /** Writes a row unless a key or a unique index says that another has its place. */
    void writeUnlessThere(List<Cell> key, List<Cell> cells) throws SQLException, IOException {
        write("insert or ignore", key, cells);
    }

    private void write(String how, List<Cell> key, List<Cell> cells)
            throws SQLException, IOException {
        List<Cell> written = new ArrayList<>();
        boolean numbered = table.rowid() && table.rowColumn() != null && !key.get(0).isNull();
        if (numbered) {
            written.add(key.get(0));
        }
        for (int i = 0; i < cells.size(); i++) {
            if (!table.columns().get(i).generated()) {
                written.add(cells.get(i));
            }
        }
        boolean large = pieced(written);
        PreparedStatement insert = statement(how, numbered, written);
        for (int i = 0; i < written.size(); i++) {
            if (written.get(i).large() == null) {
                SourceRows.bind(insert, i + 1, written.get(i));
            } else {
                insert.setInt(i + 1, i);
            }
        }
        rows += insert.executeUpdate();
        if (large) {
            pieces.clear();
        }
    }

    /** Brings the large cells of a row, and returns whether there are any. */
    private boolean pieced(List<Cell> cells) throws SQLException, IOException {
        boolean any = false;
        for (int i = 0; i < cells.size(); i++) {
            LargeBytes bytes = cells.get(i).large();
            if (bytes != null) {
                pieces.put(i, bytes);
                any = true;
            }
        }
        return any;
    }

    /** A text goes as its bytes, so there is a statement for each pattern of texts. */
    private PreparedStatement statement(String how, boolean numbered, List<Cell> cells)
            throws SQLException {
        StringBuilder values = new StringBuilder();
        for (Cell cell : cells) {
            values.append(values.isEmpty() ? "" : ", ").append(value(cell));
        }
        String pattern = how + (numbered ? "+" : "") + values;
        PreparedStatement known = statements.get(pattern);
        if (known != null) {
            return known;
        }
        if (statements.size() == MOST_STATEMENTS) {
            Iterator<PreparedStatement> oldest = statements.values().iterator();
            oldest.next().close();
            oldest.remove();
        }
        PreparedStatement made = sqlite.prepareStatement(sql(how, numbered, values.toString()));
        statements.put(pattern, made);
        return made;
    }

    private static String value(Cell cell) {
        if (cell.large() != null) {
            return SqlitePieces.value(cell);
        }
        return cell.kind() == Cell.Kind.TEXT ? "cast(? as text)" : "?";
    }

    private String sql(String how, boolean numbered, String values) {
        List<String> columns = new ArrayList<>();
        if (numbered) {
            columns.add(SourceRows.rowid(table));
        }
        table.columns().stream()
                .filter(column -> !column.generated())
                .forEach(column -> columns.add(Sql.quoted(column.name())));
        return how
                + " into "
                + Sql.quoted(table.name())
                + " ("
                + String.join(", ", columns)
                + ") values ("
                + values
                + ")";
    }

    @Override
    public void close() throws SQLException {
        for (PreparedStatement statement : statements.values()) {
            statement.close();
        }
        pieces.close();
    }
}
