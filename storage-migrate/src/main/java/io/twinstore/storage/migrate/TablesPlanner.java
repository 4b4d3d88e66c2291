package io.twinstore.storage.migrate;

import io.twinstore.storage.migrate.MigrationPlan.Untranslated;
import io.twinstore.storage.migrate.TablePlan.IndexPlan;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Plans the tables of anybody's file: one scan of each, and what of its rules can be kept. */
final class TablesPlanner {

    private final Snapshot snapshot;
    private final MigrationListener listener;
    private final Map<String, Long> bytes = new HashMap<>();
    private final List<Untranslated> untranslated = new ArrayList<>();
    private final Map<String, SourceTable> sources = new HashMap<>();
    private final Set<String> names = new HashSet<>();

    TablesPlanner(Snapshot snapshot, MigrationListener listener) {
        this.snapshot = snapshot;
        this.listener = listener;
    }

    /** Returns how many bytes each table's cells have. */
    Map<String, Long> bytes() {
        return bytes;
    }

    List<Untranslated> untranslated() {
        return untranslated;
    }

    List<TablePlan> plan() throws SQLException {
        SourceCatalogue catalogue = new SourceCatalogue(snapshot.connection());
        List<SourceTable> tables = catalogue.tables();
        tables.forEach(table -> sources.put(lower(table.name()), table));
        List<TablePlan> planned = new ArrayList<>();
        ExpressionPlanner expressions =
                new ExpressionPlanner(snapshot.connection(), catalogue.objects(), untranslated);
        for (SourceTable table : tables) {
            planned.add(expressions.with(planned(table), table, index -> indexName(table, index)));
        }
        for (String virtual : catalogue.named("virtual")) {
            leave("virtual table", virtual, "PostgreSQL has no such module");
        }
        for (SourceObject object : catalogue.objects()) {
            if (!object.type().equals("index")) {
                leave(object.type(), object.name(), "its SQL is SQLite's own");
            }
        }
        return new ForeignKeys(planned, sources, untranslated).planned();
    }

    private TablePlan planned(SourceTable table) throws SQLException {
        List<ColumnProfile> profiles = new ArrayList<>();
        table.columns().forEach(column -> profiles.add(new ColumnProfile(column.declared())));
        long rows = scan(table, profiles);
        Set<String> exact = exactColumns(table);
        List<ColumnPlan> columns = new ArrayList<>();
        for (int i = 0; i < profiles.size(); i++) {
            columns.add(column(table, i, profiles.get(i), exact));
        }
        boolean keyed = isKeyed(table, profiles);
        return new TablePlan(
                table.name(),
                Sql.fitting(table.name()),
                rows,
                table.rowid(),
                keyed ? table.primaryKey() : List.of(),
                keyed ? null : rowColumn(table),
                table.sql(),
                columns,
                table.primaryKey(),
                uniques(table),
                indexes(table),
                List.of(),
                table.alias(),
                table.lastId(),
                List.of());
    }

    private long scan(SourceTable table, List<ColumnProfile> profiles) throws SQLException {
        SourceSize size =
                SourceSize.of(
                        snapshot.connection(),
                        table.name(),
                        table.columns().stream().map(SourceTable.Column::name).toList());
        bytes.put(table.name(), size.bytes());
        listener.begins(table.name(), 0, size.rows());
        long rows = 0;
        try (SourceRows source = SourceRows.of(snapshot.connection(), bare(table))) {
            for (SourceRow row = source.next(); row != null; row = source.next()) {
                rows++;
                if (rows % CopiedBatch.GRAIN == 0) {
                    listener.passed(table.name(), rows, size.rows());
                }
                for (int i = 0; i < profiles.size(); i++) {
                    profiles.get(i).add(row.cells().get(i));
                }
            }
        }
        listener.passed(table.name(), rows, size.rows());
        return rows;
    }

    /** Enough of a plan to read the rows. */
    private static TablePlan bare(SourceTable table) {
        List<ColumnPlan> columns =
                table.columns().stream()
                        .map(
                                c ->
                                        new ColumnPlan(
                                                c.name(),
                                                c.name(),
                                                c.declared(),
                                                "tagged",
                                                false,
                                                null,
                                                c.generated(),
                                                Map.of(),
                                                0,
                                                ColumnPlan.UNMEASURED,
                                                ""))
                        .toList();
        return new TablePlan(
                table.name(),
                table.name(),
                0,
                table.rowid(),
                List.of(),
                "row",
                table.sql(),
                columns,
                table.primaryKey(),
                List.of(),
                List.of(),
                List.of(),
                table.alias(),
                0,
                List.of());
    }

    /** What a key, a unique index or a reference compares must be the same on both sides. */
    private Set<String> exactColumns(SourceTable table) {
        Set<String> exact = new HashSet<>(table.primaryKey());
        table.indexes().stream()
                .filter(SourceTable.Index::unique)
                .forEach(index -> exact.addAll(columns(index)));
        table.foreignKeys().forEach(key -> exact.addAll(named(table, key.columns())));
        for (SourceTable other : sources.values()) {
            other.foreignKeys().stream()
                    .filter(key -> lower(key.parent()).equals(lower(table.name())))
                    .forEach(key -> exact.addAll(named(table, key.parentColumns())));
        }
        return exact;
    }

    /** Names of a table's columns as it has them, whatever case a reference has them in. */
    static List<String> named(SourceTable table, List<String> columns) {
        return columns.stream()
                .map(
                        name ->
                                table.columns().stream()
                                        .map(SourceTable.Column::name)
                                        .filter(name::equalsIgnoreCase)
                                        .findFirst()
                                        .orElse(name))
                .toList();
    }

    private ColumnPlan column(
            SourceTable table, int at, ColumnProfile profile, Set<String> exactColumns) {
        SourceTable.Column column = table.columns().get(at);
        ColumnProfile.Choice choice = profile.choice(exactColumns.contains(column.name()));
        boolean required = column.notNull() || table.primaryKey().contains(column.name());
        Optional<String> standard =
                Defaults.translated(column.defaultSql(), Codec.named(choice.codec()));
        if (column.defaultSql() != null && standard.isEmpty()) {
            leave(
                    "default",
                    table.name() + "." + column.name(),
                    "no literal that means the same in PostgreSQL");
        }
        if (column.generated()) {
            leave("generated column", table.name() + "." + column.name(), "its values are copied");
        }
        return new ColumnPlan(
                column.name(),
                Sql.fitting(column.name()),
                column.declared(),
                choice.codec(),
                required && !profile.hasNull() && choice.residue() == 0,
                standard.orElse(null),
                column.generated(),
                profile.cells(),
                choice.residue(),
                profile.longest(),
                choice.why());
    }

    /** A key that both databases order alike, byte by byte or by number. */
    private static boolean isKeyed(SourceTable table, List<ColumnProfile> profiles) {
        boolean plain = !table.primaryKey().isEmpty() && table.binaryKey();
        for (int i = 0; i < profiles.size(); i++) {
            if (table.primaryKey().contains(table.columns().get(i).name())) {
                ColumnProfile profile = profiles.get(i);
                plain &=
                        profile.uniform()
                                && !profile.hasNull()
                                && Set.of("bigint", "text", "bytea")
                                        .contains(profile.choice(true).codec());
            }
        }
        return plain;
    }

    private static String rowColumn(SourceTable table) {
        String name = "source_row";
        while (clashes(table, name)) {
            name += "_";
        }
        return name;
    }

    private static boolean clashes(SourceTable table, String name) {
        return table.columns().stream().anyMatch(c -> c.name().equalsIgnoreCase(name));
    }

    private List<IndexPlan> uniques(SourceTable table) {
        return table.indexes().stream()
                .filter(index -> index.unique() && !index.origin().equals("pk"))
                .filter(ExpressionPlanner::isPlain)
                .map(index -> new IndexPlan(indexName(table, index), columns(index)))
                .toList();
    }

    private List<IndexPlan> indexes(SourceTable table) {
        return table.indexes().stream()
                .filter(index -> !index.unique() && ExpressionPlanner.isPlain(index))
                .map(index -> new IndexPlan(indexName(table, index), columns(index)))
                .toList();
    }

    private static List<String> columns(SourceTable.Index index) {
        List<String> columns = index.columns();
        return columns == null ? List.of() : columns;
    }

    /** Names of indexes are one space with those of tables, in the target. */
    private String indexName(SourceTable table, SourceTable.Index index) {
        String name =
                index.name().startsWith("sqlite_")
                        ? table.name() + "_" + String.join("_", columns(index)) + "_unique"
                        : index.name();
        while (sources.containsKey(lower(name)) || !names.add(lower(name))) {
            name += "_";
        }
        return Sql.fitting(name);
    }

    private void leave(String kind, String name, String why) {
        untranslated.add(new Untranslated(kind, name, why));
    }

    static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
