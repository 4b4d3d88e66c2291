package io.twinstore.storage.jdbi;

import io.twinstore.storage.SessionId;
import io.twinstore.storage.search.IndexedChunk;
import io.twinstore.storage.search.IndexedMessage;
import io.twinstore.storage.search.SearchTerms;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Indexes a batch of messages of pending sessions.
 *
 * <p>Messages are read and made into terms without a lock. Then one short transaction claims the
 * rows of the sessions, writes entries and moves the rows, if they are still where they were; what
 * another process indexed meanwhile is left as it is. Only where a session is indexed to its end is
 * its head touched, and only if nobody holds it: an appender waits for that commit at most.
 */
final class Indexing {

    private static final Logger LOG = LoggerFactory.getLogger(Indexing.class);

    private final Handles handles;
    private final StoreTools tools;
    private final SearchLanguages languages;

    Indexing(Handles handles, StoreTools tools, SearchLanguages languages) {
        this.handles = handles;
        this.tools = tools;
        this.languages = languages;
    }

    /**
     * What was read of pending sessions.
     *
     * @param sessions the rows that it goes on from
     * @param reached up to which sequence each of them was read, in the order of the rows
     * @param entries what was made of it
     */
    private record Batch(
            Map<SessionId, PendingRow> sessions,
            Map<SessionId, IndexedSession> reached,
            List<SearchEntry> entries) {}

    /**
     * Indexes some messages of these sessions.
     *
     * @param messages how many at most
     * @param bytes how large they are together at most; one message always
     */
    Done run(List<PendingRow> sessions, int messages, long bytes) {
        SearchLanguages.Known known = languages.known();
        String ids = HeadsLook.list(sessions.stream().map(PendingRow::sessionId).toList());
        List<MessageRow> rows =
                handles.read(handle -> tools.searches(handle).unindexed(ids, messages, bytes));
        Batch batch = batch(sessions, rows, known.terms());
        boolean done = handles.write(handle -> write(handle, batch, known));
        return new Done(done ? rows.size() : 0, lastLookedAt(sessions, batch, rows));
    }

    /**
     * What a batch did.
     *
     * @param messages how many messages it indexed; none where somebody else was at all of them
     * @param last the last session that it looked at, in the order of the rows
     */
    record Done(int messages, SessionId last) {}

    private static SessionId lastLookedAt(
            List<PendingRow> sessions, Batch batch, List<MessageRow> rows) {
        boolean all =
                sessions.stream().allMatch(row -> batch.reached().containsKey(row.sessionId()));
        return all || rows.isEmpty()
                ? sessions.get(sessions.size() - 1).sessionId()
                : rows.get(rows.size() - 1).sessionId();
    }

    private static Batch batch(
            List<PendingRow> sessions, List<MessageRow> rows, SearchTerms terms) {
        Map<SessionId, PendingRow> all = new LinkedHashMap<>();
        sessions.forEach(row -> all.put(row.sessionId(), row));
        Map<SessionId, IndexedSession> reached = new LinkedHashMap<>();
        for (PendingRow row : sessions) {
            if (row.missing() == 0) {
                reached.put(
                        row.sessionId(), new IndexedSession(row.sessionId(), row.after(), null));
            }
        }
        List<SearchEntry> entries = new ArrayList<>(rows.size());
        for (MessageRow row : rows) {
            PendingRow session = all.get(row.sessionId());
            if (session != null && row.seq() > session.after()) {
                add(entries, row, session, terms);
                reached.put(
                        row.sessionId(),
                        new IndexedSession(row.sessionId(), row.seq(), row.createdAt()));
            }
        }
        return new Batch(all, reached, entries);
    }

    private static void add(
            List<SearchEntry> entries, MessageRow row, PendingRow session, SearchTerms terms) {
        IndexedMessage indexed = terms(row, terms);
        long micros = EntryIds.micros(row.createdAt());
        String id = row.sessionId().value();
        String mark = SearchEntry.sessionMark(session.incarnation());
        for (int i = 0; i < indexed.chunks().size(); i++) {
            IndexedChunk chunk = indexed.chunks().get(i);
            entries.add(
                    new SearchEntry(
                            EntryIds.suggested(id, row.seq(), i, micros),
                            id,
                            row.seq(),
                            i,
                            indexed.chunks().size(),
                            indexed.tokens(),
                            micros,
                            chunk,
                            mark));
        }
    }

    /** A message of which no terms can be made must not keep all others from being found. */
    private static IndexedMessage terms(MessageRow row, SearchTerms terms) {
        try {
            return terms.index(row.body());
        } catch (RuntimeException e) {
            LOG.warn(
                    "Message {} of session {} cannot be searched.",
                    row.seq(),
                    row.sessionId().value(),
                    e);
            return SearchTerms.unreadable();
        }
    }

    private boolean write(Handle handle, Batch batch, SearchLanguages.Known known)
            throws SQLException {
        SearchDao dao = tools.searches(handle);
        SearchStateRow state = dao.holdState();
        if (languages.note(state).epoch() != known.epoch()) {
            return false;
        }
        Map<SessionId, PendingRow> claimed = claim(dao, batch);
        if (claimed.isEmpty()) {
            return false;
        }
        for (PendingRow row : claimed.values()) {
            if (row.hasOld()) {
                dao.removeOld(row.sessionId(), row.baseSeq());
            }
        }
        List<SearchEntry> entries =
                batch.entries().stream()
                        .filter(entry -> isCurrent(entry, claimed))
                        .sorted(Comparator.comparingLong(SearchEntry::id))
                        .toList();
        if (!entries.isEmpty()) {
            tools.adapter().searchTables().add(handle, entries);
        }
        move(dao, batch, claimed);
        return true;
    }

    private static Map<SessionId, PendingRow> claim(SearchDao dao, Batch batch) {
        Map<SessionId, PendingRow> claimed = new HashMap<>();
        for (PendingRow row : dao.claim(HeadsLook.list(batch.reached().keySet()))) {
            PendingRow before = batch.sessions().get(row.sessionId());
            if (before != null && row.isAt(before)) {
                claimed.put(row.sessionId(), row);
            }
        }
        return claimed;
    }

    private static boolean isCurrent(SearchEntry entry, Map<SessionId, PendingRow> claimed) {
        @Nullable PendingRow row = claimed.get(SessionId.of(entry.sessionId()));
        return row != null && entry.seq() > row.baseSeq();
    }

    private static void move(SearchDao dao, Batch batch, Map<SessionId, PendingRow> claimed) {
        List<IndexedSession> moved = new ArrayList<>();
        Collection<SessionId> ended = new ArrayList<>();
        batch.reached()
                .forEach(
                        (id, reached) -> {
                            PendingRow row = claimed.get(id);
                            if (row != null) {
                                long to = Math.max(reached.indexedSeq(), row.after());
                                @Nullable Instant since = reached.since();
                                moved.add(new IndexedSession(id, to, since));
                                if (to >= row.lastSeq()) {
                                    ended.add(id);
                                }
                            }
                        });
        dao.progress(moved);
        if (!ended.isEmpty()) {
            dao.finish(HeadsLook.list(ended));
        }
    }
}
