package io.twinstore.storage.migrate;

import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import io.twinstore.storage.PostgresOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a move will do: made by {@link Migration#plan}, read and perhaps changed by a person,
 * carried out by {@link Migration#migrate}. Immutable; it has no password, and its JSON neither
 * password nor user.
 *
 * @param id tells this move from every other; the ledger in the target goes by it
 * @param layout whose tables the rows go to
 * @param source the files, as they were
 * @param target where the rows go
 * @param schema the schema that the tables go to
 * @param commitRows how many rows share a commit, 1 to 1,000,000
 * @param tables the tables, in the order in which they are filled
 * @param objects the indexes, triggers and views of the file, for the way back
 * @param untranslated what the target will not have
 * @param survey what was measured while planning; null in a plan that was written without it
 */
public record MigrationPlan(
        String id,
        Layout layout,
        PlannedSource source,
        MigrationTarget target,
        String schema,
        int commitRows,
        List<TablePlan> tables,
        List<SourceObject> objects,
        List<Untranslated> untranslated,
        @Nullable Survey survey) {

    /** How many rows share a commit unless the plan says otherwise. */
    public static final int COMMIT_ROWS = 25_000;

    private static final int MOST_COMMIT_ROWS = 1_000_000;

    /** Whose tables the rows go to. */
    public enum Layout {
        /** Twinstore's own, in Twinstore's schema. */
        TWINSTORE,
        /** Those of the source, in a schema that is made for them. */
        TABLES
    }

    /**
     * Something of the source that the target will not have.
     *
     * @param kind what it is, such as {@code view} or {@code check}
     * @param name its name, or its table's where it has none
     * @param why why not
     */
    public record Untranslated(String kind, String name, String why) {}

    /**
     * @throws InvalidValueException when a value is out of bounds
     */
    public MigrationPlan {
        if (!id.matches("[0-9a-f-]{36}")) {
            throw new InvalidValueException("plan.id", "a UUID", id);
        }
        requireCommitRows("plan.commitRows", commitRows);
        tables = List.copyOf(tables);
        objects = List.copyOf(objects);
        untranslated = List.copyOf(untranslated);
        PlanCheck.requireWhole(tables);
        if (layout == Layout.TABLES) {
            PlanCheck.requireEnforced(tables);
        }
    }

    /** Makes a plan for which nothing was measured. */
    MigrationPlan(
            String id,
            Layout layout,
            PlannedSource source,
            MigrationTarget target,
            String schema,
            int commitRows,
            List<TablePlan> tables,
            List<SourceObject> objects,
            List<Untranslated> untranslated) {
        this(id, layout, source, target, schema, commitRows, tables, objects, untranslated, null);
    }

    /**
     * Returns the plan that a JSON document holds.
     *
     * @param connection how to reach the target: what {@link #toJson} leaves out
     * @throws InvalidValueException when it holds none, or one for another server or database
     */
    public static MigrationPlan of(Json json, PostgresOptions connection) {
        return PlanReading.plan(json, connection);
    }

    /** Returns the plan as JSON for a file, without user and password. */
    public Json toJson() {
        return PlanWriting.json(this);
    }

    static void requireCommitRows(String field, int rows) {
        if (rows < 1 || rows > MOST_COMMIT_ROWS) {
            throw new InvalidValueException(
                    field, "1 to " + MOST_COMMIT_ROWS, String.valueOf(rows));
        }
    }

    /** Returns the same plan with another number of rows in a commit. */
    public MigrationPlan committing(int rows) {
        return with(rows, survey);
    }

    /** Returns the same plan with what was measured. */
    MigrationPlan surveyed(Survey measured) {
        return with(commitRows, measured);
    }

    private MigrationPlan with(int rows, @Nullable Survey measured) {
        return new MigrationPlan(
                id, layout, source, target, schema, rows, tables, objects, untranslated, measured);
    }

    /** Returns how many bytes the cells of a table have; 0 when the plan does not say. */
    public long bytesOf(String table) {
        return survey == null ? 0 : survey.bytesOf(table);
    }

    /** Returns how many rows the source has, all tables together. */
    public long rows() {
        return tables.stream().mapToLong(TablePlan::rows).sum();
    }

    /** Returns how many cells of the source will keep their original in the residue. */
    public long residue() {
        return tables.stream()
                .flatMap(table -> table.columns().stream())
                .mapToLong(ColumnPlan::residue)
                .sum();
    }
}
