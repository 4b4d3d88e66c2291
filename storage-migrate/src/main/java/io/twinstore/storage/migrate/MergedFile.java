package io.twinstore.storage.migrate;

import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.migrate.MigrationPlan.Untranslated;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.sqlite.SQLiteErrorCode;

/**
 * Brings one file into another: its tables, the columns that the other lacks, its rows, then its
 * indexes, views and triggers. A row that cannot go where its table's rows go, or that would come
 * to refer to another file's row, goes to a table of its own; a row that is there already does not
 * go twice. No key is ever changed.
 */
final class MergedFile {

    static final String OTHER = "other";

    /** What SQLite cannot do with these files, whatever the machine. */
    private static final Set<SQLiteErrorCode> OF_THE_FILES =
            Set.of(
                    SQLiteErrorCode.SQLITE_ERROR,
                    SQLiteErrorCode.SQLITE_CONSTRAINT,
                    SQLiteErrorCode.SQLITE_MISMATCH,
                    SQLiteErrorCode.SQLITE_TOOBIG);

    private final Connection into;
    private final SnapshotFile file;
    private final boolean own;
    private final Set<String> taken;
    private final List<Untranslated> left;
    private final Map<String, SourceTable> ours = new LinkedHashMap<>();
    private final Map<String, MergedRows> rows = new LinkedHashMap<>();

    /**
     * @param own whether both are of Twinstore's own layout
     * @param taken the folded names that a table of its own cannot have; names are added
     * @param left takes what does not go
     */
    MergedFile(
            Connection into,
            SnapshotFile file,
            boolean own,
            Set<String> taken,
            List<Untranslated> left) {
        this.into = into;
        this.file = file;
        this.own = own;
        this.taken = taken;
        this.left = left;
    }

    List<MergedTable> run() throws SQLException {
        try {
            return attached();
        } catch (SQLException e) {
            if (!OF_THE_FILES.contains(SQLiteErrorCode.getErrorCode(e.getErrorCode() & 0xff))) {
                throw e;
            }
            throw new MigrationException(
                    ErrorCode.CONFLICT,
                    planned()
                            + " cannot be merged with the files before it: "
                            + String.valueOf(e.getMessage()).replaceAll("\\p{Cntrl}", " ")
                            + ". Nothing was changed.",
                    e);
        }
    }

    private Path planned() {
        return file.planned().file();
    }

    private List<MergedTable> attached() throws SQLException {
        List<SourceTable> theirs;
        List<SourceObject> objects;
        try (Connection other = OwnFile.connect(file.copy())) {
            SourceCatalogue catalogue = new SourceCatalogue(other);
            theirs = own ? ownTables(catalogue) : catalogue.tables();
            objects = own ? List.of() : catalogue.objects();
            for (String virtual : own ? List.<String>of() : catalogue.named("virtual")) {
                leave("virtual table", virtual, "PostgreSQL has no such module");
            }
        }
        OwnFile.execute(into, "pragma foreign_keys = off");
        try (PreparedStatement attach = into.prepareStatement("attach database ? as " + OTHER)) {
            attach.setString(1, file.copy().toString());
            attach.execute();
        }
        OwnFile.execute(into, "begin");
        List<MergedTable> merged = merged(theirs, objects);
        OwnFile.execute(into, "commit");
        OwnFile.execute(into, "detach database " + OTHER);
        return merged;
    }

    private List<SourceTable> ownTables(SourceCatalogue catalogue) throws SQLException {
        List<String> names = OwnPlanner.names();
        List<SourceTable> tables = new ArrayList<>();
        for (SourceTable table : catalogue.tables()) {
            if (names.contains(table.name())) {
                tables.add(table);
            } else if (!OwnPlanner.MADE_ANEW.contains(table.name())) {
                leave("table", table.name(), "it is none of Twinstore's");
            }
        }
        return tables;
    }

    private List<MergedTable> merged(List<SourceTable> theirs, List<SourceObject> objects)
            throws SQLException {
        // A trigger would see rows as written now, that were written long ago.
        SourceCatalogue catalogue = new SourceCatalogue(into);
        List<SourceObject> triggers =
                catalogue.objects().stream().filter(o -> o.type().equals("trigger")).toList();
        for (SourceObject trigger : triggers) {
            OwnFile.execute(into, "drop trigger " + Sql.quoted(trigger.name()));
        }
        catalogue.tables().forEach(table -> ours.put(Sql.folded(table.name()), table));
        List<MergedTable> merged = new ArrayList<>();
        try (Fates fates = new Fates(into)) {
            bring(theirs, fates);
            for (MergedRows table : rows.values()) {
                merged.add(table.result(planned(), own ? null : apartName(table)));
                table.close();
            }
        }
        for (SourceObject trigger : triggers) {
            OwnFile.execute(into, trigger.sql());
        }
        for (SourceObject object : objects) {
            make(object);
        }
        return merged;
    }

    private void bring(List<SourceTable> theirs, Fates fates) throws SQLException {
        for (SourceTable table : theirs) {
            rows.put(
                    Sql.folded(table.name()),
                    new MergedRows(into, table, columned(table), fates, rows.size(), own));
        }
        MergeReferences references = new MergeReferences(into, fates, ours, rows, own);
        references.before();
        for (MergedRows table : rows.values()) {
            table.bring();
        }
        for (MergedRows table : rows.values()) {
            numbers(table);
        }
        references.after();
    }

    /** Returns the table that takes the rows, with all columns that theirs has. */
    private MergedRows.Target columned(SourceTable theirs) throws SQLException {
        SourceTable known = ours.get(Sql.folded(theirs.name()));
        if (known == null) {
            requireFree(theirs.name());
            OwnFile.execute(into, theirs.sql());
            return new MergedRows.Target(again(theirs.name()), List.of(), true);
        }
        List<String> added = new ArrayList<>();
        for (SourceTable.Column column : theirs.columns()) {
            if (known.columns().stream().noneMatch(c -> Sql.same(c.name(), column.name()))) {
                OwnFile.execute(
                        into,
                        "alter table main."
                                + Sql.quoted(known.name())
                                + " add column "
                                + Sql.quoted(column.name())
                                + " "
                                + type(known, theirs, column)
                                + MergedRows.literal(column).map(d -> " default " + d).orElse(""));
                added.add(column.name());
            }
        }
        return new MergedRows.Target(again(known.name()), added, false);
    }

    private void requireFree(String name) throws SQLException {
        String there =
                OwnFile.first(
                        into,
                        "select type from main.sqlite_master where lower(name) = lower("
                                + Sql.literal(name)
                                + ")");
        if (there != null) {
            throw new MigrationException(
                    ErrorCode.CONFLICT,
                    planned()
                            + " has a table "
                            + name
                            + ", and a file before it another thing of that name: "
                            + there
                            + ". Rename one of them in a copy. Nothing was changed.");
        }
    }

    /** Returns a type for a column that is added, which alters no cell. */
    private String type(SourceTable known, SourceTable theirs, SourceTable.Column column)
            throws SQLException {
        boolean any = column.declared().equalsIgnoreCase("any");
        if (isStrict("main", known)) {
            boolean good = column.declared().matches("(?i)int|integer|real|text|blob|any");
            return good && isStrict(OTHER, theirs) ? column.declared() : "any";
        }
        if (any && isStrict(OTHER, theirs)) {
            return "";
        }
        boolean plain = column.declared().matches("[A-Za-z0-9_ ]*(\\([0-9, ]*\\))?");
        return plain ? column.declared() : Sql.quoted(column.declared());
    }

    private boolean isStrict(String schema, SourceTable table) throws SQLException {
        return "1"
                .equals(
                        OwnFile.first(
                                into,
                                "select strict from pragma_table_list where schema = "
                                        + Sql.literal(schema)
                                        + " and name = "
                                        + Sql.literal(table.name())));
    }

    private SourceTable again(String name) throws SQLException {
        SourceTable table = new SourceCatalogue(into).table(name);
        ours.put(Sql.folded(name), table);
        return table;
    }

    /** Numbers that were given out in either file stay given out. */
    private void numbers(MergedRows table) throws SQLException {
        long last = table.theirs().lastId();
        boolean counts =
                OwnFile.first(
                                into,
                                "select 1 from main.sqlite_master where name = 'sqlite_sequence'")
                        != null;
        if (last == 0 || !counts) {
            return;
        }
        String name = Sql.literal(table.target().table().name());
        OwnFile.execute(
                into,
                "insert into main.sqlite_sequence (name, seq) select "
                        + name
                        + ", 0 where not exists (select 1 from main.sqlite_sequence where name = "
                        + name
                        + ")");
        OwnFile.execute(
                into,
                "update main.sqlite_sequence set seq = max(seq, "
                        + last
                        + ") where name = "
                        + name);
    }

    private String apartName(MergedRows table) {
        String of = String.valueOf(planned().getFileName());
        int dot = of.lastIndexOf('.');
        String label =
                (dot > 0 ? of.substring(0, dot) : of)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "_");
        String name = table.theirs().name() + "_of_" + label;
        while (!taken.add(Sql.folded(name))) {
            name += "_";
        }
        return name;
    }

    private void make(SourceObject object) throws SQLException {
        String there =
                OwnFile.first(
                        into,
                        "select sql from main.sqlite_master where lower(name) = lower("
                                + Sql.literal(object.name())
                                + ")");
        if (object.sql().equals(there)) {
            return;
        }
        if (there != null) {
            leave(object.type(), object.name(), "a file before has another of that name");
            return;
        }
        OwnFile.execute(into, "savepoint making");
        try {
            OwnFile.execute(into, object.sql());
        } catch (SQLException e) {
            OwnFile.execute(into, "rollback to making");
            leave(object.type(), object.name(), "it does not fit the merged table");
        }
        OwnFile.execute(into, "release making");
    }

    private void leave(String kind, String name, String why) {
        left.add(new Untranslated(kind, name + " of " + planned().getFileName(), why));
    }
}
