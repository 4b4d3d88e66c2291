package io.twinstore.storage.migrate;

import io.twinstore.storage.InvalidValueException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one table.
 *
 * @param name its name in the source
 * @param target its name in the target; one of over 63 bytes is cut to 54 and a digest of it added
 * @param rows how many rows it has
 * @param rowid whether it has SQLite's rowid
 * @param key the columns of the source by which rows are found on both sides; empty where no column
 *     can do that, and then there is a {@code rowColumn}
 * @param rowColumn a column of the target alone that keeps the row's number in the source
 * @param sql the statement that made it
 * @param columns its columns, in order
 * @param primaryKey the columns of the source's primary key
 * @param uniques what the target keeps unique, beside the primary key
 * @param indexes other indexes of the target
 * @param foreignKeys what the target checks
 * @param identity the column that PostgreSQL will number, or null
 * @param lastId the highest number that the source has given out, which may be of a deleted row
 * @param madeAnew columns that the target makes itself
 * @param checks conditions that the target holds its rows to
 * @param expressionIndexes indexes with an expression, a condition or a collation
 */
public record TablePlan(
        String name,
        String target,
        long rows,
        boolean rowid,
        List<String> key,
        @Nullable String rowColumn,
        String sql,
        List<ColumnPlan> columns,
        List<String> primaryKey,
        List<IndexPlan> uniques,
        List<IndexPlan> indexes,
        List<ForeignKeyPlan> foreignKeys,
        @Nullable String identity,
        long lastId,
        List<String> madeAnew,
        List<CheckPlan> checks,
        List<ExpressionIndexPlan> expressionIndexes) {

    /**
     * A condition on the rows of the target. It is SQLite's: what it is in PostgreSQL follows from
     * the columns' codecs each time, so that a plan never says what the target has to run.
     *
     * @param name its name in the target
     * @param condition as the source has it
     */
    public record CheckPlan(String name, String condition) {}

    /**
     * An index that is over more than plain columns, or not over all rows; in SQLite's words, as a
     * {@link CheckPlan} is.
     *
     * @param name its name in the target
     * @param unique whether it keeps its keys unique
     * @param keys what it is over, as the source has it
     * @param condition which rows it has, as the source says it; null for all
     */
    public record ExpressionIndexPlan(
            String name, boolean unique, List<String> keys, @Nullable String condition) {

        /** Keeps a copy. */
        public ExpressionIndexPlan {
            keys = List.copyOf(keys);
        }
    }

    /**
     * An index of the target.
     *
     * @param name its name in the target
     * @param columns columns of the source
     */
    public record IndexPlan(String name, List<String> columns) {

        /** Keeps a copy. */
        public IndexPlan {
            columns = List.copyOf(columns);
        }
    }

    /**
     * A foreign key of the target.
     *
     * @param name its name in the target
     * @param columns columns of this table
     * @param parent the table that it refers to, as the source names it
     * @param parentColumns the columns there
     * @param onDelete what happens when the row that it refers to is deleted, such as {@code
     *     CASCADE}
     * @param onUpdate what happens when that row's key is changed
     * @param enforced whether the target checks it; a row that refers to none goes into quarantine
     *     all the same
     */
    public record ForeignKeyPlan(
            String name,
            List<String> columns,
            String parent,
            List<String> parentColumns,
            String onDelete,
            String onUpdate,
            boolean enforced) {

        /** Keeps copies. */
        public ForeignKeyPlan {
            columns = List.copyOf(columns);
            parentColumns = List.copyOf(parentColumns);
            requireAction(onDelete);
            requireAction(onUpdate);
        }

        private static void requireAction(String action) {
            if (!action.matches("NO ACTION|RESTRICT|CASCADE|SET NULL|SET DEFAULT")) {
                throw new InvalidValueException("plan.foreignKey", "with an action of SQL", action);
            }
        }
    }

    /** Makes a plan without conditions and expressions. */
    public TablePlan(
            String name,
            String target,
            long rows,
            boolean rowid,
            List<String> key,
            @Nullable String rowColumn,
            String sql,
            List<ColumnPlan> columns,
            List<String> primaryKey,
            List<IndexPlan> uniques,
            List<IndexPlan> indexes,
            List<ForeignKeyPlan> foreignKeys,
            @Nullable String identity,
            long lastId,
            List<String> madeAnew) {
        this(
                name,
                target,
                rows,
                rowid,
                key,
                rowColumn,
                sql,
                columns,
                primaryKey,
                uniques,
                indexes,
                foreignKeys,
                identity,
                lastId,
                madeAnew,
                List.of(),
                List.of());
    }

    /**
     * @throws InvalidValueException when rows could not be found, a column is not there, or a
     *     condition means nothing in PostgreSQL with these columns
     */
    public TablePlan {
        key = List.copyOf(key);
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
        uniques = List.copyOf(uniques);
        indexes = List.copyOf(indexes);
        foreignKeys = List.copyOf(foreignKeys);
        madeAnew = List.copyOf(madeAnew);
        checks = List.copyOf(checks);
        expressionIndexes = List.copyOf(expressionIndexes);
        if (key.isEmpty() == (rowColumn == null)) {
            throw new InvalidValueException(
                    "plan.tables." + name, "with either a key or a rowColumn", null);
        }
        if (columns.isEmpty()) {
            throw new InvalidValueException("plan.tables." + name, "with columns", null);
        }
        List<String> named = new ArrayList<>(key);
        named.addAll(primaryKey);
        uniques.forEach(index -> named.addAll(index.columns()));
        indexes.forEach(index -> named.addAll(index.columns()));
        foreignKeys.forEach(foreign -> named.addAll(foreign.columns()));
        for (String column : named) {
            if (columns.stream().noneMatch(known -> known.name().equals(column))) {
                throw new InvalidValueException(
                        "plan.tables." + name, "with no column but its own", column);
            }
        }
        TargetExpressions expressions = new TargetExpressions(name, sql, columns);
        expressions.require(checks, expressionIndexes);
    }

    /**
     * A check or an index, as both databases say it.
     *
     * @param kind {@code check}, {@code index} or {@code unique index}
     * @param name its name in the target
     * @param source what it says in the source
     * @param target what it says in the target
     */
    public record Expressed(String kind, String name, String source, String target) {}

    /** Returns the checks, and the indexes with an expression, a condition or a collation. */
    public List<Expressed> expressed() {
        TargetExpressions expressions = new TargetExpressions(name, sql, columns);
        List<Expressed> expressed = new ArrayList<>();
        for (CheckPlan check : checks) {
            expressed.add(
                    new Expressed(
                            "check",
                            check.name(),
                            check.condition(),
                            expressions.condition(check)));
        }
        for (ExpressionIndexPlan index : expressionIndexes) {
            String where = index.condition() == null ? "" : " where " + index.condition();
            expressed.add(
                    new Expressed(
                            index.unique() ? "unique index" : "index",
                            index.name(),
                            "(" + String.join(", ", index.keys()) + ")" + where,
                            expressions.index(index)));
        }
        return expressed;
    }

    /** Returns the same table with these foreign keys. */
    TablePlan referring(List<ForeignKeyPlan> keys) {
        return with(keys, checks, expressionIndexes);
    }

    /** Returns the same table with these conditions and expressions. */
    TablePlan expressing(List<CheckPlan> conditions, List<ExpressionIndexPlan> expressed) {
        return with(foreignKeys, conditions, expressed);
    }

    private TablePlan with(
            List<ForeignKeyPlan> keys,
            List<CheckPlan> conditions,
            List<ExpressionIndexPlan> expressed) {
        return new TablePlan(
                name,
                target,
                rows,
                rowid,
                key,
                rowColumn,
                sql,
                columns,
                primaryKey,
                uniques,
                indexes,
                keys,
                identity,
                lastId,
                madeAnew,
                conditions,
                expressed);
    }

    /** Returns the column of this name. */
    ColumnPlan column(String column) {
        return columns.get(indexOf(column));
    }

    int indexOf(String column) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(column)) {
                return i;
            }
        }
        throw new InvalidValueException(
                "plan.tables." + name, "with the column that another refers to", column);
    }

    /** Returns the columns of the source that give the rows their order; none for the rowid. */
    List<String> order() {
        return !key.isEmpty() ? key : rowid ? List.of() : primaryKey;
    }
}
