package io.twinstore.storage.integration.moving;

import io.twinstore.storage.Json;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.migrate.Migration;
import io.twinstore.storage.migrate.MigrationListener;
import io.twinstore.storage.migrate.MigrationPlan;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Carries out a plan in a process of its own; says each event of it on standard output, and goes on
 * when it is told a line.
 */
final class MovingProcess {

    private MovingProcess() {}

    /**
     * Carries the plan out.
     *
     * @param args the plan's file and the URL of the target
     */
    public static void main(String[] args) throws IOException {
        BufferedReader told =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        MigrationPlan plan =
                MigrationPlan.of(
                        Json.of(Files.readString(Path.of(args[0]))),
                        StorageOptions.postgres(args[1]).postgres());
        Migration.migrate(
                plan,
                new MigrationListener() {
                    @Override
                    public void sent(String table, long rows) {
                        say("sent");
                    }

                    @Override
                    public void committed(String table, long rows, long of) {
                        say("committed");
                    }

                    @Override
                    public void step(String what) {
                        say("step");
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
