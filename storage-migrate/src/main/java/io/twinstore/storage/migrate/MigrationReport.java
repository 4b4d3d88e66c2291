package io.twinstore.storage.migrate;

import io.twinstore.storage.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a move did.
 *
 * @param tables what became of each table
 * @param resumed whether it went on where an earlier run had stopped
 * @param complete whether all is there; not after a run for some tables while others are missing
 * @param steps what came before and after the load, in order
 * @param startedAt when this run began
 * @param took how long this run took
 */
public record MigrationReport(
        List<TableResult> tables,
        boolean resumed,
        boolean complete,
        List<Step> steps,
        Instant startedAt,
        Duration took) {

    /**
     * A step that went through no rows.
     *
     * @param what what was done, such as {@code primary key of agents}
     * @param took how long that took
     */
    public record Step(String what, Duration took) {}

    /**
     * What became of one table: always {@code rows = loaded + quarantined}.
     *
     * @param table its name in the source
     * @param rows how many rows the source has
     * @param loaded how many of them are in the target
     * @param quarantined how many could not go
     * @param residue how many cells have their original in the residue
     * @param bytes how many bytes its cells have, as the plan says; 0 when it does not
     * @param moved how many rows this run dealt with; an earlier one did the others
     * @param took how long that took
     */
    public record TableResult(
            String table,
            long rows,
            long loaded,
            long quarantined,
            long residue,
            long bytes,
            long moved,
            Duration took) {}

    /** Keeps copies. */
    public MigrationReport {
        tables = List.copyOf(tables);
        steps = List.copyOf(steps);
    }

    /** Returns how many rows could not go. */
    public long quarantined() {
        return tables.stream().mapToLong(TableResult::quarantined).sum();
    }

    /** Returns how many rows are in the target. */
    public long loaded() {
        return tables.stream().mapToLong(TableResult::loaded).sum();
    }

    /** Returns the report as JSON. */
    public Json toJson() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("resumed", resumed);
        fields.put("complete", complete);
        fields.put("loaded", loaded());
        fields.put("quarantined", quarantined());
        fields.put("startedAt", startedAt.toString());
        fields.put("millis", took.toMillis());
        fields.put("steps", steps.stream().map(MigrationReport::fields).toList());
        fields.put("tables", tables.stream().map(MigrationReport::fields).toList());
        return Json.from(fields);
    }

    private static Map<String, @Nullable Object> fields(TableResult result) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("table", result.table());
        fields.put("rows", result.rows());
        fields.put("loaded", result.loaded());
        fields.put("quarantined", result.quarantined());
        fields.put("residue", result.residue());
        fields.put("bytes", result.bytes());
        fields.put("moved", result.moved());
        fields.put("millis", result.took().toMillis());
        return fields;
    }

    private static Map<String, @Nullable Object> fields(Step step) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("what", step.what());
        fields.put("millis", step.took().toMillis());
        return fields;
    }
}
