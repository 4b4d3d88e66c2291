package io.twinstore.storage.testkit.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Up to which sequence a session was known to reach, and since when. */
final class Known {

    private final List<Fact> facts = new ArrayList<>();

    /**
     * From this instant on it was known.
     *
     * @param since when
     * @param sequence up to which sequence
     * @param source the operation that said so
     */
    record Fact(long since, long sequence, Object source) {}

    void add(long since, long sequence, Object source) {
        facts.add(new Fact(since, sequence, source));
    }

    /** Puts the facts in order and drops those that say nothing new. */
    void sort() {
        facts.sort(Comparator.comparingLong(Fact::since));
        List<Fact> news = new ArrayList<>();
        for (Fact fact : facts) {
            if (news.isEmpty() || fact.sequence() > news.get(news.size() - 1).sequence()) {
                news.add(fact);
            }
        }
        facts.clear();
        facts.addAll(news);
    }

    /** Returns the most that was known before this instant, or null. */
    @Nullable Fact before(long instant) {
        int low = 0;
        int high = facts.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (facts.get(middle).since() < instant) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? null : facts.get(low - 1);
    }
}
