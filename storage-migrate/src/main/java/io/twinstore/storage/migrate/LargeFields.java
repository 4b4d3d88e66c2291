package io.twinstore.storage.migrate;

import io.twinstore.storage.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Leaves the large fields of a table's rows where they are when rows are read by COPY, whose rows
 * the driver holds whole, and finds them by the row's place in its table. That place is no other
 * version's as long as the COPY is under way; a version that is gone is told.
 */
final class LargeFields {

    private final String from;
    private final List<ColumnPlan> columns;

    LargeFields(String schema, TablePlan table) {
        from = Sql.quoted(schema, table.target());
        columns = table.columns();
    }

    /** A connection to read them with, which does nothing else meanwhile. */
    interface Reading {
        Target get() throws SQLException;
    }

    /**
     * Returns what to select first: where the row is, if it has large fields, and otherwise NULL.
     */
    String place() {
        String any =
                columns.stream()
                        .filter(LargeFields::mayBeLarge)
                        .map(column -> length(column) + " > " + LargeBytes.LARGE)
                        .collect(Collectors.joining(" or "));
        return any.isEmpty() ? "null::text" : "case when " + any + " then ctid::text end";
    }

    /** Returns what to select of the columns, NULL in the place of a large field. */
    String fields() {
        return columns.stream()
                .map(
                        column -> {
                            String name = Sql.quoted(column.target());
                            return mayBeLarge(column)
                                    ? "case when "
                                            + length(column)
                                            + " > "
                                            + LargeBytes.LARGE
                                            + " then null else "
                                            + name
                                            + " end"
                                    : name;
                        })
                .collect(Collectors.joining(", "));
    }

    private static boolean mayBeLarge(ColumnPlan column) {
        return column.how().lengthSql("") != null;
    }

    private static String length(ColumnPlan column) {
        return String.valueOf(column.how().lengthSql(Sql.quoted(column.target())));
    }

    /**
     * Returns a row's large fields by the column's number.
     *
     * @param place what the first field of the row says
     */
    Map<Integer, LargeBytes> at(byte @Nullable [] place, Reading reading) throws SQLException {
        if (place == null) {
            return Map.of();
        }
        Target target = reading.get();
        List<Integer> asked = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            if (mayBeLarge(columns.get(i))) {
                asked.add(i);
            }
        }
        String lengths =
                asked.stream().map(at -> length(columns.get(at))).collect(Collectors.joining(", "));
        String row =
                from
                        + " where ctid = "
                        + Sql.literal(new String(place, StandardCharsets.US_ASCII))
                        + "::tid";
        try (PreparedStatement statement =
                        target.connection().prepareStatement("select " + lengths + " from " + row);
                ResultSet found = statement.executeQuery()) {
            if (!found.next()) {
                throw new MigrationException(
                        ErrorCode.CONFLICT,
                        "A row was changed while it was read. Stop the application that writes it,"
                                + " and do it again.");
            }
            Map<Integer, LargeBytes> large = new TreeMap<>();
            for (int i = 0; i < asked.size(); i++) {
                int length = found.getInt(i + 1);
                if (length > LargeBytes.LARGE) {
                    ColumnPlan column = columns.get(asked.get(i));
                    String bytes = column.how().bytesSql(Sql.quoted(column.target()));
                    large.put(asked.get(i), new BytesInTarget(target, bytes, row, length));
                }
            }
            return large;
        }
    }
}
