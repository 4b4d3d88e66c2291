package io.twinstore.storage.migrate;

import io.twinstore.storage.migrate.Fates.Fate;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that no row comes to refer to a row of the other file. A row goes apart when the row
 * that it refers to does; when it refers to none in its own file, and to one in the other; and when
 * the other file has rows that refer to none, and would to it.
 */
final class MergeReferences {

    /** A declared reference from a table to another, by the names that each side has. */
    private record Reference(
            String child, List<String> columns, String parent, List<String> parentColumns) {

        String equal(String childAlias, String parentAlias) {
            // SQLite compares by the rules of the column at the left, and for references by the
            // parent's.
            return IntStream.range(0, columns.size())
                    .mapToObj(
                            i ->
                                    parentAlias
                                            + "."
                                            + Sql.quoted(parentColumns.get(i))
                                            + " = "
                                            + childAlias
                                            + "."
                                            + Sql.quoted(columns.get(i)))
                    .collect(Collectors.joining(" and "));
        }
    }

    private final Connection into;
    private final Fates fates;
    private final Map<String, SourceTable> ours;
    private final Map<String, MergedRows> rows;
    private final boolean own;
    private final List<Reference> orphaned = new ArrayList<>();

    /**
     * @param ours the tables of what is merged into, by folded name
     * @param rows the tables of the file that is merged, by folded name
     */
    MergeReferences(
            Connection into,
            Fates fates,
            Map<String, SourceTable> ours,
            Map<String, MergedRows> rows,
            boolean own) {
        this.into = into;
        this.fates = fates;
        this.ours = ours;
        this.rows = rows;
        this.own = own;
    }

    private List<Reference> of(SourceTable table) {
        List<SourceTable.ForeignKey> keys = new ArrayList<>(table.foreignKeys());
        if (own && table.name().equals("session_messages")) {
            keys.add(OwnPlanner.messagesKey());
        }
        List<Reference> references = new ArrayList<>();
        for (SourceTable.ForeignKey key : keys) {
            SourceTable parent = parent(key.parent());
            if (parent != null) {
                List<String> columns =
                        key.parentColumns().isEmpty() ? parent.primaryKey() : key.parentColumns();
                if (columns.size() == key.columns().size()) {
                    references.add(
                            new Reference(table.name(), key.columns(), key.parent(), columns));
                }
            }
        }
        return references;
    }

    private @Nullable SourceTable parent(String name) {
        SourceTable known = ours.get(Sql.folded(name));
        MergedRows theirs = rows.get(Sql.folded(name));
        // A reference that names no columns is to the key, which one of the files may lack.
        boolean keyless = theirs == null || theirs.theirs().primaryKey().isEmpty();
        return keyless && known != null ? known : theirs == null ? null : theirs.theirs();
    }

    /** Notes, before anything is merged, which references of ours lead nowhere. */
    void before() throws SQLException {
        for (SourceTable child : ours.values()) {
            for (Reference reference : of(child)) {
                SourceTable parent = ours.get(Sql.folded(reference.parent()));
                if (rows.containsKey(Sql.folded(reference.parent()))
                        && parent != null
                        && has(parent, reference.parentColumns())
                        && has(child, reference.columns())) {
                    note(reference);
                }
            }
        }
    }

    private void note(Reference reference) throws SQLException {
        OwnFile.execute(
                into,
                "create table "
                        + orphans(orphaned.size())
                        + " as select distinct "
                        + IntStream.range(0, reference.columns().size())
                                .mapToObj(
                                        i ->
                                                "C."
                                                        + Sql.quoted(reference.columns().get(i))
                                                        + " as "
                                                        + Sql.quoted(reference.columns().get(i)))
                                .collect(Collectors.joining(", "))
                        + " from "
                        + Sql.quoted("main", reference.child())
                        + " as C where "
                        + notNull(reference)
                        + " and not exists (select 1 from "
                        + Sql.quoted("main", reference.parent())
                        + " as P where "
                        + reference.equal("C", "P")
                        + ")");
        orphaned.add(reference);
    }

    private static String orphans(int number) {
        return "temp.twinstore_orphans_" + number;
    }

    private static String notNull(Reference reference) {
        return reference.columns().stream()
                .map(column -> "C." + Sql.quoted(column) + " is not null")
                .collect(Collectors.joining(" and "));
    }

    private static boolean has(SourceTable table, List<String> columns) {
        return columns.stream()
                .allMatch(name -> table.columns().stream().anyMatch(c -> Sql.same(c.name(), name)));
    }

    /** Puts apart, after all was merged, what came to refer to another file's rows. */
    void after() throws SQLException {
        for (int i = 0; i < orphaned.size(); i++) {
            wouldBeFound(orphaned.get(i), orphans(i));
            OwnFile.execute(into, "drop table " + orphans(i));
        }
        for (MergedRows child : rows.values()) {
            for (Reference reference : references(child)) {
                wouldFind(child, reference);
            }
        }
        boolean any = true;
        while (any) {
            follow();
            any = false;
            for (MergedRows table : rows.values()) {
                any |= table.fill();
            }
        }
    }

    /** The references that either file declares, as far as theirs has the columns. */
    private List<Reference> references(MergedRows child) {
        Set<Reference> all = new HashSet<>(of(child.theirs()));
        all.addAll(of(child.target().table()));
        return all.stream()
                .filter(reference -> child.sql().has(reference.columns()))
                .sorted((a, b) -> a.toString().compareTo(b.toString()))
                .toList();
    }

    private void wouldBeFound(Reference reference, String orphans) throws SQLException {
        MergedRows parent = rows.get(Sql.folded(reference.parent()));
        if (parent != null && parent.sql().has(reference.parentColumns())) {
            putApart(
                    parent,
                    "select A.row, A.at, 1 from "
                            + orphans
                            + " as C join "
                            + parent.sql().rows("P")
                            + " on "
                            + reference.equal("C", "P")
                            + " join "
                            + Fates.TABLE
                            + " as A on A.tab = "
                            + parent.number()
                            + " and A.row = "
                            + parent.sql().number("P")
                            + " and A.fate = '"
                            + Fate.ADDED
                            + "'");
        }
    }

    private void wouldFind(MergedRows child, Reference reference) throws SQLException {
        SourceTable known = ours.get(Sql.folded(reference.parent()));
        MergedRows parent = rows.get(Sql.folded(reference.parent()));
        boolean stranger = parent == null || !parent.sql().has(reference.parentColumns());
        boolean all = parent != null && parent.target().made();
        if (known == null || all || !has(known, reference.parentColumns())) {
            return;
        }
        putApart(
                child,
                "select A.row, A.at, 1 from "
                        + Fates.TABLE
                        + " as A join "
                        + child.sql().rows("C")
                        + " on "
                        + child.sql().number("C")
                        + " = A.row where A.tab = "
                        + child.number()
                        + " and A.fate = '"
                        + Fate.ADDED
                        + "' and "
                        + notNull(reference)
                        + " and exists (select 1 from "
                        + Sql.quoted("main", known.name())
                        + " as P where "
                        + reference.equal("C", "P")
                        + ")"
                        + (stranger || parent == null
                                ? ""
                                : " and not exists (select 1 from "
                                        + parent.sql().rows("P")
                                        + " where "
                                        + reference.equal("C", "P")
                                        + ")"));
    }

    /** Turn by turn, since a row that goes apart may take others along. */
    private void follow() throws SQLException {
        boolean any = true;
        while (any) {
            any = false;
            int turn = fates.next();
            for (MergedRows child : rows.values()) {
                for (Reference reference : references(child)) {
                    MergedRows parent = rows.get(Sql.folded(reference.parent()));
                    if (parent != null && parent.sql().has(reference.parentColumns())) {
                        any |= follow(child, reference, parent, turn);
                    }
                }
            }
        }
    }

    private boolean follow(MergedRows child, Reference reference, MergedRows parent, int turn)
            throws SQLException {
        return putApart(
                child,
                "select C.row, C.at, C.fate = 'ADDED' from "
                        + Fates.TABLE
                        + " as A join "
                        + parent.sql().rows("P")
                        + " on "
                        + parent.sql().number("P")
                        + " = A.row join "
                        + child.sql().rows("S")
                        + " on "
                        + reference.equal("S", "P")
                        + " join "
                        + Fates.TABLE
                        + " as C on C.tab = "
                        + child.number()
                        + " and C.row = "
                        + child.sql().number("S")
                        + " and C.fate <> 'APART' where A.tab = "
                        + parent.number()
                        + " and A.turn = "
                        + turn
                        + " and A.fate = 'APART'");
    }

    /** Puts rows apart: their number, that in ours, and whether they went in. */
    private boolean putApart(MergedRows table, String query) throws SQLException {
        List<long[]> found = new ArrayList<>();
        try (Statement reading = into.createStatement();
                ResultSet rowsFound = reading.executeQuery(query)) {
            while (rowsFound.next()) {
                found.add(
                        new long[] {
                            rowsFound.getLong(1), rowsFound.getLong(2), rowsFound.getLong(3)
                        });
            }
        }
        for (long[] row : found) {
            table.putApart(row[0], row[1], row[2] != 0);
        }
        return !found.isEmpty();
    }
}
