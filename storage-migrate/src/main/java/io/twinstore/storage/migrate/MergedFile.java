package io.twinstore.storage.migrate;

import io.twinstore.storage.migrate.MigrationPlan.Untranslated;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Brings one file into another: its tables, the columns that the other lacks, its rows, then its
 * indexes, views and triggers. A row that cannot go where its table's rows go, or that refers to
 * such a row, goes to a table of its own; a row that is there already does not go twice. No key is
 * ever changed, so no row comes to mean another.
 */
final class MergedFile {

    static final String OTHER = "other";

    private final Connection into;
    private final SnapshotFile file;
    private final boolean own;
    private final List<Untranslated> left;
    private final Map<String, SourceTable> ours = new HashMap<>();
    private final List<MergedRows> rows = new ArrayList<>();

    /**
     * @param own whether both are of Twinstore's own layout
     * @param left takes what does not go
     */
    MergedFile(Connection into, SnapshotFile file, boolean own, List<Untranslated> left) {
        this.into = into;
        this.file = file;
        this.own = own;
        this.left = left;
    }

    List<MergedTable> run() throws SQLException {
        List<SourceTable> theirs;
        List<SourceObject> objects;
        try (Connection other = OwnFile.connect(file.copy())) {
            SourceCatalogue catalogue = new SourceCatalogue(other);
            theirs = own ? ownTables(catalogue) : catalogue.tables();
            objects = own ? List.of() : catalogue.objects();
            for (String virtual : catalogue.named("virtual")) {
                if (!own) {
                    leave("virtual table", virtual, "PostgreSQL has no such module");
                }
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

    private static List<SourceTable> ownTables(SourceCatalogue catalogue) throws SQLException {
        List<String> names = OwnPlanner.names();
        return catalogue.tables().stream().filter(table -> names.contains(table.name())).toList();
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
        catalogue.tables().forEach(table -> ours.put(lower(table.name()), table));
        Fates fates = new Fates(into);
        for (SourceTable table : theirs) {
            rows.add(new MergedRows(into, table, columned(table), fates, rows.size(), own));
        }
        for (MergedRows table : rows) {
            table.bring();
        }
        for (MergedRows table : rows) {
            numbers(table);
        }
        followParents(fates);
        List<MergedTable> merged = new ArrayList<>();
        for (MergedRows table : rows) {
            merged.add(table.result(file.planned().file(), own ? null : apartName(table)));
        }
        for (SourceObject trigger : triggers) {
            OwnFile.execute(into, trigger.sql());
        }
        for (SourceObject object : objects) {
            make(object);
        }
        fates.close();
        return merged;
    }

    /** Returns the table that takes the rows, with all columns that theirs has. */
    private MergedRows.Target columned(SourceTable theirs) throws SQLException {
        SourceTable known = ours.get(lower(theirs.name()));
        if (known == null) {
            OwnFile.execute(into, theirs.sql());
            return new MergedRows.Target(again(theirs.name()), List.of(), true);
        }
        List<String> added = new ArrayList<>();
        for (SourceTable.Column column : theirs.columns()) {
            if (known.columns().stream().noneMatch(c -> c.name().equalsIgnoreCase(column.name()))) {
                OwnFile.execute(
                        into,
                        "alter table main."
                                + Sql.quoted(known.name())
                                + " add column "
                                + Sql.quoted(column.name())
                                + " "
                                + column.declared()
                                + MergedRows.literal(column).map(d -> " default " + d).orElse(""));
                added.add(column.name());
            }
        }
        return new MergedRows.Target(again(known.name()), added, false);
    }

    private SourceTable again(String name) throws SQLException {
        SourceTable table = new SourceCatalogue(into).table(name);
        ours.put(lower(name), table);
        return table;
    }

    /** Whoever refers to a row that is apart would come to refer to another one of its key. */
    private void followParents(Fates fates) throws SQLException {
        boolean found = true;
        while (found) {
            found = false;
            for (MergedRows child : rows) {
                for (SourceTable.ForeignKey key : child.foreignKeys()) {
                    for (MergedRows parent : rows) {
                        if (parent.theirs().name().equalsIgnoreCase(key.parent())
                                && fates.apart(parent.number()) > 0) {
                            found |= child.follow(key, parent);
                        }
                    }
                }
            }
        }
    }

    /** Numbers that were given out in either file stay given out. */
    private void numbers(MergedRows table) throws SQLException {
        long last = table.theirs().lastId();
        if (last == 0) {
            return;
        }
        if (OwnFile.first(into, "select 1 from main.sqlite_master where name = 'sqlite_sequence'")
                != null) {
            OwnFile.execute(
                    into,
                    "update main.sqlite_sequence set seq = max(seq, "
                            + last
                            + ") where name = "
                            + Sql.literal(table.ours().name()));
        }
    }

    private String apartName(MergedRows table) throws SQLException {
        String of = String.valueOf(file.planned().file().getFileName());
        int dot = of.lastIndexOf('.');
        String label =
                (dot > 0 ? of.substring(0, dot) : of)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "_");
        String name = table.theirs().name() + "_of_" + label;
        while (isTaken(name)) {
            name += "_";
        }
        return name;
    }

    private boolean isTaken(String name) throws SQLException {
        return OwnFile.first(
                        into,
                        "select 1 from (select name from main.sqlite_master"
                                + " union all select name from other.sqlite_master)"
                                + " where lower(name) = lower("
                                + Sql.literal(name)
                                + ")")
                != null;
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
        Path from = file.planned().file();
        left.add(new Untranslated(kind, name + " of " + from.getFileName(), why));
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
