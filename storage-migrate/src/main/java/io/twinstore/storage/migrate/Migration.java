package io.twinstore.storage.migrate;

import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import io.twinstore.storage.SchemaException;
import io.twinstore.storage.StorageUnavailableException;
import io.twinstore.storage.migrate.MigrationPlan.Untranslated;
import io.twinstore.storage.migrate.VerifyReport.TableProof;
import io.twinstore.storage.spi.MovedMarker;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Moves a SQLite file to PostgreSQL, proves that both are equal, and writes it back.
 *
 * <p>A file of Twinstore's own goes to Twinstore's schema; the tables of any other file go to a
 * schema that is made for them. A cell that the target would give back otherwise has its original
 * in a table beside, the residue; a row that cannot go is kept there whole, in quarantine. So every
 * cell of the source can be accounted for, and {@link #verify} does it. The source is never
 * written.
 *
 * <p>Stop the application that writes the file first: what it writes later is not moved. Only one
 * process carries out a plan at a time.
 */
public final class Migration {

    private static final String SNAPSHOT = "snapshot of the source";

    private Migration() {}

    /**
     * Looks at the file and at the target, and says what a move would do. Changes nothing.
     *
     * @throws InvalidValueException when the schema for the tables cannot be theirs
     * @throws MigrationException when the file is none that can be moved, or the target has what
     *     the move would make
     * @throws SchemaException when the file is of a newer version of Twinstore
     * @throws StorageUnavailableException when the target cannot be reached
     */
    public static MigrationPlan plan(MigrationSource source, MigrationTarget target) {
        return plan(source, target, MigrationListener.SILENT);
    }

    /**
     * Does the same, and tells a listener how far the scan of the source is. What the target lacks
     * is in the plan's {@link Survey#missing}, and {@link #migrate} refuses to begin without it.
     *
     * @throws MigrationException as {@link #plan(MigrationSource, MigrationTarget)}
     */
    public static MigrationPlan plan(
            MigrationSource source, MigrationTarget target, MigrationListener listener) {
        return guarded(
                () -> {
                    listener.step(SNAPSHOT);
                    try (Snapshot snapshot = Snapshot.of(source, target.tablesSchema() == null);
                            Target connection = Target.connect(target.postgres())) {
                        Map<String, Long> bytes = new HashMap<>();
                        long begin = System.nanoTime();
                        MigrationPlan plan = planned(target, snapshot, listener, bytes);
                        Duration scan = Duration.ofNanos(System.nanoTime() - begin);
                        listener.step("what the target has and lacks");
                        return plan.surveyed(survey(plan, connection, scan, bytes));
                    }
                });
    }

    private static Survey survey(
            MigrationPlan plan, Target target, Duration scan, Map<String, Long> bytes)
            throws SQLException, IOException {
        TargetCheck check = new TargetCheck(plan, target);
        Survey.TargetState state = check.state();
        List<Survey.Missing> missing = new ArrayList<>(check.missing());
        if (missing.isEmpty()) {
            TargetTables.occupied(plan, target).ifPresent(missing::add);
        }
        long all = bytes.values().stream().mapToLong(Long::longValue).sum();
        return new Survey(
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                scan.truncatedTo(ChronoUnit.MILLIS),
                bytes,
                Estimate.of(plan.rows(), all, plan.tables().size(), state.linkBytesPerSecond()),
                state,
                missing);
    }

    private static MigrationPlan planned(
            MigrationTarget target,
            Snapshot snapshot,
            MigrationListener listener,
            Map<String, Long> bytes)
            throws SQLException {
        boolean own = snapshot.own();
        List<Untranslated> untranslated = new ArrayList<>(snapshot.left());
        List<TablePlan> tables;
        if (own) {
            OwnPlanner planner = new OwnPlanner(snapshot, listener);
            tables = planner.plan();
            bytes.putAll(planner.bytes());
            untranslated.addAll(planner.untranslated());
        } else {
            TablesPlanner planner = new TablesPlanner(snapshot, listener);
            tables = planner.plan();
            bytes.putAll(planner.bytes());
            untranslated.addAll(planner.untranslated());
        }
        MigrationTarget named =
                own || target.tablesSchema() != null
                        ? target
                        : target.into(schemaFor(snapshot.source().first()));
        return new MigrationPlan(
                UUID.randomUUID().toString(),
                own ? MigrationPlan.Layout.TWINSTORE : MigrationPlan.Layout.TABLES,
                snapshot.source(),
                named,
                own ? target.postgres().schema() : String.valueOf(named.tablesSchema()),
                MigrationPlan.COMMIT_ROWS,
                tables,
                own ? List.of() : new SourceCatalogue(snapshot.connection()).objects(),
                untranslated);
    }

    /** {@code workflow} for {@code /data/workflow.db}. */
    private static String schemaFor(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        int dot = name.lastIndexOf('.');
        String bare = (dot > 0 ? name.substring(0, dot) : name).replaceAll("[^a-z0-9]+", "_");
        return Sql.fitting(bare.matches("[a-z].*") ? bare : "tables_" + bare);
    }

    /**
     * Carries the plan out, or goes on where an earlier run of it was stopped. Rows are committed
     * together with the note of how far they go, so that none is lost or there twice, whatever
     * stops it. When all is done, a file beside the source says where it was moved to, so that it
     * is not opened by accident ({@link MovedMarker}); where none can be written, the listener is
     * told.
     *
     * @throws MigrationException when the source changed since the plan was made, the target has
     *     what the move would make or lacks what it needs, or another process carries it out
     * @throws StorageUnavailableException when the target cannot be reached, or is lost meanwhile
     */
    public static MigrationReport migrate(MigrationPlan plan, MigrationListener listener) {
        return migrate(plan, MigrationOptions.standard(), listener);
    }

    /**
     * Does the same as the options say. Where they name some tables only, those get their rows and
     * keys; what all tables must be there for, such as references, comes when they are.
     *
     * @throws InvalidValueException when the options name a table that the plan has not
     * @throws MigrationException as {@link #migrate(MigrationPlan, MigrationListener)}; {@code
     *     UNAVAILABLE} when the time is over
     */
    public static MigrationReport migrate(
            MigrationPlan plan, MigrationOptions options, MigrationListener listener) {
        options.requireTables(plan);
        return guarded(
                () -> {
                    Timed timed = Timed.of(Deadline.of(listener, options));
                    timed.step(SNAPSHOT);
                    try (Snapshot snapshot = Snapshot.of(plan.source());
                            Target target = Target.connect(plan.target().postgres())) {
                        PlanRun run = new PlanRun(plan, snapshot, target, timed);
                        MigrationReport report = run.carryOut(options);
                        if (report.complete()) {
                            run.markSource();
                        }
                        return report;
                    }
                });
    }

    /**
     * Reads both sides anew and compares every cell, looks at keys, references and numbers, and
     * puts sample queries to both.
     *
     * @throws MigrationException when the source changed since the plan was made, or the move is
     *     not complete
     * @throws StorageUnavailableException when the target cannot be reached
     */
    public static VerifyReport verify(MigrationPlan plan) {
        return verify(plan, MigrationListener.SILENT);
    }

    /**
     * Does the same, and tells a listener of each table.
     *
     * @throws MigrationException as {@link #verify(MigrationPlan)}
     */
    public static VerifyReport verify(MigrationPlan plan, MigrationListener listener) {
        return guarded(
                () -> {
                    Timed timed = Timed.of(listener);
                    timed.step(SNAPSHOT);
                    try (Snapshot snapshot = Snapshot.of(plan.source());
                            Target target = Target.connect(plan.target().postgres());
                            Target reading = Target.connect(plan.target().postgres())) {
                        return verified(plan, snapshot, target, reading, timed);
                    }
                });
    }

    static VerifyReport verified(
            MigrationPlan plan,
            Snapshot snapshot,
            Target target,
            Target reading,
            MigrationListener listener)
            throws SQLException, IOException {
        PlanCheck.requireOf(plan, snapshot);
        Timed timed = Timed.of(listener);
        Ledger ledger = complete(plan, target);
        List<TableProof> proofs = new ArrayList<>();
        for (TablePlan table : plan.tables()) {
            timed.begins(table.name(), 0, table.rows());
            TableProof proof =
                    Comparison.of(plan, table, snapshot.connection(), reading, ledger, timed);
            timed.compared(table.name(), proof.sourceRows());
            proofs.add(proof.within(timed.took(table.name())));
        }
        timed.step("keys, indexes, references and numbers");
        List<String> faults = new ArrayList<>(Comparison.miscounted(plan, proofs));
        faults.addAll(new Rules(plan, target).faults());
        timed.step("sample queries");
        List<VerifyReport.Sample> samples = new ArrayList<>();
        for (TablePlan table : plan.tables()) {
            samples.addAll(
                    new SampleQueries(plan, table, snapshot.connection(), reading, ledger)
                            .samples());
            samples.addAll(
                    new ExpressionSamples(plan, table, snapshot.connection(), reading, ledger)
                            .samples());
        }
        return new VerifyReport(proofs, faults, samples, timed.startedAt(), timed.took());
    }

    /**
     * Writes what the target has to a new SQLite file: each cell that nobody touched since the move
     * with the type and the bytes that the source had, and what was written since as the plan's
     * codecs have it. A file of an earlier session program gets its layout again, as {@link
     * io.twinstore.storage.Storage#downgrade} does it; several files that were merged stay one.
     *
     * @param file where to; there must be nothing yet
     * @return how many rows were read
     * @throws InvalidValueException when there is something
     * @throws MigrationException when the move is not complete
     * @throws StorageUnavailableException when the target cannot be reached
     */
    public static long reverse(MigrationPlan plan, Path file) {
        return reverse(plan, file, MigrationListener.SILENT);
    }

    /**
     * Does the same, and tells a listener of each table.
     *
     * @throws MigrationException as {@link #reverse(MigrationPlan, Path)}
     */
    public static long reverse(MigrationPlan plan, Path file, MigrationListener listener) {
        return reverse(plan, file, true, listener);
    }

    /**
     * Does the same for going on with Twinstore on SQLite: what came from an earlier session
     * program's file is written in Twinstore's own layout.
     *
     * @throws MigrationException as {@link #reverse(MigrationPlan, Path)}
     */
    public static long reverseUpgraded(MigrationPlan plan, Path file, MigrationListener listener) {
        return reverse(plan, file, false, listener);
    }

    private static long reverse(
            MigrationPlan plan, Path file, boolean downgrading, MigrationListener listener) {
        return guarded(
                () -> {
                    try (Target target = Target.connect(plan.target().postgres());
                            Target reading = Target.connect(plan.target().postgres())) {
                        return new Reversal(plan, target, reading, file, downgrading, listener)
                                .run();
                    }
                });
    }

    /**
     * Goes through the rows that could not go, table by table.
     *
     * @param reader is given each row, on the calling thread; what it throws ends the reading
     * @return how many there are
     * @throws MigrationException when the move is not complete
     * @throws StorageUnavailableException when the target cannot be reached
     */
    public static long quarantine(MigrationPlan plan, Consumer<QuarantinedRow> reader) {
        return guarded(
                () -> {
                    try (Target target = Target.connect(plan.target().postgres())) {
                        return new QuarantineReading(plan, complete(plan, target)).each(reader);
                    }
                });
    }

    /**
     * Loads rows from quarantine after a repair, in one transaction: all of the file's, or none. A
     * row that went before, with the same cells, is passed over. Rows that were in quarantine only
     * because of those go, too. A repaired cell stands in the target as repaired, and its original
     * is kept, so that {@link #verify} still accounts for every cell of the source; {@link
     * #reverse} writes it as repaired.
     *
     * @param rows {@code {"format": 1, "move": id of the plan, "rows": [...]}}, each row as {@link
     *     QuarantinedRow#toJson} has it; a column that is left out stays as it was
     * @return what went; where a row cannot, nothing was changed, and the report names it
     * @throws InvalidValueException when the document has no such rows, or those of another move
     * @throws MigrationException when the move is not complete, or another process carries it out
     * @throws StorageUnavailableException when the target cannot be reached
     */
    public static FixReport fix(MigrationPlan plan, Json rows) {
        List<RepairedRow> repaired = RepairedRow.all(rows, plan);
        return guarded(
                () -> {
                    try (Target target = Target.connect(plan.target().postgres())) {
                        Ledger ledger = complete(plan, target);
                        ledger.begin(plan);
                        return new Replay(plan, target, ledger).run(repaired);
                    }
                });
    }

    /**
     * Drops what the target keeps of the source beside the tables: originals of cells, rows in
     * quarantine, and how far the move was. After that it can neither be verified nor taken back
     * exactly, and what the application deletes since is kept nowhere.
     *
     * @return how many cells and rows were dropped
     * @throws MigrationException when nothing is known of the move, or another process carries it
     *     out
     * @throws StorageUnavailableException when the target cannot be reached
     */
    public static long forget(MigrationPlan plan) {
        return guarded(
                () -> {
                    try (Target target = Target.connect(plan.target().postgres())) {
                        Ledger ledger = new Ledger(target, plan);
                        if (ledger.state().equals("not begun")) {
                            throw new MigrationException(
                                    ErrorCode.NOT_FOUND, "Nothing is kept of this plan's move.");
                        }
                        ledger.begin(plan);
                        return Repairs.forget(target, plan.id());
                    }
                });
    }

    private static Ledger complete(MigrationPlan plan, Target target) throws SQLException {
        Ledger ledger = new Ledger(target, plan);
        if (!ledger.state().equals("done")) {
            throw new MigrationException(
                    ErrorCode.CONFLICT,
                    "The move of this plan is not complete ("
                            + ledger.state()
                            + "): migrate first.");
        }
        return ledger;
    }

    /** Work that meets with files and databases. */
    private interface Guarded<T> {
        T run() throws SQLException, IOException;
    }

    private static <T> T guarded(Guarded<T> work) {
        try {
            return read(work);
        } catch (SQLException | IOException e) {
            throw SqlFaults.translated(e);
        }
    }

    private static <T> T read(Guarded<T> work) throws SQLException, IOException {
        try {
            return work.run();
        } catch (LargeBytes.Unread e) {
            throw e.thrown();
        }
    }
}
