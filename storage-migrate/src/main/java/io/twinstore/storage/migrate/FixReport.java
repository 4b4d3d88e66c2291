package io.twinstore.storage.migrate;

import io.twinstore.storage.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a replay of repaired rows did: all of them went, or, where one was refused, none.
 *
 * @param repaired how many rows of the file went
 * @param followed how many more went that were in quarantine only because of those
 * @param before how many rows of the file had gone before, with the same cells
 * @param remaining how many rows are in quarantine still
 * @param refused the rows that cannot go
 */
public record FixReport(
        long repaired, long followed, long before, long remaining, List<Refused> refused) {

    /**
     * A row that cannot go.
     *
     * @param table its table, as the source names it
     * @param key its key, as a person reads it
     * @param reason why not
     */
    public record Refused(String table, String key, String reason) {}

    /** Keeps a copy. */
    public FixReport {
        refused = List.copyOf(refused);
    }

    /** Returns whether the rows are in the target; otherwise nothing was changed. */
    public boolean applied() {
        return refused.isEmpty();
    }

    /** Returns the report as JSON. */
    public Json toJson() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("applied", applied());
        fields.put("repaired", repaired);
        fields.put("followed", followed);
        fields.put("before", before);
        fields.put("remaining", remaining);
        fields.put(
                "refused",
                refused.stream()
                        .map(
                                row ->
                                        Map.of(
                                                "table", row.table(),
                                                "key", row.key(),
                                                "reason", row.reason()))
                        .toList());
        return Json.from(fields);
    }
}
