package io.twinstore.storage.jdbi;

import io.twinstore.storage.SessionId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells the entries of live sessions' current transcripts from the others in an index: it keeps
 * those of hidden sessions, and for a while those of earlier generations. Looks at each session
 * once, which is far cheaper than once for each entry.
 */
final class CurrentEntries {

    private final TailDao dao;
    private final Map<String, TailHead> heads = new HashMap<>();

    CurrentEntries(TailDao dao) {
        this.dao = dao;
    }

    /** Removes the entries that are not current. */
    void keep(List<SearchCandidate> entries) {
        Set<String> unknown = new HashSet<>();
        for (SearchCandidate entry : entries) {
            if (!heads.containsKey(entry.sessionId())) {
                unknown.add(entry.sessionId());
            }
        }
        if (!unknown.isEmpty()) {
            String ids = HeadsLook.list(unknown.stream().map(SessionId::of).toList());
            dao.heads(ids).forEach(head -> heads.put(head.sessionId().value(), head));
        }
        entries.removeIf(entry -> !isCurrent(entry));
    }

    private boolean isCurrent(SearchCandidate entry) {
        @Nullable TailHead head = heads.get(entry.sessionId());
        return head != null && !head.deleted() && entry.seq() > head.baseSeq();
    }
}
