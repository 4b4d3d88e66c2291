package io.twinstore.storage.migrate;

import io.twinstore.storage.migrate.MigrationReport.TableResult;
import io.twinstore.storage.spi.MovedMarker;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** One run that carries a plan out: all of it, or what an earlier run has left. */
final class PlanRun {

    private final MigrationPlan plan;
    private final Snapshot snapshot;
    private final Target target;
    private final Timed listener;
    private final Ledger ledger;

    PlanRun(MigrationPlan plan, Snapshot snapshot, Target target, MigrationListener listener) {
        this.plan = plan;
        this.snapshot = snapshot;
        this.target = target;
        this.listener = Timed.of(listener);
        ledger = new Ledger(target, plan);
    }

    MigrationReport carryOut(MigrationOptions options) throws SQLException, IOException {
        PlanCheck.requireOf(plan, snapshot);
        boolean over = isOver();
        TargetTables tables = new TargetTables(plan, target);
        if (!over) {
            prepare(options);
        }
        boolean resumed = ledger.begin(plan, options.replace() ? tables::clear : () -> {});
        boolean complete = over || ledger.state().equals("done");
        if (!complete) {
            target.hasten();
            tables.make(resumed);
            complete = copied(options);
            target.settle();
            if (complete) {
                ledger.state("done");
            }
        }
        return report(resumed, complete);
    }

    private boolean isOver() throws SQLException {
        try {
            return ledger.state().equals("done");
        } catch (SQLException e) {
            if (!"42501".equals(e.getSQLState())) {
                throw e;
            }
            return false; // what rights are missing is said before anything is done
        }
    }

    /** A move that is over needs nothing of this, neither rights nor a server that takes writes. */
    private void prepare(MigrationOptions options) throws SQLException {
        new TargetCheck(plan, target).require();
        if (ledger.state().equals("not begun") && !options.replace()) {
            TargetTables.requireEmpty(plan, target);
        }
        if (plan.layout() == MigrationPlan.Layout.TWINSTORE) {
            TargetTables.makeOwn(plan);
        }
    }

    /** Returns whether all tables are there now, with all that comes after them. */
    private boolean copied(MigrationOptions options) throws SQLException, IOException {
        Finishing finishing =
                new Finishing(
                        plan,
                        target,
                        new Quarantine(plan, snapshot.connection(), target, ledger),
                        plan.layout() == MigrationPlan.Layout.TWINSTORE
                                ? snapshot.first("select language from search_state")
                                : null,
                        listener);
        Integer commitRows = options.commitRows();
        MigrationPlan paced = commitRows == null ? plan : plan.committing(commitRows);
        boolean all = true;
        for (TablePlan table : plan.tables()) {
            long before = ledger.done(table).rows();
            if (options.includes(table)) {
                listener.begins(table.name(), before, table.rows());
                new TableCopy(snapshot.connection(), target, ledger, paced, table, listener).run();
                finishing.keys(table);
            } else {
                all &= before >= table.rows();
            }
        }
        if (all) {
            finishing.run();
        }
        return all;
    }

    private MigrationReport report(boolean resumed, boolean complete) throws SQLException {
        List<MigrationReport.Step> steps = listener.steps();
        Duration took = listener.took();
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
                            ledger.residue(table),
                            plan.bytesOf(table.name()),
                            listener.moved(table.name()),
                            listener.took(table.name())));
        }
        return new MigrationReport(results, resumed, complete, steps, listener.startedAt(), took);
    }

    /** Writes beside the source where it was moved to; where that cannot be, says so. */
    void markSource() {
        String to =
                "PostgreSQL at " + plan.target().postgres().address() + ", schema " + plan.schema();
        MovedMarker marker = new MovedMarker(to, Instant.now().truncatedTo(ChronoUnit.SECONDS));
        for (PlannedFile file : plan.source().files()) {
            try {
                marker.write(file.file());
            } catch (IOException e) {
                listener.step(
                        "the source is not marked as moved: its folder cannot be written to ("
                                + e.getClass().getSimpleName()
                                + ")");
            }
        }
    }
}
