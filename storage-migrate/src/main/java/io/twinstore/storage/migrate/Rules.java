package io.twinstore.storage.migrate;

import io.twinstore.storage.migrate.TablePlan.ForeignKeyPlan;
import io.twinstore.storage.migrate.TablePlan.IndexPlan;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Looks whether the target has the keys, checks, indexes, references and numbers of the plan. */
final class Rules {

    private final MigrationPlan plan;
    private final Target target;
    private final List<String> faults = new ArrayList<>();

    Rules(MigrationPlan plan, Target target) {
        this.plan = plan;
        this.target = target;
    }

    List<String> faults() throws SQLException {
        for (TablePlan table : plan.tables()) {
            String name = Sql.quoted(plan.schema(), table.target());
            if (!table.primaryKey().isEmpty()
                    && !target.exists(
                            "select 1 from pg_constraint where conrelid = to_regclass(?) and contype = 'p'",
                            name)) {
                faults.add("the primary key of " + table.target() + " is missing");
            }
            for (ForeignKeyPlan key : table.foreignKeys()) {
                if (key.enforced()) {
                    requireReference(name, key);
                }
            }
            List<IndexPlan> indexes = new ArrayList<>(table.uniques());
            indexes.addAll(table.indexes());
            for (IndexPlan index : indexes) {
                if (!target.exists(
                        "select 1 where to_regclass(?) is not null",
                        Sql.quoted(plan.schema(), index.name()))) {
                    faults.add("the index " + index.name() + " is missing");
                }
            }
            faults.addAll(new ExpressionRules(plan, target).faults(table));
            if (table.identity() != null) {
                requireNumbersAhead(table, name, table.column(table.identity()).target());
            }
        }
        return faults;
    }

    private void requireReference(String table, ForeignKeyPlan key) throws SQLException {
        if (!target.exists(
                "select 1 from pg_constraint where conrelid = to_regclass(?) and conname = ?"
                        + " and convalidated",
                table,
                key.name())) {
            faults.add("the foreign key " + key.name() + " is missing or not validated");
        }
    }

    private void requireNumbersAhead(TablePlan table, String name, String column)
            throws SQLException {
        String sequence = target.first("select pg_get_serial_sequence(?, ?)", name, column);
        if (sequence == null) {
            faults.add("column " + column + " of " + table.target() + " has no numbers of its own");
            return;
        }
        // A sequence's name comes quoted where it must be. The next number may be beyond bigint.
        long given =
                target.count(
                        "select last_value - case when is_called then 0 else 1 end from "
                                + sequence);
        long highest =
                Math.max(
                        table.lastId(),
                        target.count(
                                "select coalesce(max("
                                        + Sql.quoted(column)
                                        + "), 0) from "
                                        + name));
        if (given < highest) {
            faults.add(
                    "the next number of "
                            + table.target()
                            + " would be "
                            + (given + 1)
                            + ", and "
                            + highest
                            + " was given out already");
        }
    }
}
