package io.twinstore.storage.testkit.history;

import static java.util.stream.Collectors.groupingBy;

import io.twinstore.storage.SessionId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds what a storage did wrong in a history of appends to lists.
 *
 * <p>Since messages say who they are and lists are only appended to, the final transcript orders
 * all appends, and each promise is a comparison with it: what was acknowledged stands there once,
 * where it was said to; what failed does not; of two appends, one of which was over before the
 * other began, it comes first; and each read shows a part of it without holes that is not older
 * than what was known before it began. Time and memory grow with the number of operations and of
 * messages shown.
 */
public final class HistoryChecker {

    private HistoryChecker() {}

    /**
     * Checks a history that is over.
     *
     * @param history what all clients did
     * @param transcripts every session of the history with all its messages, read after the last
     *     call had ended, and after calls of unknown outcome can have had any effect
     */
    public static HistoryReport check(History history, Map<SessionId, List<Sighting>> transcripts) {
        Findings findings = new Findings();
        Map<SessionId, List<AppendOperation>> appends =
                history.appends().stream().collect(groupingBy(AppendOperation::session));
        Map<SessionId, List<ReadOperation>> reads =
                history.reads().stream().collect(groupingBy(ReadOperation::session));
        requireTranscripts(appends.keySet(), transcripts.keySet());
        requireTranscripts(reads.keySet(), transcripts.keySet());
        TreeMap<String, SessionId> inOrder = new TreeMap<>();
        transcripts.keySet().forEach(id -> inOrder.put(id.value(), id));
        for (SessionId session : inOrder.values()) {
            Attempts attempts = Attempts.of(appends.getOrDefault(session, List.of()));
            FinalTranscript last =
                    new FinalTranscript(session, transcripts.getOrDefault(session, List.of()));
            new AppendCheck(session, attempts, last, findings).run();
            new ReadCheck(session, attempts, last, reads.getOrDefault(session, List.of()), findings)
                    .run();
        }
        return findings.report();
    }

    private static void requireTranscripts(Set<SessionId> used, Set<SessionId> given) {
        for (SessionId session : used) {
            if (!given.contains(session)) {
                throw new IllegalArgumentException(
                        "The history uses " + session.value() + ", whose transcript is not given.");
            }
        }
    }
}
