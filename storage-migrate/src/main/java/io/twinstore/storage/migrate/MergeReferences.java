package io.twinstore.storage.migrate;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that no row comes to refer to a row of another file. What each row refers to in its
 * own file is looked up there, by that file's types and collations; what it refers to where it came
 * is looked up by those of the table that took it. A row goes apart that does not find just the
 * rows that it referred to, and one that another file's row finds.
 */
final class MergeReferences {

    private final Connection into;
    private final Fates fates;
    private final Map<String, MergeSide> ours;
    private final Map<String, MergedRows> rows;
    private final List<MergeLink> links = new ArrayList<>();
    private final List<String> indexes = new ArrayList<>();

    /**
     * @param declared the references that any of the files declares; they are added with the
     *     columns of the key where they name none
     * @param ours the tables of what is merged into, by folded name
     * @param rows the tables of the file that is merged, by folded name
     */
    MergeReferences(
            Connection into,
            Fates fates,
            Set<MergeReference> declared,
            Map<String, MergeSide> ours,
            Map<String, MergedRows> rows) {
        this.into = into;
        this.fates = fates;
        this.ours = ours;
        this.rows = rows;
        resolve(declared);
        declared.stream().filter(MergeReference::isWhole).forEach(this::link);
    }

    /** A reference to a key is to that of either file, which may be different ones. */
    private void resolve(Set<MergeReference> declared) {
        for (MergeReference reference : List.copyOf(declared)) {
            if (reference.parentColumns().isEmpty()) {
                MergeSide known = ours.get(reference.parent());
                MergedRows theirs = rows.get(reference.parent());
                if (known != null) {
                    declared.add(reference.to(known.table().primaryKey()));
                }
                if (theirs != null) {
                    declared.add(reference.to(theirs.theirs().table().primaryKey()));
                }
            }
        }
    }

    private void link(MergeReference reference) {
        MergeSide child = ours.get(reference.child());
        MergeSide parent = ours.get(reference.parent());
        MergedRows theirChild = rows.get(reference.child());
        MergedRows theirParent = rows.get(reference.parent());
        if (child != null
                && parent != null
                && (theirChild != null || theirParent != null)
                && child.has(reference.columns())
                && parent.has(reference.parentColumns())) {
            links.add(
                    new MergeLink(links.size(), reference, theirChild, theirParent, child, parent));
        }
    }

    /** Puts apart what refers to another file's rows, or would be referred to by them. */
    void after() throws SQLException {
        for (MergeLink link : links) {
            for (String statement : link.lookUp()) {
                OwnFile.execute(into, statement);
            }
            index(link);
        }
        boolean any = true;
        while (any) {
            any = false;
            for (MergeLink link : links) {
                any |= putApart(link.parent(), link.found());
                any |= putApart(link.child(), link.strangers());
                any |= putApart(link.child(), link.missed());
            }
            follow();
        }
        for (MergeLink link : links) {
            OwnFile.execute(into, "drop table " + link.table());
        }
        for (String index : indexes) {
            OwnFile.execute(into, "drop index " + index);
        }
    }

    /** A parent without an index would be gone through for each child, since SQLite guesses few. */
    private void index(MergeLink link) throws SQLException {
        SourceTable parent = link.ourParent().table();
        List<String> columns = link.reference().parentColumns();
        boolean numbered =
                parent.alias() != null && List.of(Sql.folded(parent.alias())).equals(columns);
        boolean indexed =
                parent.indexes().stream()
                        .anyMatch(index -> !index.partial() && isOver(index, columns));
        if (!numbered && !indexed) {
            OwnFile.execute(
                    into,
                    "create index "
                            + indexName(link)
                            + " on "
                            + Sql.quoted(parent.name())
                            + " ("
                            + Sql.list(columns)
                            + ")");
            indexes.add(indexName(link));
        }
    }

    private static boolean isOver(SourceTable.Index index, List<String> columns) {
        List<String> over = index.columns();
        return over != null && over.stream().map(Sql::folded).toList().equals(columns);
    }

    private String indexName(MergeLink link) {
        return Sql.quoted("main", "twinstore merge: parents " + link.number());
    }

    /** Puts rows apart that refer to one that is, turn by turn, since that takes others along. */
    private void follow() throws SQLException {
        boolean any = true;
        while (any) {
            any = false;
            int turn = fates.next();
            for (MergeLink link : links) {
                any |= putApart(link.child(), link.following(turn));
            }
        }
    }

    private boolean putApart(@Nullable MergedRows table, @Nullable String query)
            throws SQLException {
        if (table == null || query == null) {
            return false;
        }
        List<Long> found = new ArrayList<>();
        try (Statement reading = into.createStatement();
                ResultSet rowsFound = reading.executeQuery(query)) {
            while (rowsFound.next()) {
                found.add(rowsFound.getLong(1));
            }
        }
        for (long row : found) {
            table.putApart(row);
        }
        return !found.isEmpty();
    }
}
