package io.twinstore.storage.migrate;

import io.twinstore.storage.migrate.Fates.Fate;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
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

    private final Connection into;
    private final SourceTable theirs;
    private final Target target;
    private final Fates fates;
    private final int number;
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
        this.sql = new MergeSql(theirs, target, own, staged());
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
        String copy = "temp.twinstore_staged_" + number;
        Set<String> columns = new LinkedHashSet<>(theirs.primaryKey());
        theirs.columns().forEach(column -> columns.add(column.name()));
        OwnFile.execute(
                into,
                "create table "
                        + copy
                        + " as select "
                        + Sql.list(columns)
                        + " from "
                        + Sql.quoted(MergedFile.OTHER, theirs.name())
                        + (theirs.primaryKey().isEmpty()
                                ? ""
                                : " order by " + Sql.list(theirs.primaryKey())));
        return copy;
    }

    SourceTable theirs() {
        return theirs;
    }

    SourceTable ours() {
        return target.table();
    }

    int number() {
        return number;
    }

    /** Returns the references that either file declares. */
    List<SourceTable.ForeignKey> foreignKeys() {
        Set<String> declared = new HashSet<>();
        List<SourceTable.ForeignKey> keys = new ArrayList<>();
        List<SourceTable.ForeignKey> all = new ArrayList<>(theirs.foreignKeys());
        all.addAll(target.table().foreignKeys());
        for (SourceTable.ForeignKey key : all) {
            String what = key.columns() + ">" + key.parent() + key.parentColumns();
            if (declared.add(what.toLowerCase(Locale.ROOT)) && sql.has(key.columns())) {
                keys.add(key);
            }
        }
        return keys;
    }

    /** Has the table take the rows, one by one, and notes what became of each. */
    void bring() throws SQLException {
        try (Statement reading = into.createStatement();
                ResultSet rows = reading.executeQuery(sql.numbers());
                PreparedStatement insert = into.prepareStatement(sql.insert());
                PreparedStatement last = into.prepareStatement("select last_insert_rowid()");
                PreparedStatement compare = into.prepareStatement(sql.compare());
                PreparedStatement find = into.prepareStatement(sql.find());
                PreparedStatement fill = into.prepareStatement(sql.fill())) {
            while (rows.next()) {
                long row = rows.getLong(1);
                if (isDone(insert, row)) {
                    taken(compare, row, Objects.requireNonNull(found(last)));
                } else {
                    Long at = sql.canFind() ? found(find, row) : null;
                    boolean same = at != null && isFilled(fill, row, at);
                    fates.note(number, row, same ? Fate.SAME : Fate.APART, 0);
                }
            }
        }
    }

    /** A cell that the table's type altered makes it another row. */
    private void taken(PreparedStatement compare, long row, long at) throws SQLException {
        if (sql.mayAlter() && found(compare, row, ours(row, at)) == null) {
            delete(row, at);
            fates.note(number, row, Fate.APART, 0);
        } else {
            fates.note(number, row, Fate.ADDED, at);
        }
    }

    /** Returns what says which row of ours it is. */
    private long ours(long row, long at) {
        return sql.numbered() ? at : row;
    }

    /**
     * Where a column of the table is its rowid, text in it is refused even where all is ignored.
     */
    private static boolean isDone(PreparedStatement statement, long... rows) throws SQLException {
        bind(statement, rows);
        try {
            return statement.executeUpdate() > 0;
        } catch (SQLException e) {
            SQLiteErrorCode code = SQLiteErrorCode.getErrorCode(e.getErrorCode() & 0xff);
            if (REFUSED.contains(code)) {
                return false;
            }
            throw e;
        }
    }

    private static @Nullable Long found(PreparedStatement query, long... rows) throws SQLException {
        bind(query, rows);
        try (ResultSet found = query.executeQuery()) {
            return found.next() ? found.getLong(1) : null;
        }
    }

    private static void bind(PreparedStatement statement, long... rows) throws SQLException {
        for (int i = 0; i < rows.length; i++) {
            statement.setLong(i + 1, rows[i]);
        }
    }

    /** Gives the columns that are new to the row the cells that only this file has. */
    private boolean isFilled(PreparedStatement fill, long row, long at) throws SQLException {
        if (target.added().isEmpty()) {
            return true;
        }
        return isDone(fill, row, ours(row, at));
    }

    private void delete(long row, long at) throws SQLException {
        try (PreparedStatement delete = into.prepareStatement(sql.delete())) {
            delete.setLong(1, ours(row, at));
            delete.executeUpdate();
        }
    }

    /**
     * Takes out again what refers to rows that are apart.
     *
     * @return whether there was any
     */
    boolean follow(SourceTable.ForeignKey key, MergedRows parent) throws SQLException {
        List<long[]> rows = new ArrayList<>();
        try (Statement reading = into.createStatement();
                ResultSet found =
                        reading.executeQuery(
                                sql.followers(number, key, parent.sql, parent.number))) {
            while (found.next()) {
                rows.add(new long[] {found.getLong(1), found.getLong(2)});
            }
        }
        for (long[] row : rows) {
            delete(row[0], row[1]);
            fates.note(number, row[0], Fate.APART, 0);
        }
        return !rows.isEmpty();
    }

    /**
     * Writes what is apart to a table of its own, with the cells as they are.
     *
     * @param apartName its name; null when there is to be none
     */
    MergedTable result(Path file, @Nullable String apartName) throws SQLException {
        long apart = fates.apart(number);
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

    /** Returns a column's default where it is a literal, so that it is the same at any time. */
    static Optional<String> literal(SourceTable.Column column) {
        return Optional.ofNullable(column.defaultSql())
                .filter(sql -> sql.matches("(?i)[-+]?[0-9.]+|(x?)'([^']|'')*'|null|true|false"));
    }
}
