package io.twinstore.storage.sqlite.legacy;

import io.twinstore.storage.StorageUnavailableException;
import io.twinstore.storage.Upgraded;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;

/**
 * Upgrades a legacy file: under an exclusive lock on it a sibling is built, committed, and compared
 * with it cell by cell; then the old file gets a second name, and the sibling takes its place by
 * rename. Until then the old file is where it was, and whole.
 */
public final class LegacyUpgrade {

    /** Makes a new file with the present schema. */
    @FunctionalInterface
    public interface SchemaMaker {
        void make(Path file) throws SQLException;
    }

    /** How long SQLite waits by itself; between two waits the file is looked at anew. */
    private static final int BUSY_MILLIS = 1000;

    private static final int LONGEST_PAUSE_MILLIS = 50;

    private final OldFile file;
    private final Path named;
    private final Duration patience;
    private final InstantSource clock;
    private final SchemaMaker schema;
    private final Consumer<UpgradeStep> steps;

    LegacyUpgrade(
            Path named,
            Duration patience,
            InstantSource clock,
            SchemaMaker schema,
            Consumer<UpgradeStep> steps)
            throws IOException {
        this.named = named;
        // Through a link the file itself is replaced, not the link.
        this.file = new OldFile(named.toRealPath());
        this.patience = patience;
        this.clock = clock;
        this.schema = schema;
        this.steps = steps;
    }

    /**
     * Upgrades the file, and waits while another process does so.
     *
     * @param file a SQLite file
     * @param patience how long to wait for other programs that use it
     * @return what was done; empty where the file has no tables, or is this library's already
     * @throws io.twinstore.storage.SchemaException when the layout is not known, or the new file is
     *     not equal to the old one; nothing is changed
     * @throws StorageUnavailableException when the folder or the disk does not allow it
     * @throws SQLException when SQLite refuses: the file is in use for longer, or damaged
     */
    public static Optional<Upgraded> run(
            Path file, Duration patience, InstantSource clock, SchemaMaker schema)
            throws SQLException {
        try {
            return new LegacyUpgrade(file, patience, clock, schema, step -> {}).run();
        } catch (IOException e) {
            throw unavailable(file, e);
        }
    }

    private static StorageUnavailableException unavailable(Path file, IOException e) {
        return new StorageUnavailableException(
                file
                        + " was not upgraded: "
                        + e.getClass().getSimpleName()
                        + " in its folder or on its disk. The old file is unchanged.",
                e);
    }

    Optional<Upgraded> run() throws SQLException, IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        long seen = progress();
        while (true) {
            Optional<Optional<Upgraded>> done;
            try {
                done = attempt();
            } catch (SQLException e) {
                long now = progress();
                // As long as what another process builds grows, its time is not ours.
                if (now != seen) {
                    seen = now;
                    deadline = System.nanoTime() + patience.toNanos();
                }
                if (!isBusy(e) || System.nanoTime() > deadline) {
                    throw e;
                }
                done = Optional.empty();
            }
            if (done.isPresent()) {
                return done.get();
            }
            pause();
        }
    }

    private static boolean isBusy(SQLException e) {
        int code = e.getErrorCode() & 0xff;
        return code == SQLiteErrorCode.SQLITE_BUSY.code
                || code == SQLiteErrorCode.SQLITE_LOCKED.code;
    }

    private long progress() {
        return 31 * file.sibling().toFile().length() + new File(file.sibling() + "-wal").length();
    }

    /** Lets others come first, no two of them at the same time again. */
    private static void pause() {
        try {
            Thread.sleep(1 + ThreadLocalRandom.current().nextInt(LONGEST_PAUSE_MILLIS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageUnavailableException(
                    "The thread was interrupted while it waited to upgrade a file.", e);
        }
    }

    /** Upgrades, unless the file changed its identity meanwhile: then the result is empty. */
    private Optional<Optional<Upgraded>> attempt() throws SQLException, IOException {
        Object identity = file.identity();
        Instant written = file.written();
        try (Connection old = connect(file.path())) {
            if (isDone(old)) {
                return Optional.of(Optional.empty());
            }
            lock(old);
            if (!Objects.equals(identity, file.identity())) {
                return Optional.empty();
            }
            // Another may have written between the look and the lock.
            if (isDone(old)) {
                return Optional.of(Optional.empty());
            }
            steps.accept(UpgradeStep.LOCKED);
            return Optional.of(Optional.of(upgrade(old, written)));
        } finally {
            file.release();
        }
    }

    private boolean isDone(Connection old) throws SQLException {
        FoundTables found = FoundTables.in(old);
        if (found.isEmpty() || LegacyFile.isOurs(old)) {
            return true;
        }
        if (found.layout().isEmpty()) {
            throw LegacyFile.foreign(named, found);
        }
        return false;
    }

    private static Connection connect(Path path) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        return Sql.connect(path, config);
    }

    /**
     * Takes the log of the old file into it, and keeps everybody else off. In the mode of the log
     * there would be readers still.
     */
    private static void lock(Connection old) throws SQLException {
        if (isLogged(old)) {
            Sql.first(old, "pragma journal_mode = delete");
        }
        Sql.run(old, "begin exclusive");
        if (isLogged(old)) {
            Sql.run(old, "rollback");
            throw new SQLException(
                    "another connection has the log", null, SQLiteErrorCode.SQLITE_BUSY.code);
        }
    }

    private static boolean isLogged(Connection old) throws SQLException {
        return "wal".equals(Sql.first(old, "pragma journal_mode"));
    }

    private Upgraded upgrade(Connection old, Instant written) throws SQLException, IOException {
        FoundTables found = FoundTables.in(old);
        LegacyLayout layout = found.layout().orElseThrow();
        try {
            file.clear();
            file.clearCompanions();
            steps.accept(UpgradeStep.CLEARED);
            schema.make(file.sibling());
            steps.accept(UpgradeStep.MADE);
            SourceTables rows = new SourceTables(old, written);
            Upgraded built = build(old, rows, layout, found.present(layout));
            steps.accept(UpgradeStep.PROVEN);
            file.settleSibling();
            steps.accept(UpgradeStep.SETTLED);
            Path backup = file.backUp(layout.label(), clock.instant());
            steps.accept(UpgradeStep.BACKED_UP);
            file.swap();
            steps.accept(UpgradeStep.SWAPPED);
            return withBackup(built, backup);
        } catch (SQLException | IOException | RuntimeException e) {
            discard(e);
            throw e;
        }
    }

    /** Removes what was built; where that fails, the next try does it. */
    private void discard(Exception failure) {
        try {
            file.clear();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private Upgraded build(
            Connection old, SourceTables rows, LegacyLayout layout, List<LegacyTable> tables)
            throws SQLException {
        try (Connection target = connect(file.sibling())) {
            Sql.run(target, "begin immediate");
            try (Loading loading = new Loading(target)) {
                loading.saveSchema(old);
                loading.load(rows, tables);
            }
            steps.accept(UpgradeStep.LOADED);
            Sql.run(target, "commit");
            steps.accept(UpgradeStep.COMMITTED);
        }
        try (Connection target = connect(file.sibling())) {
            new Proof(named, target).require(old, rows, tables);
            return new Upgraded(
                    layout.label(),
                    named,
                    file.sibling(),
                    Sql.count(target, "sessions"),
                    Sql.count(target, "session_messages"),
                    Sql.count(target, "session_participants"),
                    Sql.count(target, "configs"),
                    Sql.count(target, "users"),
                    Sql.count(target, "applications"),
                    Sql.count(target, "settings"),
                    ResidueTable.count(target));
        }
    }

    private static Upgraded withBackup(Upgraded built, Path backup) {
        return new Upgraded(
                built.layout(),
                built.file(),
                backup,
                built.sessions(),
                built.messages(),
                built.participants(),
                built.configs(),
                built.users(),
                built.applications(),
                built.settings(),
                built.residue());
    }
}
