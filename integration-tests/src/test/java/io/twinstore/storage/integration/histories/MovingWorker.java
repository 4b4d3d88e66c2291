package io.twinstore.storage.integration.histories;

import io.twinstore.storage.Json;
import io.twinstore.storage.StorageException;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.migrate.Migration;
import io.twinstore.storage.migrate.MigrationListener;
import io.twinstore.storage.migrate.MigrationPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Carries a plan out in a process that can be killed, and says each commit and step. */
final class MovingWorker {

    /** What it says when all is there. */
    static final String DONE = "done";

    /** What it says when the target was lost, before the kind of error. */
    static final String FAILED = "failed ";

    private MovingWorker() {}

    /**
     * Carries the plan out.
     *
     * @param args the plan's file and the URL of the target
     */
    public static void main(String[] args) throws IOException {
        MigrationPlan plan =
                MigrationPlan.of(
                        Json.of(Files.readString(Path.of(args[0]))),
                        StorageOptions.postgres(args[1]).postgres());
        MigrationListener teller =
                new MigrationListener() {
                    @Override
                    public void committed(String table, long rows, long of) {
                        System.out.println(table + " " + rows);
                    }

                    @Override
                    public void step(String what) {
                        System.out.println(what);
                    }
                };
        try {
            Migration.migrate(plan, teller);
            System.out.println(DONE);
        } catch (StorageException e) {
            e.printStackTrace();
            System.out.println(FAILED + e.code());
        }
    }
}
