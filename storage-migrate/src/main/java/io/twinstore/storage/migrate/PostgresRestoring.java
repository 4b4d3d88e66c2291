package io.twinstore.storage.migrate;

import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.StorageOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Moves a backup to an empty schema of PostgreSQL, and compares every cell. */
final class PostgresRestoring {

    /** What the ledger says when nothing is left to be done. */
    private static final String RESTORED = "restored";

    private final Path file;
    private final @Nullable BackupRecord record;
    private final StorageOptions options;
    private final MigrationListener listener;

    PostgresRestoring(
            Path file,
            @Nullable BackupRecord record,
            StorageOptions options,
            MigrationListener listener) {
        this.file = file;
        this.record = record;
        this.options = options;
        this.listener = listener;
    }

    RestoreReport run() throws SQLException, IOException {
        MigrationTarget to = MigrationTarget.of(options.postgres());
        Restoring.requireRecorded(file, record, SourceCopy.sha256(file));
        try (Target target = Target.connect(options.postgres());
                Snapshot snapshot = Snapshot.of(MigrationSource.of(file), false)) {
            Restoring.requireRecorded(file, record, snapshot.source().digests());
            if (!snapshot.own()) {
                throw new MigrationException(
                        ErrorCode.SCHEMA,
                        file + " is no file of Twinstore's own layout. Nothing was restored.");
            }
            MigrationPlan plan = plan(snapshot, to);
            Ledger ledger = new Ledger(target, plan);
            ledger.take();
            requireRoom(plan, target, ledger);
            MigrationReport moved =
                    new PlanRun(plan, snapshot, target, listener)
                            .carryOut(MigrationOptions.standard());
            prove(plan, snapshot, target, moved);
            NewLife.begin(target, ledger, RESTORED, options);
            return report(plan, moved);
        }
    }

    /**
     * The same backup and target make the same plan, so that a restore that was stopped goes on.
     */
    private MigrationPlan plan(Snapshot snapshot, MigrationTarget to) throws SQLException {
        OwnPlanner planner = new OwnPlanner(snapshot);
        List<TablePlan> tables = planner.plan();
        String what =
                String.join(
                        "\n",
                        "restore",
                        file.toString(),
                        snapshot.source().digests(),
                        options.postgres().address(),
                        options.postgres().database(),
                        options.postgres().schema());
        return new MigrationPlan(
                UUID.nameUUIDFromBytes(what.getBytes(StandardCharsets.UTF_8)).toString(),
                MigrationPlan.Layout.TWINSTORE,
                snapshot.source(),
                to,
                options.postgres().schema(),
                MigrationPlan.COMMIT_ROWS,
                tables,
                List.of(),
                planner.untranslated());
    }

    /**
     * Looks whether the schema is empty, or is just as an earlier run of this restore left it.
     *
     * @throws MigrationException when it is neither
     */
    private static void requireRoom(MigrationPlan plan, Target target, Ledger ledger)
            throws SQLException, IOException {
        String state = ledger.state();
        if (state.equals("not begun")
                || (!state.equals(RESTORED) && isAsLeft(plan, target, ledger))) {
            return;
        }
        TargetTables.requireEmpty(plan, target);
        Repairs.forget(target, plan.id());
    }

    private static boolean isAsLeft(MigrationPlan plan, Target target, Ledger ledger)
            throws SQLException {
        for (TablePlan table : plan.tables()) {
            String name = Sql.quoted(plan.schema(), table.target());
            boolean there = target.exists("select 1 where to_regclass(?) is not null", name);
            long rows = there ? target.count("select count(*) from " + name) : 0;
            if (rows + ledger.quarantined(table) != ledger.done(table).rows()) {
                return false;
            }
        }
        return true;
    }

    private void prove(MigrationPlan plan, Snapshot snapshot, Target target, MigrationReport moved)
            throws SQLException, IOException {
        if (moved.quarantined() > 0) {
            throw new MigrationException(
                    ErrorCode.CONFLICT,
                    moved.quarantined()
                            + " rows of the backup cannot be in PostgreSQL; they are in"
                            + " twinstore_moves.quarantine, and the rest is there. Drop the schema, and"
                            + " move the file with 'plan' and 'migrate' to do without them.");
        }
        try (Target reading = Target.connect(options.postgres())) {
            VerifyReport proof = Migration.verified(plan, snapshot, target, reading, listener);
            if (!proof.equal()) {
                throw new MigrationException(
                        ErrorCode.INTERNAL,
                        "PostgreSQL reads otherwise than the backup: "
                                + proof.tables().stream()
                                        .filter(table -> !table.equal())
                                        .map(VerifyReport.TableProof::table)
                                        .toList()
                                + proof.faults()
                                + ". Drop the schema, and restore anew.");
            }
        }
    }

    private RestoreReport report(MigrationPlan plan, MigrationReport moved) {
        OwnStorage found = OwnStorage.find(options);
        return new RestoreReport(
                file,
                record != null,
                found.info().database(),
                found.info().location(),
                found.info().schema(),
                moved.loaded(),
                null,
                plan.untranslated().stream().map(MigrationPlan.Untranslated::name).toList());
    }
}
