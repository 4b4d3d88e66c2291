package io.twinstore.storage.migrate;

import io.twinstore.storage.migrate.TablePlan.CheckPlan;
import io.twinstore.storage.migrate.TablePlan.ExpressionIndexPlan;
import io.twinstore.storage.migrate.VerifyReport.Sample;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks both sides for how many rows each condition of a table is true, false and NULL, each in its
 * own words: the proof that the words mean the same. Rows in quarantine are left out.
 */
final class ExpressionSamples {

    private static final long MOST_ASIDE = 10_000;

    private final MigrationPlan plan;
    private final TablePlan table;
    private final Connection source;
    private final Target reading;
    private final Ledger ledger;

    /**
     * @param reading a connection that does nothing else meanwhile
     * @param ledger on another connection
     */
    ExpressionSamples(
            MigrationPlan plan, TablePlan table, Connection source, Target reading, Ledger ledger) {
        this.plan = plan;
        this.table = table;
        this.source = source;
        this.reading = reading;
        this.ledger = ledger;
    }

    List<Sample> samples() throws SQLException, IOException {
        List<Sample> samples = new ArrayList<>();
        // A repaired row is another one in the target; and rows in quarantine are asked for singly.
        if (new Repairs(ledger).count(table) > 0 || ledger.quarantined(table) > MOST_ASIDE) {
            return samples;
        }
        TargetExpressions expressions = TargetExpressions.of(table);
        for (CheckPlan check : table.checks()) {
            samples.add(
                    sample(
                            "rows that keep the check " + check.name(),
                            check.condition(),
                            expressions.condition(check)));
        }
        for (ExpressionIndexPlan index : table.expressionIndexes()) {
            String condition = index.condition();
            if (condition != null) {
                samples.add(
                        sample(
                                "rows that the index " + index.name() + " is over",
                                condition,
                                expressions.where(index.name(), condition)));
            }
        }
        return samples;
    }

    /** For how many rows a condition is true, false and NULL. */
    private record Answers(long yes, long no, long unknown) {

        Answers without(Answers aside) {
            return new Answers(yes - aside.yes, no - aside.no, unknown - aside.unknown);
        }
    }

    private Sample sample(String query, String here, String there)
            throws SQLException, IOException {
        long begin = System.nanoTime();
        Answers ofSource = ofSource(here).without(aside(here));
        Duration sourceTook = Duration.ofNanos(System.nanoTime() - begin);
        begin = System.nanoTime();
        Answers ofTarget = ofTarget(there);
        Duration targetTook = Duration.ofNanos(System.nanoTime() - begin);
        return new Sample(
                table.name(),
                query,
                ofSource.equals(ofTarget),
                ofSource.yes(),
                sourceTook,
                targetTook);
    }

    private Answers ofSource(String condition) throws SQLException {
        return ofSource(condition, "", List.of());
    }

    private Answers ofSource(String condition, String where, List<Cell> bound) throws SQLException {
        // A comment may end it.
        String said = "(" + condition + "\n)";
        try (PreparedStatement statement =
                source.prepareStatement(
                        "select count(case when "
                                + said
                                + " then 1 end), count(case when not "
                                + said
                                + " then 1 end), count(*) from "
                                + Sql.quoted(table.name())
                                + where)) {
            for (int i = 0; i < bound.size(); i++) {
                SourceRows.bind(statement, i + 1, bound.get(i));
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return answers(row);
            }
        }
    }

    private Answers aside(String condition) throws SQLException, IOException {
        long[] counts = new long[3];
        String by = "(" + String.join(", ", SourceRows.orderSql(table)) + ")";
        ledger.kept()
                .eachQuarantined(
                        table,
                        kept -> {
                            SourceRow row = SourceRows.find(source, table, kept.key());
                            if (row != null) {
                                String one =
                                        " where "
                                                + by
                                                + " = ("
                                                + SourceRows.parameters(row.order())
                                                + ")";
                                Answers answers = ofSource(condition, one, row.order());
                                counts[0] += answers.yes();
                                counts[1] += answers.no();
                                counts[2] += answers.unknown();
                            }
                        });
        return new Answers(counts[0], counts[1], counts[2]);
    }

    private Answers ofTarget(String condition) throws SQLException {
        try (Statement statement = reading.connection().createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "select count(*) filter (where "
                                        + condition
                                        + "), count(*) filter (where not "
                                        + condition
                                        + "), count(*) from "
                                        + Sql.quoted(plan.schema(), table.target()))) {
            row.next();
            return answers(row);
        }
    }

    private static Answers answers(ResultSet row) throws SQLException {
        long yes = row.getLong(1);
        long no = row.getLong(2);
        return new Answers(yes, no, row.getLong(3) - yes - no);
    }
}
