package io.twinstore.storage.cli;

import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageInfo;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.migrate.Backup;
import io.twinstore.storage.migrate.BackupRecord;
import io.twinstore.storage.migrate.BackupTable;
import io.twinstore.storage.migrate.RestoreReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes backups and brings them back. */
final class Backups {

    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final Terminal terminal;
    private final boolean json;

    Backups(Terminal terminal, boolean json) {
        this.terminal = terminal;
        this.json = json;
    }

    int write(Path folder, @Nullable String keep) {
        @Nullable Duration age = keep == null ? null : age(keep);
        StorageInfo info = info();
        BackupRecord made;
        try (MoveProgress progress = MoveProgress.of(terminal, null)) {
            made =
                    Backup.write(
                            StorageOptions.fromEnvironment(terminal.environment()),
                            folder,
                            progress);
        }
        List<Path> removed = age == null ? List.of() : Backup.expire(made, age);
        if (json) {
            printJson(info, made, removed);
        } else {
            print(info, made, removed);
        }
        return ExitCode.OK;
    }

    /**
     * Before anything is written.
     *
     * @throws InvalidValueException when it is no age, or out of bounds
     */
    private static Duration age(String keep) {
        Duration age = Age.of("--keep", keep);
        if (age.compareTo(SHORTEST) < 0 || age.compareTo(LONGEST) > 0) {
            throw new InvalidValueException("--keep", "1m to 36,500d", keep);
        }
        return age;
    }

    private StorageInfo info() {
        try (Storage storage = Database.find(terminal)) {
            return storage.info();
        }
    }

    private void printJson(StorageInfo info, BackupRecord made, List<Path> removed) {
        Map<String, @Nullable Object> fields = Database.fields(info);
        fields.put("file", made.file().toString());
        fields.put("takenAt", made.takenAt().toString());
        fields.put("schemaVersion", made.schemaVersion());
        fields.put("bytes", made.bytes());
        fields.put("sha256", made.sha256());
        fields.put("rows", made.rows());
        Map<String, @Nullable Object> tables = new LinkedHashMap<>();
        made.tables().forEach(table -> tables.put(table.table(), table.rows()));
        fields.put("tables", tables);
        fields.put("otherTables", made.otherTables());
        fields.put("removed", removed.stream().map(Path::toString).toList());
        terminal.out().println(Json.from(fields).text());
    }

    private void print(StorageInfo info, BackupRecord made, List<Path> removed) {
        Layout layout = new Layout(terminal);
        layout.line("");
        layout.opened(info);
        layout.line("");
        layout.field("Backup", made.file() + "  (read back, equal)");
        layout.field("Taken", layout.moment(made.takenAt()));
        layout.field("SHA-256", made.sha256());
        layout.field("Rows", Layout.counted(made.rows(), "row"));
        for (BackupTable table : made.tables()) {
            if (table.rows() > 0) {
                layout.field("", table.table() + "  " + Layout.counted(table.rows(), "row"));
            }
        }
        removed.forEach(file -> layout.field("Removed", file));
        layout.line("");
    }

    int restore(Path file, boolean replace, boolean unrecorded) {
        Set<Backup.Choice> choices = EnumSet.noneOf(Backup.Choice.class);
        if (replace) {
            choices.add(Backup.Choice.REPLACE);
        }
        if (unrecorded) {
            choices.add(Backup.Choice.UNRECORDED);
        }
        // An empty one is what a backup is restored to, whatever another file holds.
        StorageOptions target =
                StorageOptions.fromEnvironment(terminal.environment()).toBuilder()
                        .startEmpty(true)
                        .build();
        RestoreReport done;
        try (MoveProgress progress = MoveProgress.of(terminal, null)) {
            done = Backup.restore(file, target, choices, progress);
        }
        if (json) {
            terminal.out().println(done.toJson().text());
        } else {
            print(done);
        }
        return ExitCode.OK;
    }

    private void print(RestoreReport done) {
        Layout layout = new Layout(terminal);
        layout.line("");
        layout.opened(info());
        layout.line("");
        layout.field(
                "Restored",
                done.file()
                        + (done.recorded() ? "  (equal to its record)" : "  (it has no record)"));
        layout.field("Rows", Layout.counted(done.rows(), "row"));
        if (done.keptAside() != null) {
            layout.field("Kept aside", done.keptAside());
        }
        done.leftOut().forEach(table -> layout.field("Left out", table));
        layout.line("");
        layout.line("Leases are ended. Readers that follow sessions: see docs/backup.md.");
        layout.line("");
    }
}
