package io.twinstore.storage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.Storage;
import io.twinstore.storage.testkit.history.Anomaly;
import io.twinstore.storage.testkit.history.AppendOperation;
import io.twinstore.storage.testkit.history.Batch;
import io.twinstore.storage.testkit.history.HistoryChecker;
import io.twinstore.storage.testkit.history.HistoryClient;
import io.twinstore.storage.testkit.history.HistoryReport;
import io.twinstore.storage.testkit.history.Recording;
import java.util.List;
import java.util.Set;

/**
 * Histories of eight threads on two storages, which append to two sessions in every way at once and
 * read them. Each clause looks for anomalies of its own kinds.
 */
final class HistoryClauses {

    private static final int THREADS = 8;
    private static final int ROUNDS = 6;

    /** Where the numbers of messages begin that two clients send at the same moment. */
    private static final long SHARED = 1_000_000;

    @Clause(id = "HIS-KEEP-001")
    void keepsWhatItAcknowledges(ClauseContext given) {
        hasNo(
                given,
                Anomaly.Kind.LOST,
                Anomaly.Kind.INVENTED,
                Anomaly.Kind.GAP,
                Anomaly.Kind.WRONG_SEQUENCE);
    }

    @Clause(id = "HIS-ONCE-001")
    void appliesOnce(ClauseContext given) {
        hasNo(given, Anomaly.Kind.DOUBLED, Anomaly.Kind.WRONG_REPLAY);
    }

    @Clause(id = "HIS-ORDER-001")
    void keepsTheOrderOfRealTime(ClauseContext given) {
        hasNo(given, Anomaly.Kind.REORDERED, Anomaly.Kind.TORN);
    }

    @Clause(id = "HIS-FAIL-001")
    void keepsNothingThatFailed(ClauseContext given) {
        hasNo(given, Anomaly.Kind.ABORTED_BUT_VISIBLE);
    }

    @Clause(id = "HIS-READ-001")
    void readsSkipNothingAndAreFresh(ClauseContext given) {
        hasNo(given, Anomaly.Kind.SKIPPED, Anomaly.Kind.STALE, Anomaly.Kind.INVENTED);
    }

    private static void hasNo(ClauseContext given, Anomaly.Kind... kinds) {
        HistoryReport report = report(given);
        assertThat(report.kinds())
                .as("anomalies in a history: %s", report)
                .doesNotContainAnyElementsOf(Set.of(kinds));
    }

    private static HistoryReport report(ClauseContext given) {
        List<SessionId> sessions = List.of(given.session().id(), given.session().id());
        List<Storage> storages = List.of(given.storage(), given.open(options -> options));
        Recording recording = Recording.inMemory(sessions);
        List<Outcome<Boolean>> outcomes =
                Together.run(
                        THREADS,
                        thread -> {
                            SessionStore store = storages.get(thread % 2).sessions();
                            live(
                                    thread,
                                    new HistoryClient(store, recording.client(thread)),
                                    sessions);
                            return true;
                        });
        assertThat(Outcome.errors(outcomes)).as("errors of reads").isEmpty();
        HistoryClient last = new HistoryClient(given.sessions(), recording.client(THREADS));
        sessions.forEach(session -> last.read(session, 0));
        return HistoryChecker.check(
                recording.history(), HistoryClient.transcripts(given.sessions(), sessions));
    }

    /** What one client does. */
    private static void live(int thread, HistoryClient client, List<SessionId> sessions) {
        long[] known = new long[sessions.size()];
        for (int round = 0; round < ROUNDS; round++) {
            int which = (thread + round / 3) % sessions.size();
            SessionId session = sessions.get(which);
            client.append(session, 1 + round % 3);
            known[which] = client.read(session, known[which]);
            client.appendAfter(session, 2, known[which]);
            client.append(session, 1);
            // The last sequence is another one by now, for certain.
            client.appendAfter(session, 1, known[which]);
            Batch own = client.batch(2);
            client.attempt(session, own, true, AppendOperation.ANY);
            client.attempt(session, own, true, AppendOperation.ANY);
            // Two clients on two storages send it, about at the same moment.
            Batch shared = new Batch(thread / 2, SHARED + 2L * round, 2);
            client.attempt(sessions.get(round % 2), shared, true, AppendOperation.ANY);
        }
    }
}
