package io.twinstore.storage.migrate;

import io.twinstore.storage.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a move did.
 *
 * @param tables what became of each table
 * @param resumed whether it went on where an earlier run had stopped
 */
public record MigrationReport(List<TableResult> tables, boolean resumed) {

    /**
     * What became of one table: always {@code rows = loaded + quarantined}.
     *
     * @param table its name in the source
     * @param rows how many rows the source has
     * @param loaded how many of them are in the target
     * @param quarantined how many could not go
     * @param residue how many cells have their original in the residue
     */
    public record TableResult(
            String table, long rows, long loaded, long quarantined, long residue) {}

    /** Keeps a copy. */
    public MigrationReport {
        tables = List.copyOf(tables);
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
        fields.put("loaded", loaded());
        fields.put("quarantined", quarantined());
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
        return fields;
    }
}
