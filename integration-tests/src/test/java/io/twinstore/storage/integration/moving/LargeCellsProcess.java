package io.twinstore.storage.integration.moving;

import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.migrate.Migration;
import io.twinstore.storage.migrate.MigrationListener;
import io.twinstore.storage.migrate.MigrationPlan;
import io.twinstore.storage.migrate.MigrationReport;
import io.twinstore.storage.migrate.MigrationSource;
import io.twinstore.storage.migrate.MigrationTarget;
import io.twinstore.storage.migrate.VerifyReport;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;

/** Plans, moves, verifies and takes back a file, in a process whose heap a test has bounded. */
final class LargeCellsProcess {

    private LargeCellsProcess() {}

    /**
     * Does it all, and tells on standard output how long each step took, and what was found.
     *
     * @param args the file, the URL of the target, and the file to take it back to
     */
    public static void main(String[] args) {
        Path file = Path.of(args[0]);
        long begin = System.nanoTime();
        MigrationPlan plan =
                Migration.plan(
                        MigrationSource.of(file).workingIn(Path.of(args[2] + ".work")),
                        MigrationTarget.of(StorageOptions.postgres(args[1]).postgres())
                                .into("large"));
        begin = told("plan", begin);
        MigrationReport moved = Migration.migrate(plan, MigrationListener.SILENT);
        begin = told("migrate", begin);
        VerifyReport verified = Migration.verify(plan);
        begin = told("verify", begin);
        Migration.reverse(plan, Path.of(args[2]));
        told("reverse", begin);
        System.out.println("loaded " + moved.loaded() + ", quarantined " + moved.quarantined());
        System.out.println(verified.equal() ? "equal" : "not equal: " + verified.toJson().text());
    }

    private static long told(String step, long begin) {
        long peak =
                ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .map(MemoryPoolMXBean::getPeakUsage)
                        .mapToLong(usage -> usage.getUsed())
                        .sum();
        System.out.printf(
                "%s: %d ms, heap up to %d MB%n",
                step, (System.nanoTime() - begin) / 1_000_000, peak >> 20);
        return System.nanoTime();
    }
}
