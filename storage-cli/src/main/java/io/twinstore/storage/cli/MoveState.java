package io.twinstore.storage.cli;

import io.twinstore.storage.migrate.MigrationPlan;
import io.twinstore.storage.migrate.TablePlan;
import io.twinstore.storage.migrate.report.Figures;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How far a move is, and how fast it goes: the figures behind its bars and lines. */
final class MoveState {

    /** Less than this of the whole tells nothing of the time that is left. */
    private static final double LEAST_PART = 0.01;

    private final @Nullable MigrationPlan plan;
    private long begin;
    private final Map<String, Long> done = new HashMap<>();
    private String table = "";
    private @Nullable String step;
    private long rows;
    private long of;
    private long unsent;
    private long tableBegin;
    private long tableBefore;
    private long before;

    MoveState(@Nullable MigrationPlan plan) {
        this.plan = plan;
    }

    void begins(String name, long alreadyThere, long ofRows, long now) {
        begin = done.isEmpty() ? now : begin;
        table = name;
        rows = alreadyThere;
        of = ofRows;
        unsent = 0;
        step = null;
        tableBegin = now;
        tableBefore = alreadyThere;
        before += alreadyThere;
        done.put(name, alreadyThere);
    }

    void sent(String name, long sinceCommit) {
        if (name.equals(table)) {
            unsent = sinceCommit;
        }
    }

    boolean isAt(String name, long at) {
        return name.equals(table) && rows == at && at > tableBefore;
    }

    void reached(String name, long at, long ofRows, long now) {
        if (!name.equals(table)) {
            begins(name, 0, ofRows, now);
        }
        rows = at;
        of = ofRows;
        unsent = 0;
        step = null;
        done.put(name, at);
    }

    void step(String what) {
        step = what;
    }

    String table() {
        return table;
    }

    @Nullable String step() {
        return step;
    }

    long rows() {
        return Math.min(of, rows + unsent);
    }

    long of() {
        return of;
    }

    /** Returns how much of the table is done, 0 to 1. */
    double part() {
        return of == 0 ? 1 : (double) rows() / of;
    }

    double rowsPerSecond(long now) {
        double seconds = (now - tableBegin) / 1e9;
        return seconds <= 0 ? 0 : (rows() - tableBefore) / seconds;
    }

    /** Returns the rate in bytes, by the table's mean, or 0 where its bytes are not known. */
    double bytesPerSecond(long now) {
        long bytes = plan == null ? 0 : plan.bytesOf(table);
        return of == 0 ? 0 : rowsPerSecond(now) * bytes / of;
    }

    /** Returns the seconds that the table has left, or a negative number when nothing tells. */
    double tableSecondsLeft(long now) {
        double rate = rowsPerSecond(now);
        boolean tells = of > 0 && rows() - tableBefore >= LEAST_PART * of;
        return rate > 0 && tells ? (of - rows()) / rate : -1;
    }

    boolean knowsAll() {
        return plan != null && plan.tables().size() > 1;
    }

    /** Returns how much of all tables is done, 0 to 1, by bytes and rows. */
    double partOfAll() {
        double whole = 0;
        double there = 0;
        if (plan != null) {
            for (TablePlan each : plan.tables()) {
                double weight = weight(each);
                whole += weight;
                there += weight * partOf(each);
            }
        }
        return whole == 0 ? 1 : there / whole;
    }

    private double partOf(TablePlan each) {
        long at = done.getOrDefault(each.name(), 0L);
        long current = each.name().equals(table) ? at + unsent : at;
        return each.rows() == 0 ? 1 : Math.min(1, (double) current / each.rows());
    }

    /** A row costs about as much as four hundred bytes. */
    private double weight(TablePlan each) {
        return (plan == null ? 0 : plan.bytesOf(each.name())) + 400.0 * each.rows();
    }

    long tablesDone() {
        return plan == null
                ? 0
                : plan.tables().stream()
                        .filter(each -> done.containsKey(each.name()) && partOf(each) >= 1)
                        .count();
    }

    int tables() {
        return plan == null ? 0 : plan.tables().size();
    }

    /** Returns the seconds that all tables have left, or a negative number when nothing tells. */
    double secondsLeft(long now) {
        double part = partOfAll();
        double earlier = earlierPart();
        double seconds = (now - begin) / 1e9;
        return seconds > 0 && part - earlier >= LEAST_PART
                ? seconds * (1 - part) / (part - earlier)
                : -1;
    }

    private double earlierPart() {
        long all = plan == null ? 0 : plan.rows();
        return all == 0 ? 0 : Math.min(1, (double) before / all);
    }

    /** Returns the figures of the table as one line. */
    String line(long now) {
        StringBuilder line = new StringBuilder(Figures.whole(rows()));
        line.append(" of ").append(Figures.whole(of)).append(" rows");
        double rate = rowsPerSecond(now);
        if (rate > 0) {
            line.append(", ").append(Figures.whole(Math.round(rate))).append(" rows/s");
        }
        double bytes = bytesPerSecond(now);
        if (bytes > 0) {
            line.append(", ").append(Figures.bytes(bytes)).append("/s");
        }
        double left = tableSecondsLeft(now);
        if (left >= 0 && rows() < of) {
            line.append(", ").append(Figures.clock(left)).append(" left");
        }
        return line.toString();
    }
}
