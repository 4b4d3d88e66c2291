package io.twinstore.storage.testkit;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.SearchHit;
import io.twinstore.storage.SearchResult;
import io.twinstore.storage.SearchScope;
import io.twinstore.storage.SessionId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What clauses on search have in common. */
final class Searches {

    /** More messages than an adapter would read one by one to answer a search. */
    private static final int MANY = 400;

    private Searches() {}

    /** Returns a word that no other clause has, and that no language changes. */
    static String word(ClauseContext given) {
        return "x" + given.unique("").substring(1) + "x";
    }

    /** Appends a message that holds this text. */
    static long say(ClauseContext given, SessionId id, String text) {
        return given.sessions().append(id, message(text)).lastSequence();
    }

    static NewMessage message(String text) {
        return NewMessage.user(text);
    }

    /** Appends so much that what came before is searched as what was appended long ago. */
    static void bury(ClauseContext given, SessionId id) {
        given.sessions()
                .append(id, Collections.nCopies(MANY, message("filler")), AppendOptions.plain());
    }

    /** Returns what a search of one session finds, best first. */
    static List<SearchHit> hits(ClauseContext given, SessionId id, String text) {
        return hits(given, text, SearchScope.of(id));
    }

    /** Returns what a search finds, best first, from one page. */
    static List<SearchHit> hits(ClauseContext given, String text, SearchScope scope) {
        return search(given, text, scope).hits();
    }

    static SearchResult search(ClauseContext given, String text, SearchScope scope) {
        return Expect.answer(() -> given.sessions().search(text, scope, PageRequest.ofSize(1000)));
    }

    /** Returns the sequences of what a search of one session finds, ascending. */
    static List<Long> found(ClauseContext given, SessionId id, String text) {
        return hits(given, id, text).stream().map(SearchHit::sequence).sorted().toList();
    }

    /** Returns the sessions of what a search finds, by id. */
    static List<String> sessions(ClauseContext given, String text, SearchScope scope) {
        return hits(given, text, scope).stream()
                .map(hit -> hit.sessionId().value())
                .sorted()
                .toList();
    }

    /** Follows the cursors from the first page to the last. */
    static List<SearchHit> walk(ClauseContext given, String text, SearchScope scope, int size) {
        List<SearchHit> all = new ArrayList<>();
        PageRequest request = PageRequest.ofSize(size);
        while (true) {
            SearchResult page = given.sessions().search(text, scope, request);
            all.addAll(page.hits());
            if (page.next().isEmpty()) {
                return all;
            }
            request = request.from(page.next().get());
        }
    }
}
