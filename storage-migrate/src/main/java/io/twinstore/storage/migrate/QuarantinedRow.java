package io.twinstore.storage.migrate;

import io.twinstore.storage.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of the source that could not go, with all its cells. Immutable; its cells may be private,
 * and only {@link #toJson} has them.
 */
public final class QuarantinedRow {

    /**
     * What the row refers to.
     *
     * @param table the table, as the source names it
     * @param columns the row's own columns that refer to it
     * @param quarantined whether the row there is in quarantine, too; where it is not, it is not in
     *     the source, or no longer the reason
     */
    public record Dependence(String table, List<String> columns, boolean quarantined) {

        /** Keeps a copy. */
        public Dependence {
            columns = List.copyOf(columns);
        }
    }

    private final TablePlan table;
    private final List<Cell> key;
    private final List<Cell> cells;
    private final String reason;
    private final List<Dependence> dependsOn;

    QuarantinedRow(
            TablePlan table,
            List<Cell> key,
            List<Cell> cells,
            String reason,
            List<Dependence> dependsOn) {
        this.table = table;
        this.key = List.copyOf(key);
        this.cells = List.copyOf(cells);
        this.reason = reason;
        this.dependsOn = List.copyOf(dependsOn);
    }

    /** Returns the table, as the source names it. */
    public String table() {
        return table.name();
    }

    /** Returns the key by which the row is found, as a person reads it. */
    public String key() {
        return shown(key);
    }

    static String shown(List<Cell> key) {
        return String.join(", ", key.stream().map(Cell::shown).toList());
    }

    /** Returns why it could not go. */
    public String reason() {
        return reason;
    }

    /** Returns what the row refers to by a foreign key, without what is NULL. */
    public List<Dependence> dependsOn() {
        return dependsOn;
    }

    /** Returns each column's type and length, such as {@code text of 6 bytes}, by name. */
    public Map<String, String> outlines() {
        Map<String, String> outlines = new LinkedHashMap<>();
        for (int i = 0; i < cells.size(); i++) {
            Map<String, @Nullable Object> fields = CellJson.outline(cells.get(i));
            outlines.put(
                    table.columns().get(i).name(),
                    fields.get("type")
                            + (fields.containsKey("bytes")
                                    ? " of " + fields.get("bytes") + " bytes"
                                    : ""));
        }
        return outlines;
    }

    /** Returns the row as JSON without its values: of each cell type and length. */
    public Json toOutline() {
        Map<String, @Nullable Object> columns = new LinkedHashMap<>();
        for (int i = 0; i < cells.size(); i++) {
            columns.put(table.columns().get(i).name(), CellJson.outline(cells.get(i)));
        }
        return json(key(), columns);
    }

    /**
     * Returns the row as JSON that has every cell exactly, as {@link Migration#fix} takes it: type,
     * and value as text or, where it is none, as hexadecimal digits.
     */
    public Json toJson() {
        Map<String, @Nullable Object> columns = new LinkedHashMap<>();
        for (int i = 0; i < cells.size(); i++) {
            columns.put(table.columns().get(i).name(), CellJson.of(cells.get(i)));
        }
        return json(key.stream().map(CellJson::of).toList(), columns);
    }

    private Json json(Object shownKey, Map<String, @Nullable Object> columns) {
        List<Object> references = new ArrayList<>();
        for (Dependence one : dependsOn) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("table", one.table());
            fields.put("columns", one.columns());
            fields.put("quarantined", one.quarantined());
            references.add(fields);
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("table", table.name());
        fields.put("key", shownKey);
        fields.put("reason", reason);
        fields.put("dependsOn", references);
        fields.put("cells", columns);
        return Json.from(fields);
    }

    @Override
    public String toString() {
        return "QuarantinedRow[" + table.name() + ": " + reason + "]";
    }
}
