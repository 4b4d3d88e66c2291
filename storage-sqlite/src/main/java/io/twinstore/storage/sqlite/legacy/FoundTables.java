package io.twinstore.storage.sqlite.legacy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The tables and columns of a file that is not this library's, and the layout that they make, if
 * they make one: its tables and columns, all of them and no others. The table of settings may be
 * missing.
 */
final class FoundTables {

    private static final String UTF_8 = "UTF-8";
    private static final int SHOWN = 8;

    private final Map<String, Set<String>> columns;
    private final String encoding;

    private FoundTables(Map<String, Set<String>> columns, String encoding) {
        this.columns = columns;
        this.encoding = encoding;
    }

    static FoundTables in(Connection connection) throws SQLException {
        Map<String, Set<String>> columns = new LinkedHashMap<>();
        for (String table :
                Sql.column(
                        connection,
                        "select name from sqlite_master where type = 'table'"
                                + " and name not like 'sqlite\\_%' escape '\\'"
                                + " and name not like 'twinstore\\_%' escape '\\' order by name")) {
            String literal = "'" + table.replace("'", "''") + "'";
            // Hidden and generated columns, too: their cells could not be written again.
            columns.put(
                    table,
                    new LinkedHashSet<>(
                            Sql.column(
                                    connection,
                                    "select name from pragma_table_xinfo(" + literal + ")")));
        }
        String encoding = String.valueOf(Sql.first(connection, "pragma encoding"));
        return new FoundTables(columns, encoding);
    }

    boolean isEmpty() {
        return columns.isEmpty();
    }

    /** Returns the layout, or nothing where it is none that is known. */
    Optional<LegacyLayout> layout() {
        return encoding.equals(UTF_8)
                ? Arrays.stream(LegacyLayout.values())
                        .filter(layout -> deviations(layout).isEmpty())
                        .findFirst()
                : Optional.empty();
    }

    /** Returns the tables, the first few of them. */
    String names() {
        String shown = columns.keySet().stream().limit(SHOWN).collect(Collectors.joining(", "));
        int more = columns.size() - SHOWN;
        return more > 0 ? shown + " and " + more + " more" : shown;
    }

    /**
     * Returns what keeps a file that looks like one of the earlier programs' from being one; empty
     * where it does not look so.
     */
    Optional<String> nearMiss() {
        if (!columns.containsKey("sessions")
                || !columns.getOrDefault("sessions", Set.of()).contains("session_id")) {
            return Optional.empty();
        }
        if (!encoding.equals(UTF_8)) {
            return Optional.of("its text is in " + encoding + ", not in UTF-8");
        }
        LegacyLayout nearest = LegacyLayout.V1;
        for (LegacyLayout layout : LegacyLayout.values()) {
            if (deviations(layout).size() < deviations(nearest).size()) {
                nearest = layout;
            }
        }
        return Optional.of(
                "it differs from layout "
                        + nearest.label()
                        + ": "
                        + deviations(nearest).stream()
                                .limit(SHOWN)
                                .collect(Collectors.joining(", ")));
    }

    private List<String> deviations(LegacyLayout layout) {
        List<String> found = new ArrayList<>();
        Set<String> known = new LinkedHashSet<>();
        for (LegacyTable table : layout.tables()) {
            known.add(table.name());
            Set<String> own = columns.get(table.name());
            if (own != null) {
                compare(table, own, found);
            } else if (table.kind() != Kind.SETTING) {
                found.add("no table " + table.name());
            }
        }
        columns.keySet().stream()
                .filter(table -> !known.contains(table))
                .forEach(table -> found.add("a table " + table));
        return found;
    }

    private static void compare(LegacyTable table, Set<String> own, List<String> found) {
        List<String> wanted = table.columnNames();
        wanted.stream()
                .filter(column -> !own.contains(column))
                .forEach(column -> found.add("no column " + table.name() + "." + column));
        own.stream()
                .filter(column -> !wanted.contains(column))
                .forEach(column -> found.add("a column " + table.name() + "." + column));
    }

    /** Returns the layout's tables that are there. */
    List<LegacyTable> present(LegacyLayout layout) {
        return layout.tables().stream().filter(table -> columns.containsKey(table.name())).toList();
    }
}
