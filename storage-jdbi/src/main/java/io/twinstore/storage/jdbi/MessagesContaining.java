package io.twinstore.storage.jdbi;

import io.twinstore.storage.Cursor;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import io.twinstore.storage.JsonKind;
import io.twinstore.storage.Message;
import io.twinstore.storage.Page;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.SearchScope;
import io.twinstore.storage.jdbi.SearchCandidate.MessageKey;
import io.twinstore.storage.search.Expression;
import io.twinstore.storage.search.SearchQuery;
import io.twinstore.storage.search.SearchTerms;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds messages by what they contain: the index gives candidates, the matcher decides. */
final class MessagesContaining {

    private final SearchReading reading;
    private final Access access;

    MessagesContaining(SearchReading reading, Access access) {
        this.reading = reading;
        this.access = access;
    }

    Page<Message> find(Json document, SearchScope scope, PageRequest page) {
        reading.begin();
        if (document.kind() != JsonKind.OBJECT) {
            throw new InvalidValueException(
                    "document",
                    "a JSON object (findSessionsContaining takes an array)",
                    document.text());
        }
        Cursors cursors = new Cursors(access.bound("containing " + document.text() + "\0" + scope));
        MessageKey after = page.cursor() == null ? null : key(cursors.read(page.cursor()));
        SearchWindow all = SearchWindow.of(scope);
        SearchWindow window = after == null ? all : all.upTo(after.createdMicros());
        Expression expression =
                SearchTerms.containing(document).map(SearchQuery::expression).orElse(null);
        return reading.read(
                scope,
                known ->
                        now -> {
                            FirstContaining found =
                                    new FirstContaining(document, after, page.size() + 1);
                            look(now, expression, window, found);
                            return Pages.cut(
                                    found.inOrder(),
                                    page.size(),
                                    MessageRow::toMessage,
                                    last -> cursor(cursors, last));
                        });
    }

    private static void look(
            SearchSnapshot now,
            @Nullable Expression expression,
            SearchWindow window,
            FirstContaining found)
            throws SQLException {
        now.unindexed(window, found::offer);
        now.entries(
                now.query(expression, List.of(), window, found.limit()),
                window,
                entries -> found.take(now, entries));
    }

    private static MessageKey key(Cursors.Key key) {
        return new MessageKey(key.number(0), key.text(1), key.number(2));
    }

    private static Cursor cursor(Cursors cursors, MessageRow last) {
        MessageKey key = MessageKey.of(last);
        return cursors.write(
                Long.toString(key.createdMicros()), key.sessionId(), Long.toString(key.seq()));
    }
}
