package io.twinstore.storage.migrate;

import io.twinstore.storage.migrate.Fates.Fate;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Brings the rows of one table of a file to the table of that name in another. */
final class MergedRows {

    /**
     * A column that a table has only now.
     *
     * @param name as the file has it whose rows came
     * @param without what rows have there that came without it, as SQL
     */
    record Added(String name, String without) {

        boolean is(SourceTable.Column column) {
            return Sql.same(name, column.name());
        }
    }

    /**
     * The table that takes the rows.
     *
     * @param added its columns that it has only now, for these rows
     * @param made whether it is there only now
     */
    record Target(SourceTable table, List<Added> added, boolean made) {}

    private static final int AT_ONCE = 10_000;

    private final Connection into;
    private final Target target;
    private final Fates fates;
    private final int number;
    private final MergeSide theirs;
    private final MergeSide ours;
    private final MergeSql sql;
    private final long before;

    /**
     * @param number tells the table from others of the file
     * @param own whether it is one of Twinstore's own
     */
    MergedRows(
            Connection into,
            SourceTable theirs,
            Target target,
            Fates fates,
            int number,
            boolean own)
            throws SQLException {
        this.into = into;
        this.target = target;
        this.fates = fates;
        this.number = number;
        this.theirs = MergeSide.of(into, MergedFile.OTHER, theirs, "keys of other " + number);
        ours = MergeSide.of(into, "main", target.table(), "keys of main " + number);
        sql = new MergeSql(this.theirs, ours, target, own);
        before = count(ours);
    }

    private long count(MergeSide side) throws SQLException {
        return Long.parseLong(
                String.valueOf(OwnFile.first(into, "select count(*) from " + side.name())));
    }

    MergeSide theirs() {
        return theirs;
    }

    MergeSide ours() {
        return ours;
    }

    Target target() {
        return target;
    }

    int number() {
        return number;
    }

    /** Has the table take the rows, one by one, and notes what became of each. */
    void bring() throws SQLException {
        // A table that is there only now takes what it had, even rows that break its checks.
        OwnFile.execute(into, "pragma ignore_check_constraints = " + target.made());
        if (sql.canTake()) {
            boolean full = !target.made() && isNumberedOut();
            try (MergeStatements statements = new MergeStatements(into, sql, ours.numbersKeys())) {
                each(row -> note(row, full, statements));
            }
        } else {
            each(row -> fates.note(number, row, Fate.APART, 0));
        }
        OwnFile.execute(into, "pragma ignore_check_constraints = false");
    }

    /** After the last number SQLite takes numbers at random, or none. */
    private boolean isNumberedOut() throws SQLException {
        return !ours.rowid().isEmpty()
                && (target.table().lastId() == Long.MAX_VALUE
                        || OwnFile.first(
                                        into,
                                        "select 1 from "
                                                + ours.rows("T")
                                                + " where "
                                                + ours.number("T")
                                                + " = "
                                                + Long.MAX_VALUE)
                                != null);
    }

    private void note(long row, boolean full, MergeStatements statements) throws SQLException {
        Long at = full ? null : statements.taken(row);
        if (at != null) {
            fates.note(number, row, Fate.ADDED, at);
            return;
        }
        at = statements.found(row);
        boolean same = at != null && (target.added().isEmpty() || statements.filled(row, at));
        fates.note(number, row, same ? Fate.SAME : Fate.APART, at == null ? 0 : at);
    }

    /** What is done with a row. */
    private interface OnRow {
        void take(long row) throws SQLException;
    }

    private void each(OnRow work) throws SQLException {
        long next = Long.MIN_VALUE;
        List<Long> rows;
        do {
            rows = new ArrayList<>();
            try (PreparedStatement reading = into.prepareStatement(sql.numbers(AT_ONCE))) {
                reading.setLong(1, next);
                try (ResultSet found = reading.executeQuery()) {
                    while (found.next()) {
                        rows.add(found.getLong(1));
                    }
                }
            }
            for (long row : rows) {
                work.take(row);
                next = row + 1;
            }
        } while (rows.size() == AT_ONCE && next != Long.MIN_VALUE);
    }

    /** Puts a row apart, if it is not, and undoes what its coming changed. */
    void putApart(long row) throws SQLException {
        Fates.Place place = fates.of(number, row);
        if (place.fate() == Fate.APART) {
            return;
        }
        boolean added = place.fate() == Fate.ADDED;
        if (added || !target.added().isEmpty()) {
            try (PreparedStatement undo =
                    into.prepareStatement(added ? sql.delete() : sql.empty())) {
                undo.setLong(1, place.at());
                undo.executeUpdate();
            }
        }
        fates.note(number, row, Fate.APART, 0);
    }

    /**
     * Writes what is apart to a table of its own, with the cells as they are.
     *
     * @param apartName gives it a name
     * @throws IllegalStateException when rows were lost or came twice
     */
    MergedTable result(Path file, Supplier<String> apartName) throws SQLException {
        long apart = fates.count(number, Fate.APART);
        long added = fates.count(number, Fate.ADDED);
        long same = fates.count(number, Fate.SAME);
        if (added + same + apart != count(theirs) || before + added != count(ours)) {
            throw new IllegalStateException(
                    "rows of "
                            + theirs.table().name()
                            + " do not add up: "
                            + added
                            + " "
                            + same
                            + " "
                            + apart);
        }
        String named = apart == 0 ? null : apartName.get();
        if (named != null) {
            OwnFile.execute(into, sql.apart(number, named));
        }
        return new MergedTable(file, theirs.table().name(), added, same, apart, named);
    }

    /** Drops what was made for the time of the merge. */
    void close() throws SQLException {
        theirs.close();
        ours.close();
    }

    /** Returns a column's default where it is a literal, so that it is the same at any time. */
    static Optional<String> literal(SourceTable.Column column) {
        return Optional.ofNullable(column.defaultSql())
                .filter(
                        sql ->
                                sql.matches(
                                        "(?i)[-+]?(0x[0-9a-f]+|[0-9.]+(e[-+]?[0-9]+)?)"
                                                + "|x?'(?:[^']++|'')*+'|null|true|false"));
    }
}
