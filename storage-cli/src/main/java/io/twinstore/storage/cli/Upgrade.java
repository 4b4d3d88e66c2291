package io.twinstore.storage.cli;

import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.Upgraded;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Upgrades a legacy file, or writes it as it was, and says what was done. */
final class Upgrade {

    private final Terminal terminal;
    private final StorageOptions options;

    /**
     * @throws InvalidValueException when the file's name is none
     */
    Upgrade(Terminal terminal, String file) {
        this.terminal = terminal;
        try {
            this.options = StorageOptions.sqlite(Path.of(file));
        } catch (InvalidPathException e) {
            throw new InvalidValueException("FILE", "a path that this file system can hold", file);
        }
    }

    int run(boolean json) {
        Optional<Upgraded> done = Storage.upgrade(options);
        Path file = options.sqlite().absolutePath();
        if (json) {
            terminal.out().println(Json.from(fields(file, done)).text());
        } else {
            done.ifPresentOrElse(this::print, () -> printNothingToDo(file));
        }
        return ExitCode.OK;
    }

    /** Writes the file that it was before. */
    int back(Path to, boolean json) {
        Path from = options.sqlite().absolutePath();
        Path written = to.toAbsolutePath().normalize();
        String layout = Storage.downgrade(options, written);
        if (json) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("file", from.toString());
            fields.put("written", written.toString());
            fields.put("layout", layout);
            terminal.out().println(Json.from(fields).text());
        } else {
            Layout lines = new Layout(terminal);
            lines.line("");
            lines.field("From", from);
            lines.field("Written", written + "  (layout " + layout + ", made just now)");
            lines.line("");
        }
        return ExitCode.OK;
    }

    private static Map<String, @Nullable Object> fields(Path file, Optional<Upgraded> done) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("file", file.toString());
        fields.put("upgraded", done.isPresent());
        done.ifPresent(
                upgraded -> {
                    fields.put("layout", upgraded.layout());
                    fields.put("backup", upgraded.backup().toString());
                    fields.put("sessions", upgraded.sessions());
                    fields.put("messages", upgraded.messages());
                    fields.put("participants", upgraded.participants());
                    fields.put("configs", upgraded.configs());
                    fields.put("users", upgraded.users());
                    fields.put("applications", upgraded.applications());
                    fields.put("settings", upgraded.settings());
                    fields.put("residue", upgraded.residue());
                });
        return fields;
    }

    private void print(Upgraded done) {
        Layout layout = new Layout(terminal);
        layout.line("");
        layout.field("Upgraded", done.file() + "  (was layout " + done.layout() + ")");
        layout.field("Backup", done.backup());
        layout.line("");
        layout.field("Sessions", Layout.counted(done.sessions(), "session"));
        layout.field("Messages", Layout.counted(done.messages(), "message"));
        layout.field("Participants", Layout.counted(done.participants(), "participant"));
        layout.field("Configs", Layout.counted(done.configs(), "config"));
        layout.field("Users", Layout.counted(done.users(), "user"));
        layout.field("Applications", Layout.counted(done.applications(), "application"));
        layout.field("Settings", Layout.counted(done.settings(), "setting"));
        layout.field("Residue", Layout.counted(done.residue(), "cell") + " kept as they were");
        layout.line("");
    }

    private void printNothingToDo(Path file) {
        Layout layout = new Layout(terminal);
        layout.line("");
        layout.field("File", file + "  is no file of an earlier program; nothing was done");
        layout.line("");
    }
}
