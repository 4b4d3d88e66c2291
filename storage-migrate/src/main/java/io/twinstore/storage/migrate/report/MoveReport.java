package io.twinstore.storage.migrate.report;

import io.twinstore.storage.migrate.MigrationPlan;
import io.twinstore.storage.migrate.MigrationReport;
import io.twinstore.storage.migrate.VerifyReport;

/**
 * A plan, a move or a proof as one HTML page that needs nothing else: no script, no font, nothing
 * from elsewhere. It shows names of tables and columns and never a value of a cell, a user or a
 * password.
 */
public final class MoveReport {

    private MoveReport() {}

    /** Returns the page of what a move would do. */
    public static String of(MigrationPlan plan) {
        return new PlanPage(plan).html();
    }

    /** Returns the page of what a move did. */
    public static String of(MigrationPlan plan, MigrationReport report) {
        return new MovePage(plan, report).html();
    }

    /** Returns the page of what a comparison of both sides found. */
    public static String of(MigrationPlan plan, VerifyReport report) {
        return new ProofPage(plan, report).html();
    }
}
