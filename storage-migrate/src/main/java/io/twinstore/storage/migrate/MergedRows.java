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
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/** Brings the rows of one table of a file to the table of that name in another. */
final class MergedRows {

    /**
     * The table that takes the rows.
     *
     * @param added its columns that it has only now, for these rows
     * @param made whether it is there only now
     */
    record Target(SourceTable table, List<String> added, boolean made) {}

    private static final Set<SQLiteErrorCode> REFUSED =
            Set.of(SQLiteErrorCode.SQLITE_CONSTRAINT, SQLiteErrorCode.SQLITE_MISMATCH);

    private static final int AT_ONCE = 10_000;

    private final Connection into;
    private final SourceTable theirs;
    private final Target target;
    private final Fates fates;
    private final int number;
    private final @Nullable String staged;
    private final MergeSql sql;

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
        this.theirs = theirs;
        this.target = target;
        this.fates = fates;
        this.number = number;
        staged = staged();
        sql = new MergeSql(theirs, target, own, staged);
    }

    /**
     * Copies a table whose rows have no number that SQL can name; the copy's rows have.
     *
     * @return the copy, or null where the table itself will do
     */
    private @Nullable String staged() throws SQLException {
        if (theirs.rowid() && MergeSql.rowid(theirs).isPresent()) {
            return null;
        }
        List<String> names = theirs.columns().stream().map(SourceTable.Column::name).toList();
        if (Sql.rowid(names).isEmpty()) {
            throw SourceRows.unnumbered(theirs.name());
        }
        String copy = "temp.twinstore_staged_" + number;
        OwnFile.execute(
                into,
                "create table "
                        + copy
                        + " as select "
                        + Sql.list(names)
                        + " from "
                        + Sql.quoted(MergedFile.OTHER, theirs.name())
                        + " order by "
                        + Sql.list(theirs.primaryKey()));
        return copy;
    }

    SourceTable theirs() {
        return theirs;
    }

    Target target() {
        return target;
    }

    int number() {
        return number;
    }

    MergeSql sql() {
        return sql;
    }

    /** Has the table take the rows, one by one, and notes what became of each. */
    void bring() throws SQLException {
        // A table that is there only now takes what it had, even rows that break its checks.
        OwnFile.execute(into, "pragma ignore_check_constraints = " + target.made());
        if (sql.canTake()) {
            try (Statements statements = new Statements()) {
                each(row -> note(row, statements));
            }
        } else {
            each(row -> fates.note(number, row, Fate.APART, 0));
        }
        OwnFile.execute(into, "pragma ignore_check_constraints = false");
    }

    private void note(long row, Statements statements) throws SQLException {
        Long at = statements.taken(row);
        if (at != null) {
            fates.note(number, row, Fate.ADDED, at);
            return;
        }
        at = sql.canFind() ? statements.found(row) : null;
        fates.note(number, row, at == null ? Fate.APART : Fate.SAME, at == null ? 0 : at);
    }

    /** What is done with a row. */
    private interface OnRow {
        void take(long row) throws SQLException;
    }

    private void each(OnRow work) throws SQLException {
        each(sql.numbers(AT_ONCE), work);
    }

    private void each(String numbers, OnRow work) throws SQLException {
        long next = Long.MIN_VALUE;
        List<Long> rows;
        do {
            rows = new ArrayList<>();
            try (PreparedStatement reading = into.prepareStatement(numbers)) {
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

    /**
     * Gives the rows that both have the cells that only theirs has.
     *
     * @return whether one could not take them, and is apart therefore
     */
    boolean fill() throws SQLException {
        if (target.added().isEmpty() || !sql.canTake()) {
            return false;
        }
        boolean[] refused = {false};
        String same =
                "select row from "
                        + Fates.TABLE
                        + " where tab = "
                        + number
                        + " and fate = 'SAME' and row >= ?1 order by 1 limit "
                        + AT_ONCE;
        try (Statements statements = new Statements()) {
            each(
                    same,
                    row -> {
                        if (!statements.filled(row)) {
                            fates.note(number, row, Fate.APART, 0);
                            refused[0] = true;
                        }
                    });
        }
        return refused[0];
    }

    /** Notes that a row is apart, and takes it out again where it went in. */
    void putApart(long row, long at, boolean added) throws SQLException {
        if (added) {
            try (PreparedStatement delete = into.prepareStatement(sql.delete())) {
                delete.setLong(1, sql.numbered() ? at : row);
                delete.executeUpdate();
            }
        }
        fates.note(number, row, Fate.APART, 0);
    }

    /**
     * Writes what is apart to a table of its own, with the cells as they are.
     *
     * @param apartName its name; null when there is to be none
     */
    MergedTable result(Path file, @Nullable String apartName) throws SQLException {
        long apart = fates.count(number, Fate.APART);
        String named = apart == 0 ? null : apartName;
        if (named != null) {
            OwnFile.execute(into, sql.apart(number, named));
        }
        return new MergedTable(
                file,
                theirs.name(),
                fates.count(number, Fate.ADDED),
                fates.count(number, Fate.SAME),
                apart,
                named);
    }

    /** Drops what was made for the time of the merge. */
    void close() throws SQLException {
        if (staged != null) {
            OwnFile.execute(into, "drop table " + staged);
        }
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

    /** The statements for one row after the other. */
    private final class Statements implements AutoCloseable {

        private final PreparedStatement last = into.prepareStatement("select last_insert_rowid()");
        private final PreparedStatement compare = into.prepareStatement(sql.compare());
        private final @Nullable PreparedStatement find =
                sql.canFind() ? into.prepareStatement(sql.find()) : null;
        private PreparedStatement insert = into.prepareStatement(sql.insert());

        Statements() throws SQLException {}

        /** Returns where the table took the row, just as it is; null where it did not. */
        @Nullable Long taken(long row) throws SQLException {
            if (sql.unaltered()) {
                return isInserted(row) ? lastId() : null;
            }
            OwnFile.execute(into, "savepoint one");
            Long at = isInserted(row) ? (Long) lastId() : null;
            if (at != null && !isEqual(row, at)) {
                OwnFile.execute(into, "rollback to one");
                at = null;
            }
            OwnFile.execute(into, "release one");
            return at;
        }

        private boolean isInserted(long row) throws SQLException {
            insert.setLong(1, row);
            try {
                return insert.executeUpdate() > 0;
            } catch (SQLException e) {
                requireRefusal(e);
                // The driver is done with a statement that failed.
                insert.close();
                insert = into.prepareStatement(sql.insert());
                return false;
            }
        }

        private long lastId() throws SQLException {
            try (ResultSet found = last.executeQuery()) {
                return found.getLong(1);
            }
        }

        private boolean isEqual(long row, long at) throws SQLException {
            compare.setLong(1, row);
            compare.setLong(2, sql.numbered() ? at : row);
            try (ResultSet found = compare.executeQuery()) {
                return found.next();
            }
        }

        /** Returns where the table has a row of the same cells; null where it has none. */
        @Nullable Long found(long row) throws SQLException {
            if (find == null) {
                return null;
            }
            find.setLong(1, row);
            try (ResultSet found = find.executeQuery()) {
                return found.next() && areAlike(found) ? (Long) found.getLong(1) : null;
            }
        }

        private boolean areAlike(ResultSet found) throws SQLException {
            int columns = found.getMetaData().getColumnCount();
            for (int i = 2; i < columns; i += 2) {
                if (Double.doubleToRawLongBits(found.getDouble(i))
                        != Double.doubleToRawLongBits(found.getDouble(i + 1))) {
                    return false;
                }
            }
            return true;
        }

        /** Where the table would not have the cells as they are, it gets none. */
        boolean filled(long row) throws SQLException {
            Long at = found(row);
            if (at == null) {
                return false;
            }
            OwnFile.execute(into, "savepoint one");
            boolean done = false;
            try (PreparedStatement fill = into.prepareStatement(sql.fill())) {
                fill.setLong(1, row);
                fill.setLong(2, sql.numbered() ? at : row);
                done = fill.executeUpdate() > 0 && isEqual(row, at);
            } catch (SQLException e) {
                requireRefusal(e);
            }
            if (!done) {
                OwnFile.execute(into, "rollback to one");
            }
            OwnFile.execute(into, "release one");
            return done;
        }

        private static void requireRefusal(SQLException e) throws SQLException {
            if (!REFUSED.contains(SQLiteErrorCode.getErrorCode(e.getErrorCode() & 0xff))) {
                throw e;
            }
        }

        @Override
        public void close() throws SQLException {
            insert.close();
            last.close();
            compare.close();
            if (find != null) {
                find.close();
            }
        }
    }
}
