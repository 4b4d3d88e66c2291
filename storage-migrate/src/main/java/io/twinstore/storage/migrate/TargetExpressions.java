package io.twinstore.storage.migrate;

import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.migrate.TablePlan.CheckPlan;
import io.twinstore.storage.migrate.TablePlan.ExpressionIndexPlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The checks of a table, and its indexes with expressions, in PostgreSQL's words. They are
 * translated anew each time: nothing that a plan says reaches PostgreSQL as SQL.
 */
final class TargetExpressions {

    private final String table;
    private final Translation translation;

    /**
     * @param sql the statement that made the table
     */
    TargetExpressions(String table, String sql, List<ColumnPlan> columns) {
        this.table = table;
        translation = new Translation(table, sql, columns);
    }

    static TargetExpressions of(TablePlan table) {
        return new TargetExpressions(table.name(), table.sql(), table.columns());
    }

    /**
     * Looks whether PostgreSQL has words for all.
     *
     * @throws InvalidValueException when not, or where a name is none
     */
    void require(List<CheckPlan> checks, List<ExpressionIndexPlan> indexes) {
        Set<String> names = new HashSet<>();
        for (CheckPlan check : checks) {
            requireName(names, "checks", check.name());
            condition(check);
        }
        for (ExpressionIndexPlan index : indexes) {
            requireName(names, "expressionIndexes", index.name());
            if (index.keys().isEmpty()) {
                throw refused("expressionIndexes", index.name(), "with keys", null);
            }
            index(index);
        }
    }

    private void requireName(Set<String> names, String field, String name) {
        if (name.isEmpty() || name.indexOf('\0') >= 0 || !names.add(field + "." + name)) {
            throw refused(field, name, "with a name of its own", null);
        }
    }

    private InvalidValueException refused(
            String field,
            String name,
            String bound,
            @org.jspecify.annotations.Nullable String value) {
        return new InvalidValueException(
                "plan.tables." + table + "." + field + "." + name, bound, value);
    }

    /** Returns a check's condition. */
    String condition(CheckPlan check) {
        return translated("checks", check.name(), () -> translation.condition(check.condition()));
    }

    /** Returns what an index is over, with its condition, as its statement has them. */
    String index(ExpressionIndexPlan index) {
        List<String> keys = new ArrayList<>(keys(index));
        String over = "(" + String.join(", ", keys) + ")";
        String condition = index.condition();
        return condition == null ? over : over + " where " + where(index.name(), condition);
    }

    /** Returns what an index is over. */
    List<String> keys(ExpressionIndexPlan index) {
        List<String> keys = new ArrayList<>();
        for (String key : index.keys()) {
            keys.add(
                    translated(
                            "expressionIndexes",
                            index.name(),
                            () -> translation.key(key, index.unique())));
        }
        return keys;
    }

    /** Returns an index's condition. */
    String where(String index, String condition) {
        return translated("expressionIndexes", index, () -> translation.condition(condition));
    }

    /** Something that may have no words in PostgreSQL. */
    private interface Words {
        String say() throws UntranslatableException;
    }

    private String translated(String field, String name, Words words) {
        try {
            return words.say();
        } catch (UntranslatableException e) {
            throw refused(
                    field,
                    name,
                    "something that means the same in PostgreSQL with these columns, or taken out"
                            + " of the plan ("
                            + e.reason()
                            + ")",
                    null);
        }
    }
}
