package io.twinstore.storage.migrate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A declared reference from a table to another, by folded names.
 *
 * @param parentColumns empty where it is to the key, whatever that is
 */
record MergeReference(
        String child, List<String> columns, String parent, List<String> parentColumns) {

    /** Returns what a table declares. */
    static List<MergeReference> of(SourceTable table, boolean own) {
        List<SourceTable.ForeignKey> keys = new ArrayList<>(table.foreignKeys());
        if (own && table.name().equals("session_messages")) {
            keys.add(OwnPlanner.messagesKey());
        }
        return keys.stream()
                .map(
                        key ->
                                new MergeReference(
                                        Sql.folded(table.name()),
                                        folded(key.columns()),
                                        Sql.folded(key.parent()),
                                        folded(key.parentColumns())))
                .toList();
    }

    private static List<String> folded(List<String> names) {
        return names.stream().map(Sql::folded).toList();
    }

    /** Returns the same reference to these columns. */
    MergeReference to(List<String> key) {
        return new MergeReference(child, columns, parent, folded(key));
    }

    /** Returns whether both ends have columns, and as many. */
    boolean isWhole() {
        return !columns.isEmpty() && columns.size() == parentColumns.size();
    }

    /**
     * Returns the condition under which {@code C} refers to {@code P}: as SQLite has it of a
     * reference, by the type and the collation of the parent alone
     * (https://www.sqlite.org/foreignkeys.html).
     */
    String holds() {
        return IntStream.range(0, columns.size())
                .mapToObj(
                        i ->
                                "P."
                                        + Sql.quoted(parentColumns.get(i))
                                        + " = +C."
                                        + Sql.quoted(columns.get(i)))
                .collect(Collectors.joining(" and "));
    }
}
