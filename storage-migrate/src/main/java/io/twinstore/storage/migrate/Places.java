package io.twinstore.storage.migrate;

import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Picks a few rows of the source, spread over the key from the first to the last. */
final class Places {

    private static final int MOST = 5;

    /** A cell of an index is no longer; what is longer is not kept in memory. */
    private static final int MOST_BYTES = 1_000_000;

    private final Connection source;
    private final TablePlan table;
    private final String name;
    private final String by;
    private final boolean byRowid;

    Places(Connection source, TablePlan table) {
        this.source = source;
        this.table = table;
        name = Sql.quoted(table.name());
        by = String.join(", ", SourceRows.orderSql(table));
        byRowid = table.order().isEmpty();
    }

    List<Place> spread() throws SQLException {
        List<Place> places = new ArrayList<>();
        long from = byRowid ? number("select min(" + by + ") from " + name) : 0;
        long to =
                byRowid
                        ? number("select max(" + by + ") from " + name)
                        : number("select count(*) from " + name) - 1;
        for (int i = 0; i < MOST && to >= from; i++) {
            Place place = at(between(from, to, i));
            if (place != null
                    && places.stream().noneMatch(other -> other.key().equals(place.key()))) {
                places.add(place);
            }
        }
        return places;
    }

    /** The distance of two rowids may be more than a long holds. */
    private static long between(long from, long to, int nth) {
        BigInteger first = BigInteger.valueOf(from);
        return BigInteger.valueOf(to)
                .subtract(first)
                .multiply(BigInteger.valueOf(nth))
                .divide(BigInteger.valueOf(MOST - 1L))
                .add(first)
                .longValueExact();
    }

    private @Nullable Place at(long at) throws SQLException {
        // The first row from this rowid on costs a look-up, a row by its number a walk over the
        // key.
        String which =
                byRowid
                        ? " where " + by + " >= " + at + " order by " + by + " limit 1"
                        : " order by " + by + " limit 1 offset " + at;
        String where = "(" + by + ") = (select " + by + " from " + name + which + ")";
        try (SourceRows rows = SourceRows.where(source, table, where, List.of())) {
            SourceRow row = rows.next();
            if (row == null) {
                return null;
            }
            boolean numbered = !byRowid && table.key().isEmpty();
            List<Cell> key = numbered ? List.of(Cell.integer(at + 1)) : row.key();
            return new Place(row.order(), key, numbered, small(row.cells()));
        }
    }

    private static List<Cell> small(List<Cell> cells) {
        return cells.stream().map(cell -> cell.length() > MOST_BYTES ? Cell.NULL : cell).toList();
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = source.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}
