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
        List<String> madeAnew) {

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
     */
    public record ForeignKeyPlan(
            String name,
            List<String> columns,
            String parent,
            List<String> parentColumns,
            String onDelete,
            String onUpdate) {

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

    /**
     * @throws InvalidValueException when rows could not be found, or a column is not there
     */
    public TablePlan {
        key = List.copyOf(key);
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
        uniques = List.copyOf(uniques);
        indexes = List.copyOf(indexes);
        foreignKeys = List.copyOf(foreignKeys);
        madeAnew = List.copyOf(madeAnew);
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
