package io.twinstore.storage.migrate;

import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a backup: it stands beside the file as {@code NAME.db.json}. Holds no user and
 * no password.
 *
 * @param file the backup
 * @param takenAt when it was begun: what was committed before is in it
 * @param database the database it is of, {@code sqlite} or {@code postgresql}
 * @param location the path, or host, port and database
 * @param schema the schema that the tables were in, or null where the database has none
 * @param schemaVersion the last change of the changelog that the backup has
 * @param bytes how long the file is
 * @param sha256 the digest of the file, in hexadecimal
 * @param tables Twinstore's tables
 * @param otherTables names of tables in the file that are none of Twinstore's; only a SQLite file
 *     has them, and only one of those gets them back
 */
public record BackupRecord(
        Path file,
        Instant takenAt,
        String database,
        String location,
        @Nullable String schema,
        String schemaVersion,
        long bytes,
        String sha256,
        List<BackupTable> tables,
        List<String> otherTables) {

    private static final String FORMAT = "twinstore-backup";
    private static final long VERSION = 1;

    /** Keeps copies. */
    public BackupRecord {
        tables = List.copyOf(tables);
        otherTables = List.copyOf(otherTables);
    }

    /** Returns how many rows there are, all tables together. */
    public long rows() {
        return tables.stream().mapToLong(BackupTable::rows).sum();
    }

    /** Returns whether both are of the same database. */
    boolean isOfTheSame(BackupRecord other) {
        return database.equals(other.database)
                && location.equals(other.location)
                && String.valueOf(schema).equals(String.valueOf(other.schema));
    }

    /** Returns the record as JSON; of the file the name alone, so that both can be moved. */
    public Json toJson() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("format", FORMAT);
        fields.put("formatVersion", VERSION);
        fields.put("file", String.valueOf(file.getFileName()));
        fields.put("takenAt", takenAt.toString());
        fields.put("database", database);
        fields.put("location", location);
        fields.put("schema", schema);
        fields.put("schemaVersion", schemaVersion);
        fields.put("bytes", bytes);
        fields.put("sha256", sha256);
        fields.put("tables", tables.stream().map(BackupRecord::fields).toList());
        fields.put("otherTables", otherTables);
        return Json.from(fields);
    }

    private static Map<String, @Nullable Object> fields(BackupTable table) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("table", table.table());
        fields.put("rows", table.rows());
        fields.put("sha256", table.sha256());
        return fields;
    }

    /**
     * Returns what a record says of a file.
     *
     * @throws InvalidValueException when it is none, or of a format that is not known here
     */
    static BackupRecord of(Path file, Json json) {
        PlanFields fields = PlanFields.of("record", json);
        if (!fields.text("format").equals(FORMAT) || fields.number("formatVersion") != VERSION) {
            throw new InvalidValueException(
                    "record.format", FORMAT + " " + VERSION, fields.text("format"));
        }
        return new BackupRecord(
                file,
                instant(fields.text("takenAt")),
                fields.text("database"),
                fields.text("location"),
                fields.textOrNull("schema"),
                fields.text("schemaVersion"),
                fields.number("bytes"),
                fields.text("sha256"),
                fields.objects("tables").stream()
                        .map(
                                table ->
                                        new BackupTable(
                                                table.text("table"),
                                                table.number("rows"),
                                                table.text("sha256")))
                        .toList(),
                fields.texts("otherTables"));
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new InvalidValueException("record.takenAt", "an instant", text);
        }
    }
}
