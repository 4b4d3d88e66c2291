package io.twinstore.storage.migrate;

import io.twinstore.storage.migrate.MigrationPlan.Untranslated;
import io.twinstore.storage.migrate.TablePlan.ForeignKeyPlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Plans foreign keys, once it is known how the columns on both sides of each stand. */
final class ForeignKeys {

    private final List<TablePlan> tables;
    private final Map<String, SourceTable> sources;
    private final List<Untranslated> untranslated;

    /**
     * @param sources the tables by name in lower case
     * @param untranslated where those go that cannot be kept
     */
    ForeignKeys(
            List<TablePlan> tables,
            Map<String, SourceTable> sources,
            List<Untranslated> untranslated) {
        this.tables = tables;
        this.sources = sources;
        this.untranslated = untranslated;
    }

    List<TablePlan> planned() {
        return tables.stream().map(this::with).toList();
    }

    private TablePlan with(TablePlan table) {
        SourceTable source = sources.get(TablesPlanner.lower(table.name()));
        List<ForeignKeyPlan> keys = new ArrayList<>();
        Set<String> names = new HashSet<>();
        if (source != null) {
            for (SourceTable.ForeignKey key : source.foreignKeys()) {
                @Nullable ForeignKeyPlan planned = planned(table, source, key, names);
                if (planned != null) {
                    keys.add(planned);
                }
            }
        }
        return table.referring(keys);
    }

    private @Nullable ForeignKeyPlan planned(
            TablePlan table, SourceTable source, SourceTable.ForeignKey key, Set<String> names) {
        SourceTable parent = sources.get(TablesPlanner.lower(key.parent()));
        if (parent == null) {
            return left(table, key, "there is no table '" + key.parent() + "'");
        }
        TablePlan parentPlan =
                tables.stream()
                        .filter(t -> t.name().equals(parent.name()))
                        .findFirst()
                        .orElseThrow();
        List<String> columns = TablesPlanner.named(source, key.columns());
        List<String> parentColumns =
                key.parentColumns().isEmpty()
                        ? parent.primaryKey()
                        : TablesPlanner.named(parent, key.parentColumns());
        boolean unique =
                Set.copyOf(parentColumns).equals(Set.copyOf(parentPlan.primaryKey()))
                        || parentPlan.uniques().stream()
                                .anyMatch(
                                        u ->
                                                Set.copyOf(u.columns())
                                                        .equals(Set.copyOf(parentColumns)));
        if (!unique || parentColumns.size() != columns.size()) {
            return left(table, key, "what it refers to is not unique");
        }
        for (int i = 0; i < columns.size(); i++) {
            Codec child = table.column(columns.get(i)).how();
            if (!child.type().equals(parentPlan.column(parentColumns.get(i)).how().type())) {
                return left(table, key, "the cells of both sides are of different types");
            }
        }
        String name = Sql.fitting(table.name() + "_" + String.join("_", columns) + "_fk");
        while (!names.add(name)) {
            name = Sql.fitting(name + "_");
        }
        return new ForeignKeyPlan(
                name, columns, parent.name(), parentColumns, key.onDelete(), key.onUpdate(), true);
    }

    private @Nullable ForeignKeyPlan left(TablePlan table, SourceTable.ForeignKey key, String why) {
        untranslated.add(
                new Untranslated(
                        "foreign key",
                        table.name() + " (" + String.join(", ", key.columns()) + ")",
                        why));
        return null;
    }
}
