package io.twinstore.storage.migrate;

import io.twinstore.storage.migrate.TablePlan.CheckPlan;
import io.twinstore.storage.migrate.TablePlan.ExpressionIndexPlan;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes checks and indexes with expressions in the target, and looks whether they are there.
 *
 * <p>SQLite has held the rows to them, so that PostgreSQL can refuse none. Where it does all the
 * same, a plan was edited or the translation is wrong: then the rule is not made, which {@code
 * verify} tells, and no row is lost for it.
 */
final class ExpressionRules {

    /** Too large for an index. */
    private static final String LIMIT = "54";

    private final MigrationPlan plan;
    private final Target target;

    ExpressionRules(MigrationPlan plan, Target target) {
        this.plan = plan;
        this.target = target;
    }

    private String name(TablePlan table) {
        return Sql.quoted(plan.schema(), table.target());
    }

    /** Makes what is not there yet of a table's. */
    void make(TablePlan table, MigrationListener listener) throws SQLException {
        TargetExpressions expressions = TargetExpressions.of(table);
        for (ExpressionIndexPlan index : table.expressionIndexes()) {
            if (!isThere(index.name())) {
                String kind = index.unique() ? "unique index" : "index";
                listener.step(kind + " " + index.name());
                unlessRefused(
                        "create "
                                + kind
                                + " "
                                + Sql.quoted(index.name())
                                + " on "
                                + name(table)
                                + " "
                                + expressions.index(index),
                        kind + " " + index.name(),
                        listener);
            }
        }
        for (CheckPlan check : table.checks()) {
            check(table, check, expressions.condition(check), listener);
        }
    }

    private void check(
            TablePlan table, CheckPlan check, String condition, MigrationListener listener)
            throws SQLException {
        String constraint = Sql.quoted(check.name());
        String alter = "alter table " + name(table);
        if (checked(table, check, "")) {
            return;
        }
        listener.step("check " + check.name());
        if (!checked(table, check, " is not null")) {
            target.execute(
                    alter
                            + " add constraint "
                            + constraint
                            + " check ("
                            + condition
                            + ") not valid");
        }
        boolean valid =
                unlessRefused(
                        alter + " validate constraint " + constraint,
                        "check " + check.name(),
                        listener);
        if (!valid) {
            target.execute(alter + " drop constraint " + constraint);
        }
    }

    private boolean unlessRefused(String sql, String rule, MigrationListener listener)
            throws SQLException {
        try {
            target.execute(sql);
            return true;
        } catch (SQLException e) {
            if (!SqlFaults.isOfTheRow(e) && !String.valueOf(e.getSQLState()).startsWith(LIMIT)) {
                throw e;
            }
            listener.step("not made: " + rule + ". " + SqlFaults.reason(e));
            return false;
        }
    }

    private boolean isThere(String index) throws SQLException {
        return target.exists(
                "select 1 where to_regclass(?) is not null", Sql.quoted(plan.schema(), index));
    }

    /**
     * @param validated what {@code convalidated} has to be; by itself true
     */
    private boolean checked(TablePlan table, CheckPlan check, String validated)
            throws SQLException {
        return target.exists(
                "select 1 from pg_constraint where conrelid = to_regclass(?) and conname = ?"
                        + " and contype = 'c' and convalidated"
                        + validated,
                name(table),
                check.name());
    }

    /** Returns what is not there as the plan has it. */
    List<String> faults(TablePlan table) throws SQLException {
        List<String> faults = new ArrayList<>();
        TargetExpressions expressions = TargetExpressions.of(table);
        for (CheckPlan check : table.checks()) {
            if (!checked(table, check, "")) {
                faults.add("the check " + check.name() + " is missing or not validated");
            }
        }
        for (ExpressionIndexPlan index : table.expressionIndexes()) {
            boolean expressed =
                    expressions.keys(index).stream().anyMatch(key -> key.startsWith("("));
            if (!indexed(table, index, expressed)) {
                faults.add("the index " + index.name() + " is missing, or is another");
            }
        }
        return faults;
    }

    private boolean indexed(TablePlan table, ExpressionIndexPlan index, boolean expressed)
            throws SQLException {
        return target.exists(
                "select 1 from pg_index where indexrelid = to_regclass(?)"
                        + " and indrelid = to_regclass(?) and indisvalid and indisunique = ?"
                        + " and (pg_get_expr(indpred, indrelid) is not null) = ?"
                        + " and (pg_get_expr(indexprs, indrelid) is not null) = ?"
                        + " and indnkeyatts = ?",
                Sql.quoted(plan.schema(), index.name()),
                name(table),
                index.unique(),
                index.condition() != null,
                expressed,
                index.keys().size());
    }
}
