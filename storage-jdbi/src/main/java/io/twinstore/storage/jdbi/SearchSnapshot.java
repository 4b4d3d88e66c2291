package io.twinstore.storage.jdbi;

import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.jdbi.CreatedRow.Place;
import io.twinstore.storage.jdbi.SearchCandidate.MessageKey;
import io.twinstore.storage.search.Expression;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** One state of the database, as it is searched: the index, and the messages that it lacks. */
final class SearchSnapshot {

    private final Handle handle;
    private final SearchDao dao;
    private final SearchTables tables;
    private final ScopeConditions scope;
    private final List<PendingRow> pending;
    private final CurrentEntries current;
    private @Nullable ScopeConditions resolved;

    /**
     * @param pending the sessions in the scope that have messages which are not indexed
     */
    SearchSnapshot(
            Handle handle,
            SearchDao dao,
            TailDao heads,
            SearchTables tables,
            ScopeConditions scope,
            List<PendingRow> pending) {
        this.handle = handle;
        this.dao = dao;
        this.tables = tables;
        this.scope = scope;
        this.pending = pending;
        this.current = new CurrentEntries(heads);
    }

    SearchDao dao() {
        return dao;
    }

    /** Returns the scope, with its sessions where these are few. */
    ScopeConditions scope() {
        ScopeConditions known = resolved;
        if (known == null) {
            known = ScopeSql.resolved(scope, dao);
            resolved = known;
        }
        return known;
    }

    /** Returns what to ask the index for, within the scope and the window. */
    CandidateQuery query(
            @Nullable Expression expression,
            List<Expression.Leaf> leaves,
            SearchWindow window,
            int limit) {
        return new CandidateQuery(
                expression, leaves, scope(), window.firstId(), window.aboveLastId(), limit);
    }

    /**
     * Hands on what the index finds, the newest first, until that is enough or all. It is handed on
     * by whole slots, so that all entries of a message are there, and all of a time.
     *
     * @param wantsMore takes what lies in the window, in no order, and says whether to go on
     */
    void entries(
            CandidateQuery asked, SearchWindow window, Predicate<List<SearchCandidate>> wantsMore)
            throws SQLException {
        CandidateQuery query = asked;
        while (true) {
            List<SearchCandidate> found = new ArrayList<>(find(query));
            boolean more = found.size() == query.limit();
            CandidateQuery next = query;
            if (more) {
                long last = found.get(found.size() - 1).id();
                long slot = EntryIds.slotOf(last);
                found.addAll(find(query.further(slot, last, Integer.MAX_VALUE)));
                int limit = Math.min(4 * query.limit(), SessionStore.RANKED);
                next = query.further(asked.from(), slot, Math.max(limit, query.limit()));
            }
            found.removeIf(entry -> !window.holds(entry.createdMicros()));
            current.keep(found);
            if (!wantsMore.test(found) || !more) {
                return;
            }
            query = next;
        }
    }

    /** Returns what the index finds, current or not, as {@link SearchTables#find} does. */
    List<SearchCandidate> find(CandidateQuery query) throws SQLException {
        return isNowhere(query) ? List.of() : tables.find(handle, query);
    }

    /** Returns an entry of each session, as {@link SearchTables#findOneInEach} does. */
    List<SearchCandidate> findOneInEach(CandidateQuery query) throws SQLException {
        return isNowhere(query) ? List.of() : tables.findOneInEach(handle, query);
    }

    private static boolean isNowhere(CandidateQuery query) {
        return query.scope().sessions() != null && query.scope().sessions().isEmpty();
    }

    /** Hands on what the index lacks, in no particular order. */
    void unindexed(SearchWindow window, Consumer<MessageRow> each) {
        for (PendingRow row : pending) {
            try (Stream<MessageRow> rows =
                    dao.messages(row.sessionId(), row.after(), row.lastSeq()).stream()) {
                rows.filter(message -> window.holds(EntryIds.micros(message.createdAt())))
                        .forEach(each);
            }
        }
    }

    /**
     * Returns sessions of the scope, those created last first, then by id.
     *
     * @param after where to begin, or null at the first
     * @param only among which sessions, or null for all
     */
    List<CreatedRow> created(@Nullable Place after, @Nullable Set<SessionId> only, int limit) {
        Conditions conditions = new Conditions().and(scope.where());
        scope.bindings().forEach(conditions::bind);
        if (after != null) {
            conditions
                    .and(
                            "s.created_at <= :placeTime"
                                    + " and (s.created_at < :placeTime or s.session_id > :placeId)")
                    .bind("placeTime", after.createdAt())
                    .bind("placeId", after.sessionId());
        }
        return only == null
                ? dao.created(conditions.where(), conditions.bindings(), limit)
                : dao.createdAmong(
                        conditions.where(), conditions.bindings(), HeadsLook.list(only), limit);
    }

    /** Hands on these messages, in no particular order; few of them are in memory at a time. */
    void messages(List<MessageKey> keys, Consumer<MessageRow> each) {
        if (!keys.isEmpty()) {
            try (Stream<MessageRow> rows = dao.messagesAt(JsonLists.ofMessages(keys)).stream()) {
                rows.forEach(each);
            }
        }
    }
}
