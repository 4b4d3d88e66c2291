package io.twinstore.storage.jdbi;

import io.twinstore.storage.SessionStore;
import io.twinstore.storage.jdbi.SearchCandidate.MessageKey;
import io.twinstore.storage.search.Evidence;
import io.twinstore.storage.search.SearchQuery;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides and scores the messages that an index and a scan found. A message in several entries is
 * judged by all of them together.
 */
final class Ranking {

    private final SearchQuery query;
    private final Map<MessageKey, Found> found = new HashMap<>();
    private final List<Ranked> matching = new ArrayList<>();
    private final Set<MessageKey> taken = new HashSet<>();

    /** What is known of a message so far. */
    private static final class Found {
        private final int tokens;
        private final int[] classes;

        private Found(int tokens, int[] classes) {
            this.tokens = tokens;
            this.classes = classes;
        }

        private void add(int[] more) {
            for (int i = 0; i < classes.length; i++) {
                classes[i] = Math.max(classes[i], more[i]);
            }
        }
    }

    /** A message that matches. */
    record Ranked(MessageKey message, long score) {

        /** The order of hits. */
        static final Comparator<Ranked> ORDER =
                Comparator.comparingLong(Ranked::score).reversed().thenComparing(Ranked::message);
    }

    Ranking(SearchQuery query) {
        this.query = query;
    }

    /** Takes entries; all those of a message are taken before the next {@link #decide}. */
    void take(List<SearchCandidate> candidates) {
        for (SearchCandidate candidate : candidates) {
            Found known = found.get(candidate.message());
            if (known == null) {
                found.put(candidate.message(), new Found(candidate.tokens(), candidate.classes()));
            } else {
                known.add(candidate.classes());
            }
        }
    }

    /**
     * Takes a message that was judged as a whole. In a transaction that sees what others commit it
     * may have been indexed meanwhile, and come twice.
     */
    void take(MessageKey message, Evidence evidence) {
        if (query.matches(evidence) && taken.add(message)) {
            matching.add(new Ranked(message, query.score(evidence)));
        }
    }

    /** Decides about the entries taken so far. */
    void decide() {
        found.forEach((message, known) -> take(message, Evidence.of(known.tokens, known.classes)));
        found.clear();
    }

    /** Returns how many messages match so far. */
    int size() {
        return matching.size();
    }

    boolean isCapped() {
        return matching.size() > SessionStore.RANKED;
    }

    /**
     * Returns the messages that are ranked, the best first: the newest where there are too many.
     */
    List<Ranked> ranked() {
        List<Ranked> newest = matching;
        if (isCapped()) {
            newest = new ArrayList<>(matching);
            newest.sort(Comparator.comparing(Ranked::message));
            newest = new ArrayList<>(newest.subList(0, SessionStore.RANKED));
        }
        newest.sort(Ranked.ORDER);
        return newest;
    }
}
