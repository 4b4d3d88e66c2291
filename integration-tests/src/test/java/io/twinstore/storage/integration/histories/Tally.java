package io.twinstore.storage.integration.histories;

import static io.twinstore.storage.testkit.history.AppendOutcome.Kind.FAILED;
import static io.twinstore.storage.testkit.history.AppendOutcome.Kind.OK;
import static io.twinstore.storage.testkit.history.AppendOutcome.Kind.UNKNOWN;

import io.twinstore.storage.SessionId;
import io.twinstore.storage.testkit.history.History;
import io.twinstore.storage.testkit.history.HistoryReport;
import io.twinstore.storage.testkit.history.Sighting;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a round, or several, came to.
 *
 * @param acknowledged attempts that were acknowledged
 * @param failed attempts that failed for certain
 * @param unknown attempts whose outcome nobody knows
 * @param repeated attempts at a batch that was tried before
 * @param messages messages that are there in the end
 * @param read messages that readers were shown
 * @param kills processes killed
 * @param serverKills servers killed
 * @param cuts faults of connections
 * @param anomalies anomalies found
 * @param nanos how long the appending took
 */
record Tally(
        long acknowledged,
        long failed,
        long unknown,
        long repeated,
        long messages,
        long read,
        long kills,
        long serverKills,
        long cuts,
        long anomalies,
        long nanos) {

    static Tally none() {
        return new Tally(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    static Tally of(
            History history,
            Map<SessionId, List<Sighting>> transcripts,
            HistoryReport report,
            long nanos) {
        long batches = history.appends().stream().map(a -> a.batch()).distinct().count();
        return new Tally(
                history.count(OK),
                history.count(FAILED),
                history.count(UNKNOWN),
                history.appends().size() - batches,
                transcripts.values().stream().mapToLong(List::size).sum(),
                history.reads().stream().mapToLong(read -> read.seen().size()).sum(),
                0,
                0,
                0,
                report.anomalies(),
                nanos);
    }

    Tally withFaults(Faults faults) {
        return new Tally(
                acknowledged,
                failed,
                unknown,
                repeated,
                messages,
                read,
                faults.kills(),
                faults.serverKills(),
                faults.cuts(),
                anomalies,
                nanos);
    }

    Tally plus(Tally other) {
        return new Tally(
                acknowledged + other.acknowledged,
                failed + other.failed,
                unknown + other.unknown,
                repeated + other.repeated,
                messages + other.messages,
                read + other.read,
                kills + other.kills,
                serverKills + other.serverKills,
                cuts + other.cuts,
                anomalies + other.anomalies,
                nanos + other.nanos);
    }

    @Override
    public String toString() {
        double seconds = nanos / 1e9;
        return String.format(
                Locale.ROOT,
                "%d acknowledged, %d failed, %d unknown, %d repeated; %d messages, %d read;"
                        + " killed %d processes, %d servers; %d faults of connections;"
                        + " %d anomalies; %.0f appends/s, %.1f s",
                acknowledged,
                failed,
                unknown,
                repeated,
                messages,
                read,
                kills,
                serverKills,
                cuts,
                anomalies,
                acknowledged / Math.max(seconds, 1e-9),
                seconds);
    }
}
