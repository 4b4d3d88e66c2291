package io.twinstore.storage.jdbi;

import io.twinstore.storage.SessionId;
import io.twinstore.storage.jdbi.ScopeConditions.SessionInScope;
import io.twinstore.storage.jdbi.SearchCandidate.MessageKey;
import io.twinstore.storage.search.Expression;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of the elements are in which transcripts, in one snapshot. What was seen in a message that
 * was read counts for all elements, so that each is looked for only where it is missing still.
 */
final class TranscriptElements {

    /** How many messages are read in one go. */
    private static final int BATCH = 64;

    /** How many elements are tried to see which is in few messages. */
    private static final int TRIED = 16;

    private final SearchSnapshot now;
    private final WantedElements wanted;
    private final Map<SessionId, BitSet> seen = new HashMap<>();

    TranscriptElements(SearchSnapshot now, WantedElements wanted) {
        this.now = now;
        this.wanted = wanted;
        if (wanted.count() > 0) {
            now.unindexed(wanted.window(), this::read);
        }
    }

    private void read(MessageRow message) {
        BitSet own = seen.computeIfAbsent(message.sessionId(), id -> new BitSet());
        if (own.cardinality() < wanted.count()) {
            own.or(wanted.in(message));
        }
    }

    private boolean has(SessionId session, int element) {
        BitSet own = seen.get(session);
        return own != null && own.get(element);
    }

    /**
     * Returns sessions among which all are that contain the elements, if one of the elements may be
     * in so many messages at most, and null otherwise. Null, too, where the scope has few sessions.
     */
    @Nullable Set<SessionId> sessions(int messages) throws SQLException {
        Set<SessionId> fewest = null;
        if (now.scope().sessions() == null) {
            for (int i = 0; i < Math.min(TRIED, wanted.count()); i++) {
                Expression expression = wanted.expression(i);
                Set<SessionId> own = expression == null ? null : sessions(i, expression, messages);
                if (own != null && (fewest == null || own.size() < fewest.size())) {
                    fewest = own;
                }
            }
        }
        return fewest;
    }

    private @Nullable Set<SessionId> sessions(int element, Expression expression, int messages)
            throws SQLException {
        List<SearchCandidate> found =
                now.find(now.query(expression, List.of(), wanted.window(), messages + 1));
        if (found.size() > messages) {
            return null;
        }
        Set<SessionId> sessions = new HashSet<>();
        found.forEach(entry -> sessions.add(SessionId.of(entry.sessionId())));
        seen.forEach(
                (session, own) -> {
                    if (own.get(element)) {
                        sessions.add(session);
                    }
                });
        return sessions;
    }

    /** Returns those whose transcripts contain all elements, in their order. */
    List<CreatedRow> containing(List<CreatedRow> rows) throws SQLException {
        Map<SessionId, CreatedRow> left = new LinkedHashMap<>();
        rows.forEach(row -> left.put(row.session().sessionId(), row));
        for (int i = 0; i < wanted.count(); i++) {
            int element = i;
            List<SessionInScope> without =
                    left.values().stream()
                            .map(CreatedRow::inScope)
                            .filter(session -> !has(session.sessionId(), element))
                            .toList();
            if (!without.isEmpty()) {
                look(without, element);
                left.keySet().removeIf(session -> !has(session, element));
            }
        }
        return List.copyOf(left.values());
    }

    /** Looks for an element in these sessions: at one message of each, and then at all others. */
    private void look(List<SessionInScope> sessions, int element) throws SQLException {
        CandidateQuery query =
                now.query(wanted.expression(element), List.of(), wanted.window(), BATCH);
        List<SearchCandidate> ones = now.findOneInEach(query.within(sessions));
        Set<String> possible = new HashSet<>();
        ones.forEach(entry -> possible.add(entry.sessionId()));
        List<MessageKey> keys = ones.stream().map(SearchCandidate::message).toList();
        for (int from = 0; from < keys.size(); from += BATCH) {
            now.messages(keys.subList(from, Math.min(keys.size(), from + BATCH)), this::read);
        }
        for (SessionInScope session : sessions) {
            if (!has(session.sessionId(), element)
                    && possible.contains(session.sessionId().value())) {
                now.entries(
                        query.within(List.of(session)),
                        wanted.window(),
                        entries -> isMissingIn(entries, session.sessionId(), element));
            }
        }
    }

    /** Reads these messages of a session, until the element is in one of them. */
    private boolean isMissingIn(List<SearchCandidate> entries, SessionId session, int element) {
        List<MessageKey> keys = entries.stream().map(SearchCandidate::message).distinct().toList();
        for (int from = 0; from < keys.size() && !has(session, element); from += BATCH) {
            now.messages(keys.subList(from, Math.min(keys.size(), from + BATCH)), this::read);
        }
        return !has(session, element);
    }
}
