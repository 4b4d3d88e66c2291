package io.twinstore.storage.migrate;

import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import io.twinstore.storage.SchemaException;
import io.twinstore.storage.StorageUnavailableException;
import io.twinstore.storage.migrate.MigrationReport.TableResult;
import io.twinstore.storage.migrate.VerifyReport.TableProof;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
        return guarded(
                () -> {
                    try (Snapshot snapshot = Snapshot.of(source);
                            Target connection = Target.connect(target.postgres())) {
                        MigrationPlan plan = planned(source, target, snapshot);
                        TargetTables.requireEmpty(plan, connection);
                        return plan;
                    }
                });
    }

    private static MigrationPlan planned(
            MigrationSource source, MigrationTarget target, Snapshot snapshot) throws SQLException {
        String id = UUID.randomUUID().toString();
        if (snapshot.own()) {
            OwnPlanner planner = new OwnPlanner(snapshot);
            List<TablePlan> tables = planner.plan();
            return new MigrationPlan(
                    id,
                    MigrationPlan.Layout.TWINSTORE,
                    source,
                    snapshot.sha256(),
                    target,
                    target.postgres().schema(),
                    MigrationPlan.COMMIT_ROWS,
                    tables,
                    List.of(),
                    planner.untranslated());
        }
        MigrationTarget named =
                target.tablesSchema() == null ? target.into(schemaFor(source.file())) : target;
        TablesPlanner planner = new TablesPlanner(snapshot);
        List<TablePlan> tables = planner.plan();
        return new MigrationPlan(
                id,
                MigrationPlan.Layout.TABLES,
                source,
                snapshot.sha256(),
                named,
                String.valueOf(named.tablesSchema()),
                MigrationPlan.COMMIT_ROWS,
                tables,
                new SourceCatalogue(snapshot).objects(),
                planner.untranslated());
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
     * stops it.
     *
     * @throws MigrationException when the source changed since the plan was made, the target has
     *     what the move would make, or another process carries it out
     * @throws StorageUnavailableException when the target cannot be reached, or is lost meanwhile
     */
    public static MigrationReport migrate(MigrationPlan plan, MigrationListener listener) {
        return guarded(
                () -> {
                    try (Snapshot snapshot = Snapshot.of(plan.source(), plan.sourceSha256());
                            Target target = Target.connect(plan.target().postgres())) {
                        return migrated(plan, snapshot, target, listener);
                    }
                });
    }

    static MigrationReport migrated(
            MigrationPlan plan, Snapshot snapshot, Target target, MigrationListener listener)
            throws SQLException, IOException {
        PlanCheck.requireOf(plan, snapshot);
        Ledger ledger = new Ledger(target, plan);
        if (ledger.state().equals("not begun")) {
            TargetTables.requireEmpty(plan, target);
        }
        boolean own = plan.layout() == MigrationPlan.Layout.TWINSTORE;
        if (own) {
            TargetTables.makeOwn(plan);
        }
        boolean resumed = ledger.begin(plan);
        if (!ledger.state().equals("done")) {
            target.hasten();
            new TargetTables(plan, target).make(resumed);
            for (TablePlan table : plan.tables()) {
                new TableCopy(snapshot.connection(), target, ledger, plan, table, listener).run();
            }
            String language = own ? snapshot.first("select language from search_state") : null;
            new Finishing(
                            plan,
                            target,
                            new Quarantine(plan, snapshot.connection(), target, ledger),
                            language,
                            listener)
                    .run();
            target.settle();
            ledger.state("done");
        }
        return report(plan, target, ledger, resumed);
    }

    private static MigrationReport report(
            MigrationPlan plan, Target target, Ledger ledger, boolean resumed) throws SQLException {
        List<TableResult> results = new ArrayList<>();
        for (TablePlan table : plan.tables()) {
            results.add(
                    new TableResult(
                            table.name(),
                            table.rows(),
                            target.count(
                                    "select count(*) from "
                                            + Sql.quoted(plan.schema(), table.target())),
                            ledger.quarantined(table),
                            ledger.residue(table)));
        }
        return new MigrationReport(results, resumed);
    }

    /**
     * Reads both sides anew and compares every cell, and looks at keys, references and numbers.
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
                    try (Snapshot snapshot = Snapshot.of(plan.source(), plan.sourceSha256());
                            Target target = Target.connect(plan.target().postgres());
                            Target reading = Target.connect(plan.target().postgres())) {
                        return verified(plan, snapshot, target, reading, listener);
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
        Ledger ledger = complete(plan, target);
        List<TableProof> proofs = new ArrayList<>();
        for (TablePlan table : plan.tables()) {
            TableProof proof = Comparison.of(plan, table, snapshot.connection(), reading, ledger);
            proofs.add(proof);
            listener.compared(table.name(), proof.sourceRows());
        }
        return new VerifyReport(proofs, new Rules(plan, target).faults());
    }

    /**
     * Writes what the target has to a new SQLite file: each cell that nobody touched since the move
     * with the type and the bytes that the source had, and what was written since as the plan's
     * codecs have it.
     *
     * @param file where to; there must be nothing yet
     * @return how many rows were written
     * @throws InvalidValueException when there is something
     * @throws MigrationException when the move is not complete
     * @throws StorageUnavailableException when the target cannot be reached
     */
    public static long reverse(MigrationPlan plan, Path file) {
        return guarded(
                () -> {
                    try (Target target = Target.connect(plan.target().postgres());
                            Target reading = Target.connect(plan.target().postgres())) {
                        return new Reversal(plan, target, reading, file, MigrationListener.SILENT)
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
            return work.run();
        } catch (SQLException | IOException e) {
            throw SqlFaults.translated(e);
        }
    }
}
