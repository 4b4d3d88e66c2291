package io.twinstore.storage.migrate;

import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.migrate.TablePlan.ForeignKeyPlan;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Refuses plans that somebody edited so that they fit neither themselves nor the source. */
final class PlanCheck {

    private PlanCheck() {}

    /**
     * Looks whether tables fit each other.
     *
     * @throws InvalidValueException when not
     */
    static void requireWhole(List<TablePlan> tables) {
        Set<String> names = new HashSet<>();
        Set<String> targets = new HashSet<>();
        for (TablePlan table : tables) {
            requireOnce(names, "plan.tables", table.name());
            requireOnce(targets, "plan.tables." + table.name() + ".target", table.target());
        }
        Map<String, TablePlan> known =
                tables.stream().collect(Collectors.toMap(TablePlan::name, table -> table));
        for (TablePlan table : tables) {
            columns(table);
            for (ForeignKeyPlan key : table.foreignKeys()) {
                TablePlan parent = known.get(key.parent());
                if (parent == null
                        || Finishing.parentColumns(parent, key).size() != key.columns().size()) {
                    throw new InvalidValueException(
                            "plan.tables." + table.name() + ".foreignKeys." + key.name(),
                            "to a table of the plan, with as many columns",
                            key.parent());
                }
                Finishing.parentColumns(parent, key).forEach(parent::indexOf);
                if (!key.enforced() && key.columns().size() != 1) {
                    throw new InvalidValueException(
                            "plan.tables." + table.name() + ".foreignKeys." + key.name(),
                            "of one column, where it is not enforced",
                            key.columns().toString());
                }
            }
        }
    }

    /**
     * Looks whether the target checks all references: where it does not, we must, and can for
     * Twinstore's own tables.
     *
     * @throws InvalidValueException when not
     */
    static void requireEnforced(List<TablePlan> tables) {
        for (TablePlan table : tables) {
            for (ForeignKeyPlan key : table.foreignKeys()) {
                if (!key.enforced()) {
                    throw new InvalidValueException(
                            "plan.tables."
                                    + table.name()
                                    + ".foreignKeys."
                                    + key.name()
                                    + ".enforced",
                            "true",
                            "false");
                }
            }
        }
    }

    private static void columns(TablePlan table) {
        String field = "plan.tables." + table.name() + ".columns";
        Set<String> names = new HashSet<>();
        Set<String> targets = new HashSet<>();
        for (ColumnPlan column : table.columns()) {
            requireOnce(names, field, column.name());
            requireOnce(targets, field, column.target());
        }
        if (table.rowColumn() != null) {
            requireOnce(targets, field, table.rowColumn());
        }
        if (table.identity() != null) {
            table.indexOf(table.identity());
        }
    }

    private static void requireOnce(Set<String> known, String field, String name) {
        // A backup's or a source's own names are as they are; the target's have their limits.
        if ((name.isEmpty() && field.endsWith("target")) || name.indexOf('\0') >= 0) {
            throw new InvalidValueException(field, "a name", name);
        }
        if (!known.add(name)) {
            throw new InvalidValueException(field, "with each name once", name);
        }
    }

    /**
     * Looks whether the source has what the plan speaks of.
     *
     * @throws InvalidValueException when not
     */
    static void requireOf(MigrationPlan plan, Snapshot source) throws SQLException {
        Map<String, SourceTable> found =
                new SourceCatalogue(source.connection())
                        .tables().stream()
                                .collect(Collectors.toMap(SourceTable::name, table -> table));
        for (TablePlan table : plan.tables()) {
            SourceTable there = found.get(table.name());
            if (there == null || there.rowid() != table.rowid()) {
                throw new InvalidValueException(
                        "plan.tables", "tables as the source has them", table.name());
            }
            Set<String> columns =
                    there.columns().stream()
                            .map(SourceTable.Column::name)
                            .collect(Collectors.toSet());
            for (ColumnPlan column : table.columns()) {
                if (!columns.contains(column.name())) {
                    throw new InvalidValueException(
                            "plan.tables." + table.name() + ".columns",
                            "columns as the source has them",
                            column.name());
                }
            }
        }
    }
}
