package io.twinstore.storage.migrate;

import io.twinstore.storage.migrate.VerifyReport.Sample;
import java.io.IOException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts to both sides of a table what applications ask: how many rows, some rows by key, a range of
 * the key, how many have one value of an index. The answers are compared; the times are told.
 */
final class SampleQueries {

    private static final int RUNS = 3;
    private static final int RANGE_ROWS = 100;
    private static final long RANGE_BYTES = 4_000_000;

    private final MigrationPlan plan;
    private final TablePlan table;
    private final Connection source;
    private final Target reading;
    private final Ledger ledger;
    private final boolean quarantined;
    private final String by;

    /**
     * @param reading a connection that does nothing else meanwhile
     * @param ledger on another connection
     */
    SampleQueries(
            MigrationPlan plan, TablePlan table, Connection source, Target reading, Ledger ledger)
            throws SQLException {
        this.plan = plan;
        this.table = table;
        this.source = source;
        this.reading = reading;
        this.ledger = ledger;
        quarantined = ledger.quarantined(table) > 0;
        by = "(" + String.join(", ", SourceRows.orderSql(table)) + ")";
    }

    List<Sample> samples() throws SQLException, IOException {
        List<Sample> samples = new ArrayList<>();
        samples.add(count());
        List<Place> places = new Places(source, table).spread();
        if (places.isEmpty()) {
            return samples;
        }
        Place middle = places.get(places.size() / 2);
        samples.add(
                rows(
                        places.size() == 1 ? "1 row by key" : places.size() + " rows by key",
                        places.stream().map(this::lookup).toList()));
        if (!middle.numbered()) {
            samples.add(rows("a range of the key", List.of(range(middle))));
        }
        indexed(middle).ifPresent(samples::add);
        return samples;
    }

    /** Rows that both sides are asked for, each in its own words. */
    private record Asked(
            String source, List<Cell> bound, String target, @Nullable List<Cell> key) {}

    private Asked lookup(Place place) {
        return new Asked(
                by + " = (" + SourceRows.parameters(place.order()) + ")",
                place.order(),
                keyed(" = ", place.key()),
                place.numbered() ? place.key() : null);
    }

    /** From a place on, up to so many rows that they are surely small. */
    private Asked range(Place from) throws SQLException {
        List<Cell> last = from.order();
        String begin = by + " >= (" + SourceRows.parameters(from.order()) + ")";
        try (SourceRows rows = SourceRows.where(source, table, begin, from.order())) {
            long bytes = 0;
            SourceRow row = rows.next();
            for (int i = 0; row != null && i < RANGE_ROWS && bytes < RANGE_BYTES; i++) {
                last = row.order();
                bytes += row.cells().stream().mapToLong(Cell::length).sum();
                row = rows.next();
            }
        }
        List<Cell> bound = new ArrayList<>(from.order());
        bound.addAll(last);
        return new Asked(
                begin + " and " + by + " <= (" + SourceRows.parameters(last) + ")",
                bound,
                keyed(" >= ", from.key()) + " and " + keyed(" <= ", last),
                null);
    }

    private String keyed(String comparison, List<Cell> key) {
        List<Codec> codecs = Quarantine.keyCodecs(table);
        List<String> literals = new ArrayList<>();
        for (int i = 0; i < key.size(); i++) {
            literals.add(Literals.of(codecs.get(i), key.get(i)));
        }
        return "("
                + Sql.list(Quarantine.keyColumns(table))
                + ")"
                + comparison
                + "("
                + String.join(", ", literals)
                + ")";
    }

    private Sample rows(String query, List<Asked> asked) throws SQLException, IOException {
        List<String> here = new ArrayList<>();
        List<String> there = new ArrayList<>();
        for (Asked each : asked) {
            answerOfSource(each, here);
            answerOfTarget(each, there);
        }
        Duration[] ofSource = new Duration[RUNS];
        Duration[] ofTarget = new Duration[RUNS];
        for (int run = 0; run < RUNS; run++) {
            ofSource[run] = readSource(asked);
            ofTarget[run] = readTarget(asked);
        }
        return new Sample(
                table.name(),
                query,
                here.equals(there),
                here.size(),
                middle(ofSource),
                middle(ofTarget));
    }

    private void answerOfSource(Asked asked, List<String> answer) throws SQLException {
        try (SourceRows rows = SourceRows.where(source, table, asked.source(), asked.bound())) {
            for (SourceRow row = rows.next(); row != null; row = rows.next()) {
                List<Cell> key = asked.key();
                if (!isAside(key == null ? row.key() : key)) {
                    answer.add(digest(row.cells()));
                }
            }
        }
    }

    private boolean isAside(List<Cell> key) throws SQLException {
        return quarantined
                && !ledger.kept().quarantine(table, List.of(KeptCells.digest(key))).isEmpty();
    }

    private void answerOfTarget(Asked asked, List<String> answer) throws SQLException, IOException {
        RestoredRows restored = new RestoredRows(plan, table, ledger, false);
        try (BinaryRows rows = ask(asked)) {
            for (List<byte @Nullable []> row = rows.next(); row != null; row = rows.next()) {
                answer.add(digest(restored.of(List.of(row)).get(0).cells()));
            }
        }
    }

    private BinaryRows ask(Asked asked) throws SQLException, IOException {
        return BinaryRows.of(reading, RestoredRows.sql(plan, table, "where " + asked.target()));
    }

    /** Every byte was compared before; of large cells the type and length do here. */
    private static String digest(List<Cell> cells) {
        MessageDigest digest = CellList.sha256();
        for (Cell cell : cells) {
            boolean large = cell.length() > LargeBytes.LARGE;
            (large ? Cell.text(cell.toString()) : cell).addTo(digest);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private Duration readSource(List<Asked> asked) throws SQLException {
        long begin = System.nanoTime();
        for (Asked each : asked) {
            try (SourceRows rows = SourceRows.where(source, table, each.source(), each.bound())) {
                while (rows.next() != null) {
                    // Reading is all there is to it.
                }
            }
        }
        return since(begin);
    }

    private Duration readTarget(List<Asked> asked) throws SQLException, IOException {
        long begin = System.nanoTime();
        for (Asked each : asked) {
            try (BinaryRows rows = ask(each)) {
                while (rows.next() != null) {
                    // Reading is all there is to it.
                }
            }
        }
        return since(begin);
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private static Duration middle(Duration[] runs) {
        Arrays.sort(runs);
        return runs[runs.length / 2];
    }

    private Sample count() throws SQLException {
        return counted("all rows, counted", "", List.of(), "", ledger.quarantined(table));
    }

    /** Counts rows with one value of an index, or of the first column of a key of several. */
    private Optional<Sample> indexed(Place place) throws SQLException, IOException {
        for (TablePlan.IndexPlan index : indexes()) {
            Optional<List<Cell>> values = place.values(table, index.columns());
            if (values.isPresent() && isExact(index.columns())) {
                return Optional.of(indexed(index, values.get()));
            }
        }
        return Optional.empty();
    }

    private List<TablePlan.IndexPlan> indexes() {
        List<TablePlan.IndexPlan> indexes = new ArrayList<>(table.indexes());
        indexes.addAll(table.uniques());
        if (table.key().size() > 1) {
            indexes.add(new TablePlan.IndexPlan("key", table.key().subList(0, 1)));
        }
        return indexes;
    }

    /** A value of these is equal on one side exactly where it is on the other. */
    private boolean isExact(List<String> columns) throws SQLException {
        for (String column : columns) {
            if (!Literals.areExact(table.column(column).how())
                    || ledger.hasResidue(table, column)) {
                return false;
            }
        }
        return true;
    }

    private Sample indexed(TablePlan.IndexPlan index, List<Cell> values)
            throws SQLException, IOException {
        List<String> here = new ArrayList<>();
        List<String> there = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            ColumnPlan column = table.column(index.columns().get(i));
            String parameter = SourceRows.parameters(List.of(values.get(i)));
            here.add(Sql.quoted(column.name()) + " = " + parameter + " collate binary");
            there.add(
                    Sql.quoted(column.target()) + " = " + Literals.of(column.how(), values.get(i)));
        }
        return counted(
                "rows with one value of "
                        + String.join(", ", index.columns())
                        + ", counted by index",
                " where " + String.join(" and ", here),
                values,
                " where " + String.join(" and ", there),
                quarantined ? aside(index.columns(), values) : 0);
    }

    private long aside(List<String> columns, List<Cell> values) throws SQLException, IOException {
        long[] found = {0};
        ledger.kept()
                .eachQuarantined(
                        table,
                        row -> {
                            List<Cell> those =
                                    columns.stream()
                                            .map(c -> row.cells().get(table.indexOf(c)))
                                            .toList();
                            found[0] += those.equals(values) ? 1 : 0;
                        });
        return found[0];
    }

    /**
     * @param aside how many of the rows that the source counts are in quarantine
     */
    private Sample counted(String query, String here, List<Cell> bound, String there, long aside)
            throws SQLException {
        long begin = System.nanoTime();
        long ofSource = countSource(here, bound);
        Duration sourceTook = since(begin);
        begin = System.nanoTime();
        long ofTarget =
                reading.count(
                        "select count(*) from "
                                + Sql.quoted(plan.schema(), table.target())
                                + there);
        Duration targetTook = since(begin);
        return new Sample(
                table.name(),
                query,
                ofSource == ofTarget + aside,
                ofSource,
                sourceTook,
                targetTook);
    }

    private long countSource(String where, List<Cell> bound) throws SQLException {
        try (PreparedStatement statement =
                source.prepareStatement(
                        "select count(*) from " + Sql.quoted(table.name()) + where)) {
            for (int i = 0; i < bound.size(); i++) {
                SourceRows.bind(statement, i + 1, bound.get(i));
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
