package io.twinstore.storage.migrate;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/** Has a table take rows of another, one after the other. */
final class MergeStatements implements AutoCloseable {

    /** Of the row, whatever a function in an expression makes of it included. */
    private static final Set<SQLiteErrorCode> REFUSED =
            Set.of(
                    SQLiteErrorCode.SQLITE_CONSTRAINT,
                    SQLiteErrorCode.SQLITE_MISMATCH,
                    SQLiteErrorCode.SQLITE_ERROR);

    private final Connection into;
    private final MergeSql sql;
    private final PreparedStatement last;
    private final PreparedStatement compare;
    private final List<PreparedStatement> find = new ArrayList<>();
    private final @Nullable PreparedStatement numbering;
    private PreparedStatement insert;

    /**
     * @param numbered whether a row that went in has to be numbered
     */
    MergeStatements(Connection into, MergeSql sql, boolean numbered) throws SQLException {
        this.into = into;
        this.sql = sql;
        last = into.prepareStatement("select last_insert_rowid()");
        compare = into.prepareStatement(sql.compare());
        insert = into.prepareStatement(sql.insert());
        numbering = numbered ? into.prepareStatement(sql.numbering()) : null;
        for (String found : sql.find()) {
            find.add(into.prepareStatement(found));
        }
    }

    /** Returns where the table took the row, just as it is; null where it did not. */
    @Nullable Long taken(long row) throws SQLException {
        if (sql.unaltered()) {
            return inserted(row);
        }
        OwnFile.execute(into, "savepoint one");
        Long at = inserted(row);
        if (at != null && !isEqual(row, at)) {
            OwnFile.execute(into, "rollback to one");
            at = null;
        }
        OwnFile.execute(into, "release one");
        return at;
    }

    private @Nullable Long inserted(long row) throws SQLException {
        insert.setLong(1, row);
        try {
            if (insert.executeUpdate() == 0) {
                return null;
            }
        } catch (SQLException e) {
            requireRefusal(e);
            // The driver is done with a statement that failed.
            insert.close();
            insert = into.prepareStatement(sql.insert());
            return null;
        }
        if (numbering != null) {
            numbering.setLong(1, row);
            numbering.executeUpdate();
        }
        try (ResultSet found = last.executeQuery()) {
            return found.getLong(1);
        }
    }

    private boolean isEqual(long row, long at) throws SQLException {
        compare.setLong(1, row);
        compare.setLong(2, at);
        try (ResultSet found = compare.executeQuery()) {
            return found.next() && areAlike(found);
        }
    }

    /** Returns where the table has a row of the same cells; null where it has none. */
    @Nullable Long found(long row) throws SQLException {
        for (PreparedStatement byRule : find) {
            byRule.setLong(1, row);
            try (ResultSet found = byRule.executeQuery()) {
                if (found.next() && areAlike(found)) {
                    return found.getLong(1);
                }
            }
        }
        return null;
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

    /**
     * Gives a row that both have what only theirs has of it. Where the table would not have the
     * cells as they are, it gets none.
     */
    boolean filled(long row, long at) throws SQLException {
        OwnFile.execute(into, "savepoint one");
        boolean done = false;
        try (PreparedStatement fill = into.prepareStatement(sql.fill())) {
            fill.setLong(1, row);
            fill.setLong(2, at);
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
        for (PreparedStatement byRule : find) {
            byRule.close();
        }
        if (numbering != null) {
            numbering.close();
        }
    }
}
