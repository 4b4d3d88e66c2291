package io.twinstore.storage.cli;

import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.IndexLag;
import io.twinstore.storage.Json;
import io.twinstore.storage.SchemaException;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageException;
import io.twinstore.storage.StorageInfo;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks at the database as a host would meet it. */
final class Doctor {

    private static final int ROUND_TRIPS = 25;

    private final Terminal terminal;

    Doctor(Terminal terminal) {
        this.terminal = terminal;
    }

    int run(boolean json) {
        long start = System.nanoTime();
        try (Storage storage = Database.find(terminal)) {
            Duration opening = Duration.ofNanos(System.nanoTime() - start);
            long[] trips = roundTrips(storage);
            Checkup checkup = Checkup.of(storage);
            if (json) {
                terminal.out().println(json(storage.info(), opening, trips, checkup).text());
            } else {
                print(storage.info(), opening, trips, checkup);
            }
            return checkup.problems().isEmpty() ? ExitCode.OK : failed(checkup);
        }
    }

    private int failed(Checkup checkup) {
        String problems =
                checkup.problems().stream()
                        .flatMap(String::lines)
                        .collect(Collectors.joining("\n"));
        return new ErrorReport(terminal, false)
                .report(new SchemaException("The database opens, but does not work:\n" + problems));
    }

    /** Returns how long each of a few round trips took, in nanoseconds, ascending. */
    private static long[] roundTrips(Storage storage) {
        long[] nanos = new long[ROUND_TRIPS];
        try {
            // The first is not counted: it opens what is opened lazily.
            roundTrip(storage);
            for (int i = 0; i < nanos.length; i++) {
                long start = System.nanoTime();
                roundTrip(storage);
                nanos[i] = System.nanoTime() - start;
            }
        } catch (SQLException e) {
            throw new StorageException(
                    ErrorCode.INTERNAL, "The database opened, but did not answer 'SELECT 1'.", e);
        }
        Arrays.sort(nanos);
        return nanos;
    }

    private static void roundTrip(Storage storage) throws SQLException {
        storage.withConnection(
                connection -> {
                    try (Statement statement = connection.createStatement()) {
                        return statement.execute("SELECT 1");
                    }
                });
    }

    private static Json json(StorageInfo info, Duration opening, long[] trips, Checkup checkup) {
        Map<String, @Nullable Object> fields = Database.fields(info);
        fields.put("databaseVersion", info.databaseVersion());
        fields.put("schema", info.schema());
        fields.put("schemaVersion", info.schemaVersion());
        Map<String, @Nullable Object> pool = new LinkedHashMap<>();
        pool.put("active", info.pool().active());
        pool.put("idle", info.pool().idle());
        pool.put("waiting", info.pool().waiting());
        pool.put("max", info.pool().max());
        fields.put("pool", pool);
        fields.put("openMs", opening.toMillis());
        Map<String, @Nullable Object> latency = new LinkedHashMap<>();
        latency.put("roundTrips", trips.length);
        latency.put("minMicros", trips[0] / 1000);
        latency.put("medianMicros", trips[trips.length / 2] / 1000);
        latency.put("maxMicros", trips[trips.length - 1] / 1000);
        fields.put("latency", latency);
        IndexLag index = checkup.index();
        if (index != null) {
            fields.put("unindexedSessions", index.sessions());
            fields.put("unindexedMessages", index.messages());
        }
        fields.put("ready", checkup.problems().isEmpty());
        fields.put("problems", checkup.problems());
        return Json.from(fields);
    }

    private void print(StorageInfo info, Duration opening, long[] trips, Checkup checkup) {
        Layout page = new Layout(terminal);
        page.line("");
        page.opened(info);
        page.field("Adapter", info.database());
        page.field("Schema", info.schema() == null ? "the file's own" : info.schema());
        page.field(
                "Version", info.schemaVersion() == null ? "not looked at" : info.schemaVersion());
        page.field("Pool", pool(info.pool()));
        page.field("Opened in", Layout.time(opening));
        page.field(
                "Round trip",
                Layout.time(Duration.ofNanos(trips[trips.length / 2]))
                        + " median, "
                        + Layout.time(Duration.ofNanos(trips[0]))
                        + " fastest, "
                        + Layout.time(Duration.ofNanos(trips[trips.length - 1]))
                        + " slowest of "
                        + trips.length);
        page.field("Read", String.join("; ", checkup.sound()));
        page.line("");
        if (checkup.problems().isEmpty()) {
            page.line(page.style().green("✓") + " Ready to work with.");
        } else {
            page.line(
                    page.style().red("✗")
                            + " Not ready to work with; see what is said on standard error.");
        }
        page.line("");
    }

    private static String pool(StorageInfo.Pool pool) {
        return pool.active()
                + " in use, "
                + pool.idle()
                + " idle, "
                + pool.waiting()
                + " waiting, "
                + pool.max()
                + " at most";
    }
}
