package io.twinstore.storage.testkit.history;

import io.twinstore.storage.SessionId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Collects anomalies; of each kind only the first are kept, since a storage that loses one message
 * may lose a million.
 */
final class Findings {

    private static final int EXAMPLES = 10;

    private final Map<Anomaly.Kind, Long> counts = new EnumMap<>(Anomaly.Kind.class);
    private final List<Anomaly> examples = new ArrayList<>();

    void add(Anomaly.Kind kind, SessionId session, Supplier<String> message) {
        if (counts.merge(kind, 1L, Long::sum) <= EXAMPLES) {
            examples.add(new Anomaly(kind, session, message.get()));
        }
    }

    HistoryReport report() {
        return new HistoryReport(counts, examples);
    }
}
