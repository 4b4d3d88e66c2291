package io.twinstore.storage.jdbi;

import io.twinstore.storage.Cursor;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.SearchHit;
import io.twinstore.storage.SearchResult;
import io.twinstore.storage.SearchScope;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.StorageBusyException;
import io.twinstore.storage.jdbi.Ranking.Ranked;
import io.twinstore.storage.jdbi.SearchCandidate.MessageKey;
import io.twinstore.storage.search.SearchQuery;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Searches: what is indexed by the index, what is not yet by reading it, both in one snapshot.
 *
 * <p>A search that finds much unread indexes it first, on its own thread, and then begins again;
 * what was appended meanwhile is read. In somebody else's transaction everything is read, since
 * nothing of it may be indexed before it is committed.
 */
final class Searching {

    /** How many messages a search reads rather than index them first. */
    private static final long FEW = 300;

    private static final Logger LOG = LoggerFactory.getLogger(Searching.class);

    private final Handles handles;
    private final StoreTools tools;
    private final SearchLanguages languages;
    private final SearchIndex index;
    private final Access access;

    Searching(Handles handles, StoreTools tools, Search search, Access access) {
        this.handles = handles;
        this.tools = tools;
        this.languages = search.languages();
        this.index = search.index();
        this.access = access;
    }

    /** A search, ready to run. */
    private record Request(
            SearchLanguages.Known known,
            SearchQuery query,
            ScopeConditions scope,
            Window window,
            PageRequest page,
            @Nullable Start start) {}

    /** When the messages were appended, in microseconds since 1970; the end is not in it. */
    private record Window(long from, long before) {

        static Window of(SearchScope scope, @Nullable Start start) {
            long from =
                    scope.from() == null
                            ? Long.MIN_VALUE
                            : EntryIds.micros(MicroClock.bound(scope.from()));
            long before =
                    scope.before() == null
                            ? Long.MAX_VALUE
                            : EntryIds.micros(MicroClock.bound(scope.before()));
            return new Window(from, start == null ? before : Math.min(before, start.newest() + 1));
        }

        boolean holds(long micros) {
            return micros >= from && micros < before;
        }
    }

    /** Where a page starts: after this hit, in what the first page saw. */
    private record Start(Ranked last, long newest) {}

    /** What a snapshot gave: a page, or sessions to index first, or neither when to begin again. */
    private record Outcome(@Nullable SearchResult result, List<PendingRow> behind) {}

    SearchResult search(String text, SearchScope scope, PageRequest page) {
        languages.refuseOff();
        index.start();
        Cursors cursors = new Cursors(access.bound("search " + text + "\0" + scope));
        Start start = page.cursor() == null ? null : start(cursors.read(page.cursor()));
        ScopeConditions conditions = ScopeSql.of(scope, access);
        boolean mayIndex = handles.standAlone();
        while (true) {
            SearchLanguages.Known known = languages.known();
            Request request =
                    new Request(
                            known,
                            known.terms().query(text),
                            conditions,
                            Window.of(scope, start),
                            page,
                            start);
            boolean first = mayIndex;
            Outcome outcome = handles.stream(handle -> look(handle, request, first, cursors));
            if (outcome.result() != null) {
                return outcome.result();
            }
            if (!outcome.behind().isEmpty()) {
                catchUp(outcome.behind());
                mayIndex = false;
            }
        }
    }

    /** Who holds the database's lock for long keeps nobody from reading instead. */
    private void catchUp(List<PendingRow> behind) {
        try {
            index.catchUp(behind);
        } catch (StorageBusyException e) {
            LOG.debug("A search reads what it could not index.", e);
        }
    }

    private static Start start(Cursors.Key key) {
        MessageKey message = new MessageKey(key.number(1), key.text(2), key.number(3));
        return new Start(new Ranked(message, key.number(0)), key.number(4));
    }

    private Outcome look(Handle handle, Request request, boolean mayIndex, Cursors cursors)
            throws SQLException {
        if (handles.standAlone()) {
            tools.adapter().searchTables().snapshot(handle);
        }
        SearchDao dao = tools.searches(handle);
        if (languages.note(dao.state()).epoch() != request.known().epoch()) {
            return new Outcome(null, List.of());
        }
        ScopeConditions scope = request.scope();
        List<PendingRow> pending = dao.pendingInScope(scope.where(), scope.bindings());
        if (mayIndex && pending.stream().mapToLong(PendingRow::missing).sum() > FEW) {
            return new Outcome(null, pending);
        }
        Ranking ranking = new Ranking(request.query());
        fromIndex(handle, request, ScopeSql.resolved(scope, dao), ranking);
        pending.forEach(row -> scan(dao, row, request, ranking));
        return new Outcome(page(dao, request, ranking, cursors), List.of());
    }

    /**
     * Asks the index for the newest entries, and for more where these do not give enough messages.
     * Entries are taken by whole slots, so that all of a message are there, and all of a time.
     */
    private void fromIndex(Handle handle, Request request, ScopeConditions scope, Ranking ranking)
            throws SQLException {
        if (scope.sessions() != null && scope.sessions().isEmpty()) {
            return;
        }
        SearchTables tables = tools.adapter().searchTables();
        Window window = request.window();
        long from =
                window.from() == Long.MIN_VALUE ? Long.MIN_VALUE : EntryIds.first(window.from());
        long below =
                window.before() == Long.MAX_VALUE
                        ? Long.MAX_VALUE
                        : EntryIds.above(window.before());
        CandidateQuery query =
                new CandidateQuery(
                        request.query().expression(),
                        request.query().leaves(),
                        scope,
                        from,
                        below,
                        SessionStore.RANKED + 1);
        while (true) {
            List<SearchCandidate> found = tables.find(handle, query);
            take(found, window, ranking);
            boolean more = found.size() == query.limit();
            if (more) {
                long last = found.get(found.size() - 1).id();
                long slot = EntryIds.slotOf(last);
                take(
                        tables.find(handle, query.further(slot, last, Integer.MAX_VALUE)),
                        window,
                        ranking);
                query = query.further(from, slot, query.limit());
            }
            ranking.decide();
            if (!more || ranking.isCapped()) {
                return;
            }
        }
    }

    private static void take(List<SearchCandidate> found, Window window, Ranking ranking) {
        ranking.take(found.stream().filter(entry -> window.holds(entry.createdMicros())).toList());
    }

    private static void scan(SearchDao dao, PendingRow row, Request request, Ranking ranking) {
        try (Stream<MessageRow> rows =
                dao.messages(row.sessionId(), row.after(), row.lastSeq()).stream()) {
            rows.filter(message -> request.window().holds(EntryIds.micros(message.createdAt())))
                    .forEach(
                            message ->
                                    ranking.take(
                                            key(message),
                                            request.query()
                                                    .evidence(
                                                            request.known()
                                                                    .terms()
                                                                    .index(message.body()))));
        }
    }

    private static MessageKey key(MessageRow message) {
        return new MessageKey(
                EntryIds.micros(message.createdAt()), message.sessionId().value(), message.seq());
    }

    private static SearchResult page(
            SearchDao dao, Request request, Ranking ranking, Cursors cursors) {
        List<Ranked> ranked = ranking.ranked();
        Start start = request.start();
        long newest =
                start != null
                        ? start.newest()
                        : ranked.stream()
                                .mapToLong(hit -> hit.message().createdMicros())
                                .max()
                                .orElse(0);
        List<Ranked> rest =
                start == null
                        ? ranked
                        : ranked.stream()
                                .filter(hit -> Ranked.ORDER.compare(hit, start.last()) > 0)
                                .toList();
        int size = request.page().size();
        List<Ranked> shown = rest.subList(0, Math.min(size, rest.size()));
        List<SearchHit> hits = new ArrayList<>(shown.size());
        shown.forEach(hit -> hit(dao, hit, request, hits));
        return new SearchResult(
                hits,
                rest.size() > size ? cursor(cursors, shown.get(size - 1), newest) : null,
                ranking.isCapped());
    }

    private static Cursor cursor(Cursors cursors, Ranked last, long newest) {
        MessageKey message = last.message();
        return cursors.write(
                Long.toString(last.score()),
                Long.toString(message.createdMicros()),
                message.sessionId(),
                Long.toString(message.seq()),
                Long.toString(newest));
    }

    private static void hit(SearchDao dao, Ranked hit, Request request, List<SearchHit> hits) {
        SessionId session = SessionId.of(hit.message().sessionId());
        MessageRow row = dao.message(session, hit.message().seq());
        if (row != null) {
            Instant created = EntryIds.instant(hit.message().createdMicros());
            hits.add(
                    new SearchHit(
                            session,
                            row.seq(),
                            row.role(),
                            created,
                            hit.score(),
                            request.known().terms().snippet(row.body(), request.query())));
        }
    }
}
