package io.twinstore.storage.jdbi;

import io.twinstore.storage.Cursor;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.SearchHit;
import io.twinstore.storage.SearchResult;
import io.twinstore.storage.SearchScope;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.jdbi.Ranking.Ranked;
import io.twinstore.storage.jdbi.SearchCandidate.MessageKey;
import io.twinstore.storage.search.SearchQuery;
import io.twinstore.storage.search.SearchTerms;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Searches: ranks what is found by words. */
final class Searching {

    private final SearchReading reading;
    private final Access access;

    Searching(SearchReading reading, Access access) {
        this.reading = reading;
        this.access = access;
    }

    /** A search, ready to run. */
    private record Request(
            SearchTerms terms,
            SearchQuery query,
            SearchWindow window,
            PageRequest page,
            @Nullable Start start) {}

    /** Where a page starts: after this hit, in what the first page saw. */
    private record Start(Ranked last, long newest) {}

    SearchResult search(String text, SearchScope scope, PageRequest page) {
        reading.begin();
        Cursors cursors = new Cursors(access.bound("search " + text + "\0" + scope));
        Start start = page.cursor() == null ? null : start(cursors.read(page.cursor()));
        SearchWindow all = SearchWindow.of(scope);
        SearchWindow window = start == null ? all : all.upTo(start.newest());
        return reading.read(
                scope,
                known -> {
                    SearchQuery query = known.terms().query(text);
                    Request request = new Request(known.terms(), query, window, page, start);
                    return now -> look(now, request, cursors);
                });
    }

    private static Start start(Cursors.Key key) {
        MessageKey message = new MessageKey(key.number(1), key.text(2), key.number(3));
        return new Start(new Ranked(message, key.number(0)), key.number(4));
    }

    private static SearchResult look(SearchSnapshot now, Request request, Cursors cursors)
            throws SQLException {
        Ranking ranking = new Ranking(request.query());
        fromIndex(now, request, ranking);
        now.unindexed(
                request.window(),
                message ->
                        ranking.take(
                                MessageKey.of(message),
                                request.query().evidence(request.terms().index(message.body()))));
        return page(now.dao(), request, ranking, cursors);
    }

    /** Takes the newest entries, and more where these do not give enough messages. */
    private static void fromIndex(SearchSnapshot now, Request request, Ranking ranking)
            throws SQLException {
        SearchQuery query = request.query();
        CandidateQuery asked =
                now.query(
                        query.expression(),
                        query.leaves(),
                        request.window(),
                        SessionStore.RANKED + 1);
        now.entries(
                asked,
                request.window(),
                found -> {
                    ranking.take(found);
                    ranking.decide();
                    return !ranking.isCapped();
                });
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
                            request.terms().snippet(row.body(), request.query())));
        }
    }
}
