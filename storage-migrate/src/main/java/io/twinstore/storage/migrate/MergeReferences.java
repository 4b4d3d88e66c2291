package io.twinstore.storage.migrate;

import io.twinstore.storage.migrate.Fates.Fate;
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
    private final List<Link> links = new ArrayList<>();
    private final List<String> indexes = new ArrayList<>();

    /**
     * A reference of the merged tables.
     *
     * @param child the table of the file that refers, or null where that file has none
     * @param parent the table of the file that is referred to, or null where that file has none
     * @param table where the pairs are that refer to each other in their own file
     */
    private record Link(
            MergeReference reference,
            @Nullable MergedRows child,
            @Nullable MergedRows parent,
            MergeSide ourChild,
            MergeSide ourParent,
            String table) {

        /** Returns whether rows that both files have may be referred to only since the merge. */
        boolean isFilledParent() {
            return parent != null && hasAdded(parent, reference.parentColumns());
        }

        /** Returns whether rows that both files have may refer only since the merge. */
        boolean isNew() {
            return isFilledParent() || (child != null && hasAdded(child, reference.columns()));
        }

        private static boolean hasAdded(MergedRows rows, List<String> columns) {
            return rows.target().added().stream()
                    .anyMatch(added -> columns.contains(Sql.folded(added.name())));
        }
    }

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
                    new Link(
                            reference,
                            theirChild,
                            theirParent,
                            child,
                            parent,
                            Sql.quoted("temp", "twinstore link " + links.size())));
        }
    }

    /** Puts apart what refers to another file's rows, or would be referred to by them. */
    void after() throws SQLException {
        for (Link link : links) {
            lookUp(link);
            index(link);
        }
        boolean any = true;
        while (any) {
            any = false;
            for (Link link : links) {
                any |= found(link);
                any |= strangers(link);
                any |= missed(link);
            }
            follow();
        }
        for (Link link : links) {
            OwnFile.execute(into, "drop table " + link.table());
        }
        for (String index : indexes) {
            OwnFile.execute(into, "drop index " + index);
        }
    }

    /** Writes down which rows of the file refer to which, by its own words. */
    private void lookUp(Link link) throws SQLException {
        OwnFile.execute(
                into,
                "create table "
                        + link.table()
                        + " (child integer, parent integer, primary key (child, parent)) without rowid");
        MergedRows child = link.child();
        MergedRows parent = link.parent();
        if (child == null
                || parent == null
                || !child.theirs().has(link.reference().columns())
                || !parent.theirs().has(link.reference().parentColumns())) {
            return;
        }
        MergeSide c = child.theirs();
        MergeSide p = parent.theirs();
        OwnFile.execute(
                into,
                "insert into "
                        + link.table()
                        + " select "
                        + c.number("C")
                        + ", "
                        + p.number("P")
                        + " from "
                        + c.rows("C")
                        + " cross join "
                        + p.rows("P")
                        + " where "
                        + c.linked("C")
                        + " and "
                        + p.linked("P")
                        + " and "
                        + link.reference().holds());
        OwnFile.execute(
                into,
                "create index temp."
                        + Sql.quoted("twinstore parents of " + links.indexOf(link))
                        + " on "
                        + Sql.quoted("twinstore link " + links.indexOf(link))
                        + " (parent)");
    }

    /** A parent without an index would be gone through for each child, since SQLite guesses few. */
    private void index(Link link) throws SQLException {
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

    private String indexName(Link link) {
        return Sql.quoted("main", "twinstore merge: parents " + links.indexOf(link));
    }

    /** Puts rows apart that a row finds which was there before. */
    private boolean found(Link link) throws SQLException {
        MergedRows parent = link.parent();
        if (parent == null) {
            return false;
        }
        MergeSide c = link.ourChild();
        MergeSide p = link.ourParent();
        String came = "";
        if (link.child() != null) {
            came = " and not exists (select 1 from " + Fates.byPlace("G");
            String of = " where G.tab = " + link.child().number() + " and G.at = " + c.number("C");
            came += of + " and G.fate = 'ADDED')";
            if (link.isNew()) {
                came += " and not exists (select 1 from " + Fates.byPlace("G");
                came += " cross join " + link.table() + " as O" + of + " and G.fate = 'SAME'";
                came += " and O.child = G.row and O.parent = F.row)";
            }
        }
        return putApart(
                parent,
                "select distinct F.row from "
                        + c.rows("C")
                        + " cross join "
                        + p.rows("P")
                        + " cross join "
                        + Fates.byPlace("F")
                        + " where "
                        + c.linked("C")
                        + " and "
                        + p.linked("P")
                        + " and "
                        + link.reference().holds()
                        + " and F.tab = "
                        + parent.number()
                        + " and F.at = "
                        + p.number("P")
                        + " and F.fate "
                        + (link.isFilledParent() ? "<> '" + Fate.APART : "= '" + Fate.ADDED)
                        + "'"
                        + came);
    }

    /** Puts rows apart that find what they did not refer to. */
    private boolean strangers(Link link) throws SQLException {
        MergedRows child = link.child();
        if (child == null) {
            return false;
        }
        String known = "";
        if (link.parent() != null) {
            known =
                    " and not exists (select 1 from "
                            + link.table()
                            + " as O cross join "
                            + there("G", link.parent())
                            + " and G.row = O.parent and O.child = F.row and G.at = "
                            + link.ourParent().number("P")
                            + ")";
        }
        MergeSide c = link.ourChild();
        MergeSide p = link.ourParent();
        return putApart(
                child,
                "select distinct F.row from "
                        + Fates.TABLE
                        + " as F cross join "
                        + c.byNumber("C")
                        + " cross join "
                        + p.rows("P")
                        + where("F", child)
                        + " and "
                        + c.linked("C")
                        + " and "
                        + p.linked("P")
                        + " and "
                        + c.number("C")
                        + " = F.at and "
                        + link.reference().holds()
                        + known);
    }

    private static String there(String alias, MergedRows of) {
        return Fates.TABLE + " as " + alias + where(alias, of);
    }

    private static String where(String alias, MergedRows of) {
        return " where %1$s.tab = %2$d and %1$s.fate <> 'APART'".formatted(alias, of.number());
    }

    /** Puts rows apart that do not find what they referred to. */
    private boolean missed(Link link) throws SQLException {
        MergedRows child = link.child();
        MergedRows parent = link.parent();
        if (child == null || parent == null) {
            return false;
        }
        MergeSide c = link.ourChild();
        MergeSide p = link.ourParent();
        return putApart(
                child,
                "select distinct F.row from "
                        + link.table()
                        + " as O cross join "
                        + Fates.TABLE
                        + " as F cross join "
                        + Fates.TABLE
                        + " as G cross join "
                        + c.byNumber("C")
                        + " cross join "
                        + p.byNumber("P")
                        + where("F", child)
                        + " and F.row = O.child and G.tab = "
                        + parent.number()
                        + " and G.row = O.parent and G.fate <> 'APART' and "
                        + c.linked("C")
                        + " and "
                        + p.linked("P")
                        + " and "
                        + c.number("C")
                        + " = F.at and "
                        + p.number("P")
                        + " = G.at and ("
                        + link.reference().holds()
                        + ") is not true");
    }

    /** Puts rows apart that refer to one that is, turn by turn, since that takes others along. */
    private void follow() throws SQLException {
        boolean any = true;
        while (any) {
            any = false;
            int turn = fates.next();
            for (Link link : links) {
                if (link.child() != null && link.parent() != null) {
                    any |=
                            putApart(
                                    link.child(),
                                    "select F.row from "
                                            + Fates.TABLE
                                            + " as A cross join "
                                            + link.table()
                                            + " as O cross join "
                                            + Fates.TABLE
                                            + " as F"
                                            + where("F", link.child())
                                            + " and A.tab = "
                                            + link.parent().number()
                                            + " and A.fate = 'APART' and A.turn = "
                                            + turn
                                            + " and O.parent = A.row and F.row = O.child");
                }
            }
        }
    }

    private boolean putApart(MergedRows table, String query) throws SQLException {
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
