package io.twinstore.storage.integration.moving;

import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.migrate.Backup;
import io.twinstore.storage.migrate.MigrationListener;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Writes a backup in a process of its own; says each event of it on standard output, and goes on
 * when it is told a line.
 */
final class BackupProcess {

    private BackupProcess() {}

    /**
     * Writes the backup.
     *
     * @param args the file or URL of the database and the folder
     */
    public static void main(String[] args) {
        BufferedReader told =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        StorageOptions source =
                args[0].startsWith("postgresql:")
                        ? StorageOptions.postgres(args[0])
                        : StorageOptions.sqlite(Path.of(args[0]));
        Backup.write(
                source,
                Path.of(args[1]),
                new MigrationListener() {
                    @Override
                    public void step(String what) {
                        say(what);
                    }

                    @Override
                    public void compared(String table, long rows) {
                        say("compared " + table);
                    }

                    private void say(String event) {
                        System.out.println(event);
                        try {
                            told.readLine();
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    }
                });
        System.out.println("done");
    }
}
