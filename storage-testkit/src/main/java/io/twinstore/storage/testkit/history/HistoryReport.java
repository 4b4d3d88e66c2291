package io.twinstore.storage.testkit.history;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the checker found in a history.
 *
 * @param counts how many anomalies there are of each kind that there is
 * @param examples the first of each kind
 */
public record HistoryReport(Map<Anomaly.Kind, Long> counts, List<Anomaly> examples) {

    public HistoryReport {
        counts = counts.isEmpty() ? Map.of() : Map.copyOf(new EnumMap<>(counts));
        examples = List.copyOf(examples);
    }

    /** Returns whether the storage kept its promises. */
    public boolean isClean() {
        return counts.isEmpty();
    }

    /** Returns how many anomalies there are. */
    public long anomalies() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Returns which kinds of anomalies there are. */
    public Set<Anomaly.Kind> kinds() {
        return counts.keySet();
    }

    /** Returns how many there are of each kind, and a line for each of the first ones. */
    @Override
    public String toString() {
        if (isClean()) {
            return "no anomaly";
        }
        String numbers =
                counts.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(entry -> entry.getValue() + " " + entry.getKey())
                        .collect(Collectors.joining(", "));
        return examples.stream()
                .map(Anomaly::toString)
                .collect(Collectors.joining("\n  ", numbers + "\n  ", ""));
    }
}
