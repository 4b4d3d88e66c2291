package io.twinstore.storage.migrate;

import io.twinstore.storage.Json;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a restore did; there is one only when the target was proven to have the whole backup.
 *
 * @param file the backup
 * @param recorded whether it had a record, which it was compared with
 * @param database the database it went to
 * @param location its path, or host, port and database
 * @param schema the schema that the tables are in, or null where the database has none
 * @param rows how many rows there are, all tables together
 * @param keptAside where the file is that was there before, or null
 * @param leftOut tables of the backup that are none of Twinstore's, and that PostgreSQL did not get
 */
public record RestoreReport(
        Path file,
        boolean recorded,
        String database,
        String location,
        @Nullable String schema,
        long rows,
        @Nullable Path keptAside,
        List<String> leftOut) {

    /** Keeps a copy. */
    public RestoreReport {
        leftOut = List.copyOf(leftOut);
    }

    /** Returns the report as JSON. */
    public Json toJson() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("database", database);
        fields.put("location", location);
        fields.put("schema", schema);
        fields.put("file", file.toString());
        fields.put("recorded", recorded);
        fields.put("rows", rows);
        fields.put("keptAside", keptAside == null ? null : keptAside.toString());
        fields.put("leftOut", leftOut);
        return Json.from(fields);
    }
}
