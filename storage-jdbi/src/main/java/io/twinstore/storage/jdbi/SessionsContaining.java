package io.twinstore.storage.jdbi;

import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import io.twinstore.storage.JsonKind;
import io.twinstore.storage.Page;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.SearchScope;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.jdbi.CreatedRow.Place;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds sessions whose transcripts contain the elements of an array.
 *
 * <p>It goes through the sessions in their order and looks for the elements in each, until the page
 * is full. Where an element is in few messages, it goes through the sessions of these alone; what
 * is few grows with how far it went in vain.
 */
final class SessionsContaining {

    /** How many messages are few at first. */
    private static final int FEW = 200;

    /** How many are few at most: they are listed in memory. */
    private static final int MANY = 200_000;

    /** How many sessions are looked at together, after those of the first look. */
    private static final int BATCH = 256;

    private final SearchReading reading;
    private final Access access;

    SessionsContaining(SearchReading reading, Access access) {
        this.reading = reading;
        this.access = access;
    }

    Page<Session> find(Json elements, SearchScope scope, PageRequest page) {
        reading.begin();
        if (elements.kind() != JsonKind.ARRAY) {
            throw new InvalidValueException(
                    "elements", "a JSON array (findContaining takes an object)", elements.text());
        }
        Cursors cursors =
                new Cursors(access.bound("sessions containing " + elements.text() + "\0" + scope));
        Place after = page.cursor() == null ? null : place(cursors.read(page.cursor()));
        WantedElements wanted = WantedElements.of(elements, SearchWindow.of(scope));
        return reading.read(
                scope,
                known ->
                        now ->
                                Pages.cut(
                                        walk(now, wanted, after, page.size() + 1),
                                        page.size(),
                                        row -> row.session().toSession(),
                                        last ->
                                                cursors.write(
                                                        last.place().createdAt().toString(),
                                                        last.place().sessionId())));
    }

    private static Place place(Cursors.Key key) {
        return new Place(key.time(0), key.text(1));
    }

    private static List<CreatedRow> walk(
            SearchSnapshot now, WantedElements wanted, @Nullable Place after, int atLeast)
            throws SQLException {
        TranscriptElements elements = new TranscriptElements(now, wanted);
        List<CreatedRow> found = new ArrayList<>();
        Place place = after;
        int few = FEW;
        Set<SessionId> only = elements.sessions(few);
        int looked = 0;
        while (true) {
            int batch = looked == 0 ? atLeast : BATCH;
            List<CreatedRow> rows = now.created(place, only, batch);
            found.addAll(elements.containing(rows));
            if (found.size() >= atLeast || rows.size() < batch) {
                return found;
            }
            place = rows.get(batch - 1).place();
            looked += batch;
            if (only == null && few < MANY && looked > few / 4) {
                few *= 10;
                only = elements.sessions(few);
            }
        }
    }
}
