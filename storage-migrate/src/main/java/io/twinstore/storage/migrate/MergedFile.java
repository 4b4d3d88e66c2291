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
    private final Set<MergeReference> declared;
    private final Map<String, SourceTable> ours = new LinkedHashMap<>();
    private final Map<String, MergedRows> rows = new LinkedHashMap<>();

    /**
     * @param own whether both are of Twinstore's own layout
     * @param taken the folded names that a table of its own cannot have; names are added
     * @param declared the references that any of the files declares
     * @param left takes what does not go
     */
    MergedFile(
            Connection into,
            SnapshotFile file,
            boolean own,
            Set<String> taken,
            Set<MergeReference> declared,
            List<Untranslated> left) {
        this.into = into;
        this.file = file;
        this.own = own;
        this.taken = taken;
        this.declared = declared;
        this.left = left;
    }

    List<MergedTable> run() throws SQLException {
        try {
            return attached();
        } catch (SQLException e) {
            if (!isOfTheFiles(e)) {
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
                merged.add(table.result(planned(), () -> own ? null : apartName(table)));
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
        for (MergedRows table : rows.values()) {
            table.bring();
        }
        for (MergedRows table : rows.values()) {
            numbers(table);
        }
        Map<String, MergeSide> sides = new LinkedHashMap<>();
        rows.forEach((name, table) -> sides.put(name, table.ours()));
        List<MergeSide> others = new ArrayList<>();
        for (Map.Entry<String, SourceTable> table : ours.entrySet()) {
            if (!sides.containsKey(table.getKey())) {
                String label = "keys beside " + others.size();
                others.add(MergeSide.of(into, "main", table.getValue(), label));
                sides.put(table.getKey(), others.get(others.size() - 1));
            }
        }
        new MergeReferences(into, fates, declared, sides, rows).after();
        for (MergeSide side : others) {
            side.close();
        }
    }

    /** Returns the table that takes the rows, with all columns that theirs has. */
    private MergedRows.Target columned(SourceTable theirs) throws SQLException {
        SourceTable known = ours.get(Sql.folded(theirs.name()));
        if (known == null) {
            requireFree(theirs.name());
            OwnFile.execute(into, theirs.sql());
            return new MergedRows.Target(again(theirs.name()), List.of(), true);
        }
        if (!own && !known.sql().equals(theirs.sql())) {
            leave(
                    "rules of a table",
                    theirs.name(),
                    "its keys, checks, defaults and references, where they are others: the table keeps"
                            + " those of the file before");
        }
        List<MergedRows.Added> added = new ArrayList<>();
        for (SourceTable.Column column : theirs.columns()) {
            if (known.columns().stream().noneMatch(c -> Sql.same(c.name(), column.name()))) {
                MergedRows.Added one = new MergedRows.Added(column.name(), without(theirs, column));
                OwnFile.execute(
                        into,
                        "alter table main."
                                + Sql.quoted(known.name())
                                + " add column "
                                + Sql.quoted(column.name())
                                + " "
                                + type(known, theirs, column)
                                + " default "
                                + one.without());
                added.add(one);
            }
        }
        return new MergedRows.Target(again(known.name()), added, false);
    }

    /** A default would make rows refer that never did. */
    private static String without(SourceTable theirs, SourceTable.Column column) {
        boolean refers =
                theirs.foreignKeys().stream()
                        .flatMap(key -> key.columns().stream())
                        .anyMatch(name -> Sql.same(name, column.name()));
        return refers ? "null" : MergedRows.literal(column).orElse("null");
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
        // Quoted, since a type may be any words, and they would be read as a rule.
        return column.declared().isEmpty() ? "" : Sql.quoted(column.declared());
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
        long last = table.theirs().table().lastId();
        if (last == 0) {
            return;
        }
        // The first table that counts brings sqlite_sequence, and dropping it leaves that there.
        String any = Sql.quoted("main", "twinstore counting");
        OwnFile.execute(into, "create table " + any + " (n integer primary key autoincrement)");
        OwnFile.execute(into, "drop table " + any);
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
        String name = table.theirs().table().name() + "_of_" + label;
        while (!taken.add(Sql.folded(name))) {
            name += "_";
        }
        return name;
    }

    private void make(SourceObject object) throws SQLException {
        // A trigger may have the name of a table.
        String there =
                OwnFile.first(
                        into,
                        "select sql from main.sqlite_master where (type = 'trigger') = "
                                + object.type().equals("trigger")
                                + " and lower(name) = lower("
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
            if (!isOfTheFiles(e)) {
                throw e;
            }
            OwnFile.execute(into, "rollback to making");
            leave(object.type(), object.name(), "it does not fit the merged table");
        }
        OwnFile.execute(into, "release making");
    }

    private static boolean isOfTheFiles(SQLException e) {
        return OF_THE_FILES.contains(SQLiteErrorCode.getErrorCode(e.getErrorCode() & 0xff));
    }

    private void leave(String kind, String name, String why) {
        left.add(new Untranslated(kind, name + " of " + planned().getFileName(), why));
    }
}
