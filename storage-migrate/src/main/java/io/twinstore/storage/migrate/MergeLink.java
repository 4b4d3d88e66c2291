package io.twinstore.storage.migrate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reference of the merged tables, and the queries for rows that have to go apart for it. In them
 * {@code F} is what became of the row that is asked for.
 *
 * @param number tells it from others
 * @param child the table of the file that refers, or null where that file has none
 * @param parent the table of the file that is referred to, or null where that file has none
 */
record MergeLink(
        int number,
        MergeReference reference,
        @Nullable MergedRows child,
        @Nullable MergedRows parent,
        MergeSide ourChild,
        MergeSide ourParent) {

    /** Returns where the pairs are that refer to each other in their own file. */
    String table() {
        return Sql.quoted("temp", "twinstore link " + number);
    }

    /** Returns whether rows that both files have may be referred to only since the merge. */
    private boolean isFilledParent() {
        return parent != null && hasAdded(parent, reference.parentColumns());
    }

    /** Returns whether rows that both files have may refer only since the merge. */
    private boolean isNew() {
        return isFilledParent() || (child != null && hasAdded(child, reference.columns()));
    }

    private static boolean hasAdded(MergedRows rows, List<String> columns) {
        return rows.target().added().stream()
                .anyMatch(added -> columns.contains(Sql.folded(added.name())));
    }

    /** Returns the statements that write down which rows of the file refer to which. */
    List<String> lookUp() {
        String make =
                "create table "
                        + table()
                        + " (child integer, parent integer, primary key (child, parent)) without rowid";
        String index =
                "create index temp.%s on %s (parent)"
                        .formatted(
                                Sql.quoted("twinstore parents of " + number),
                                Sql.quoted("twinstore link " + number));
        if (child == null
                || parent == null
                || !child.theirs().has(reference.columns())
                || !parent.theirs().has(reference.parentColumns())) {
            return List.of(make, index);
        }
        MergeSide c = child.theirs();
        MergeSide p = parent.theirs();
        String fill =
                "insert into %s select %s, %s from %s cross join %s where %s"
                        .formatted(
                                table(),
                                c.number("C"),
                                p.number("P"),
                                c.rows("C"),
                                p.rows("P"),
                                linked(c, p) + " and " + reference.holds());
        return List.of(make, fill, index);
    }

    private static String linked(MergeSide c, MergeSide p) {
        return c.linked("C") + " and " + p.linked("P");
    }

    private static String isOf(String alias, MergedRows table) {
        return alias + ".tab = " + table.number();
    }

    private static String isThere(String alias, MergedRows table) {
        return isOf(alias, table) + " and " + alias + ".fate <> 'APART'";
    }

    /** Rows of the parent that a row finds which was there before. */
    @Nullable String found() {
        if (parent == null) {
            return null;
        }
        return "select distinct F.row from %s cross join %s cross join %s where %s and %s and %s"
                .formatted(
                        ourChild.rows("C"),
                        ourParent.rows("P"),
                        Fates.byPlace("F"),
                        linked(ourChild, ourParent) + " and " + reference.holds(),
                        "F.at = " + ourParent.number("P") + unlessCame(),
                        isFilledParent()
                                ? isThere("F", parent)
                                : isOf("F", parent) + " and F.fate = 'ADDED'");
    }

    /** Not for a child that came with the parent, or that both files have and that referred. */
    private String unlessCame() {
        if (child == null) {
            return "";
        }
        String same = isOf("G", child) + " and G.at = " + ourChild.number("C");
        String added =
                " and not exists (select 1 from %s where %s and G.fate = 'ADDED')"
                        .formatted(Fates.byPlace("G"), same);
        String referred =
                " and not exists (select 1 from %s cross join %s as O where %s and G.fate = 'SAME'"
                        + " and O.child = G.row and O.parent = F.row)";
        return isNew() ? added + referred.formatted(Fates.byPlace("G"), table(), same) : added;
    }

    /** Rows of the child that find what they did not refer to. */
    @Nullable String strangers() {
        if (child == null) {
            return null;
        }
        String known =
                parent == null
                        ? ""
                        : " and not exists (select 1 from %s as O cross join %s as G where %s"
                                        .formatted(table(), Fates.TABLE, isThere("G", parent))
                                + " and G.row = O.parent and O.child = F.row and G.at = "
                                + ourParent.number("P")
                                + ")";
        return "select distinct F.row from %s as F cross join %s cross join %s where %s and %s and %s"
                .formatted(
                        Fates.TABLE,
                        ourChild.byNumber("C"),
                        ourParent.rows("P"),
                        isThere("F", child),
                        linked(ourChild, ourParent) + " and " + reference.holds(),
                        ourChild.number("C") + " = F.at" + known);
    }

    /** Rows of the child that do not find what they referred to. */
    @Nullable String missed() {
        if (child == null || parent == null) {
            return null;
        }
        return "select distinct F.row from %1$s as O cross join %2$s as F cross join %2$s as G"
                        .formatted(table(), Fates.TABLE)
                + " cross join %s cross join %s where %s and %s and %s and (%s) is not true"
                        .formatted(
                                ourChild.byNumber("C"),
                                ourParent.byNumber("P"),
                                isThere("F", child) + " and F.row = O.child",
                                isThere("G", parent) + " and G.row = O.parent",
                                "%s and %s = F.at and %s = G.at"
                                        .formatted(
                                                linked(ourChild, ourParent),
                                                ourChild.number("C"),
                                                ourParent.number("P")),
                                reference.holds());
    }

    /** Rows of the child that refer to one which went apart in a turn. */
    @Nullable String following(int turn) {
        if (child == null || parent == null) {
            return null;
        }
        return "select F.row from %1$s as A cross join %2$s as O cross join %1$s as F"
                        .formatted(Fates.TABLE, table())
                + " where %s and %s and A.fate = 'APART' and A.turn = %d"
                        .formatted(isThere("F", child), isOf("A", parent), turn)
                + " and O.parent = A.row and F.row = O.child";
    }
}
