package io.twinstore.storage.migrate;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** What became of each row of a file that is merged, in a table for the time of the merge. */
final class Fates implements AutoCloseable {

    /** A row that the table took, one that it had, and one that it cannot have. */
    enum Fate {
        ADDED,
        SAME,
        APART
    }

    /**
     * Its columns: table, row, what became of it, the row of the table that is it, and for a row
     * that is apart in which turn it was found to be.
     */
    static final String TABLE = "temp.\"twinstore fates\"";

    /** To be looked through by place: SQLite knows no better than to go through the whole table. */
    private static final String THERE = "\"twinstore fates there\"";

    private final Connection into;
    private final PreparedStatement note;
    private final PreparedStatement find;
    private int turn;

    Fates(Connection into) throws SQLException {
        this.into = into;
        OwnFile.execute(
                into,
                "create table "
                        + TABLE
                        + " (tab integer, row integer, fate text, at integer, turn integer,"
                        + " primary key (tab, row)) without rowid");
        OwnFile.execute(
                into,
                "create index temp.\"twinstore fates apart\" on \"twinstore fates\" (tab, turn)"
                        + " where fate = 'APART'");
        OwnFile.execute(into, "create index temp." + THERE + " on \"twinstore fates\" (tab, at)");
        find =
                into.prepareStatement(
                        "select fate, at from " + TABLE + " where tab = ? and row = ?");
        note = into.prepareStatement("insert or replace into " + TABLE + " values (?, ?, ?, ?, ?)");
    }

    void note(int table, long row, Fate fate, long at) throws SQLException {
        note.setInt(1, table);
        note.setLong(2, row);
        note.setString(3, fate.name());
        note.setLong(4, at);
        note.setInt(5, turn);
        note.executeUpdate();
    }

    /**
     * What became of a row.
     *
     * @param at the row of the table that it is, unless it is apart
     */
    record Place(Fate fate, long at) {}

    Place of(int table, long row) throws SQLException {
        find.setInt(1, table);
        find.setLong(2, row);
        try (ResultSet found = find.executeQuery()) {
            found.next();
            return new Place(Fate.valueOf(found.getString(1)), found.getLong(2));
        }
    }

    /** Returns it, to be looked through by table and the row of the table that it is. */
    static String byPlace(String alias) {
        return TABLE + " as " + alias + " indexed by " + THERE;
    }

    /** Begins another turn, and returns the one before. */
    int next() {
        return turn++;
    }

    long count(int table, Fate fate) throws SQLException {
        String found =
                OwnFile.first(
                        into,
                        "select count(*) from "
                                + TABLE
                                + " where tab = "
                                + table
                                + " and fate = '"
                                + fate
                                + "'");
        return Long.parseLong(String.valueOf(found));
    }

    @Override
    public void close() throws SQLException {
        note.close();
        find.close();
        OwnFile.execute(into, "drop table " + TABLE);
    }
}
