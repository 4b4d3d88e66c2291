package io.twinstore.storage.integration;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.Message;
import io.twinstore.storage.MessageRange;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.SearchHit;
import io.twinstore.storage.SearchResult;
import io.twinstore.storage.SearchScope;
import io.twinstore.storage.SessionFilter;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStatus;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes up calls that append, read transcripts and list sessions. */
final class ReadingOperations {

    private static final Instant AROUND = Instant.parse("2026-11-20T09:30:00Z");

    private final ValuePool pool;
    private final ContainmentOperations containing;

    ReadingOperations(ValuePool pool) {
        this.pool = pool;
        containing = new ContainmentOperations(pool);
    }

    private static final List<String> QUERIES =
            List.of(
                    "half",
                    "half OR text",
                    "\"half of a pair\"",
                    "pa*",
                    "just -text",
                    "just text",
                    "(half OR just) -pair",
                    "a",
                    "(a",
                    "\uD83D\uDE80");

    private static Operation on(String text, Function<SessionStore, @Nullable Object> call) {
        return new Operation("sessions." + text, (stores, side) -> call.apply(stores.sessions()));
    }

    Operation nextAppend() {
        SessionId id = pool.session();
        List<NewMessage> messages = pool.messages();
        AppendOptions options = AppendOptions.plain();
        if (pool.rarely(6)) {
            options = AppendOptions.expectSequence(pool.below(4));
        }
        if (pool.rarely(2)) {
            options = options.withKey("key " + pool.below(2));
        }
        AppendOptions whole = options;
        if (pool.rarely(5)) {
            long older = pool.rarely(3) ? 1 : 0;
            return on(
                    "append " + id + " " + messages + " " + whole + " fenced -" + older,
                    sessions -> sessions.append(id, messages, fenced(sessions, id, whole, older)));
        }
        return on(
                "append " + id + " " + messages + " " + whole,
                sessions -> sessions.append(id, messages, whole));
    }

    /** Replaces a transcript: by another, by what it is, or by that and more. */
    Operation nextReplacement() {
        SessionId id = pool.session();
        List<NewMessage> messages = pool.messages();
        boolean goingOn = pool.rarely(2);
        AppendOptions options =
                pool.rarely(3) ? AppendOptions.once("key " + pool.below(2)) : AppendOptions.plain();
        return on(
                "replaceTranscript " + id + (goingOn ? " +" : " ") + messages + " " + options,
                sessions -> {
                    List<NewMessage> whole = new ArrayList<>();
                    if (goingOn) {
                        sessions.transcript(id)
                                .messages()
                                .forEach(m -> whole.add(NewMessage.of(m.body())));
                    }
                    whole.addAll(messages);
                    return sessions.replaceTranscript(id, whole, options);
                });
    }

    private static AppendOptions fenced(
            SessionStore sessions, SessionId id, AppendOptions options, long older) {
        return options.withFence(LeaseOperations.lease(sessions, id, older).token());
    }

    Operation nextReading() {
        SessionId id = pool.session();
        int n = pool.below(5);
        return switch (pool.below(12)) {
            case 6, 7, 8 -> search(id);
            case 9, 10, 11 -> containing.next();
            case 5 -> on("window " + id + " " + n, sessions -> sessions.window(id, n));
            case 0 -> on("lastMessages " + id + " " + n, sessions -> sessions.lastMessages(id, n));
            case 1 -> on("transcript " + id, sessions -> sessions.transcript(id).toJsonArray());
            case 2 -> on("streamTranscript " + id, sessions -> streamed(sessions, id));
            default -> messages(id);
        };
    }

    /** Searches for words that the bodies of the pool hold, and for what is no query. */
    private Operation search(SessionId id) {
        String text = QUERIES.get(pool.below(QUERIES.size()));
        SearchScope scope =
                switch (pool.below(5)) {
                    case 0 -> SearchScope.of(id);
                    case 1 -> SearchScope.of(pool.user());
                    case 2 -> SearchScope.builder().config(pool.config()).build();
                    case 3 -> SearchScope.builder().status(SessionStatus.ACTIVE).build();
                    default -> SearchScope.all();
                };
        PageRequest page = pool.page();
        return on(
                "search " + text + " " + scope + " " + page.size(),
                sessions -> found(sessions, text, scope, page));
    }

    private static List<SearchHit> found(
            SessionStore sessions, String text, SearchScope scope, PageRequest first) {
        List<SearchHit> all = new ArrayList<>();
        PageRequest next = first;
        while (next != null) {
            SearchResult page = sessions.search(text, scope, next);
            all.addAll(page.hits());
            next = page.next().map(next::from).orElse(null);
        }
        return all;
    }

    private static List<Message> streamed(SessionStore sessions, SessionId id) {
        List<Message> all = new ArrayList<>();
        sessions.streamTranscript(id, all::add);
        return all;
    }

    private Operation messages(SessionId id) {
        MessageRange some =
                switch (pool.below(3)) {
                    case 0 -> MessageRange.all();
                    case 1 -> MessageRange.after(pool.below(4));
                    default -> MessageRange.between(1 + pool.below(4), pool.below(6));
                };
        MessageRange range = pool.rarely(2) ? some.newestFirst() : some;
        PageRequest page = pool.page();
        return on(
                "messages " + id + " " + range + " " + page.size(),
                sessions -> Paging.all(page, p -> sessions.messages(id, range, p)));
    }

    Operation nextList() {
        PageRequest page = pool.page();
        if (pool.rarely(4)) {
            UserId user = pool.user();
            return on(
                    "sessionsOf " + user + " " + page.size(),
                    sessions -> Paging.all(page, p -> sessions.sessionsOf(user, p)));
        }
        SessionFilter filter = filter();
        return pool.rarely(3)
                ? cursor(filter, page)
                : on(
                        "list and count " + filter + " " + page.size(),
                        sessions ->
                                Paging.all(page, p -> sessions.list(filter, p))
                                        + " "
                                        + sessions.count(filter));
    }

    /** Keeps the cursor of a page, or goes on from one that was kept some operations ago. */
    private Operation cursor(SessionFilter filter, PageRequest page) {
        int place = pool.below(3);
        SessionFilter any = pool.rarely(5) ? filter : SessionFilter.all();
        return new Operation(
                "sessions.list " + any + " with cursor " + place + " " + page.size(),
                (stores, side) -> {
                    PageRequest from =
                            side.cursors().containsKey(place)
                                    ? page.from(side.cursors().remove(place))
                                    : page;
                    var found = stores.sessions().list(any, from);
                    found.next().ifPresent(cursor -> side.cursors().put(place, cursor));
                    return found;
                });
    }

    private SessionFilter filter() {
        SessionFilter.Builder filter = SessionFilter.builder().visibility(pool.visibility());
        switch (pool.below(11)) {
            case 0 -> filter.owner(pool.user());
            case 1 -> filter.participant(pool.user());
            case 2 -> filter.config(pool.config());
            case 3 -> filter.app(pool.app());
            case 4 -> filter.status(pool.status());
            case 5 -> filter.created(instant(), instant());
            case 6 -> filter.updated(instant(), pool.rarely(2) ? null : instant());
            case 7 -> filter.metadata(pool.object());
            case 8 -> filter.permissions(pool.object());
            case 9 -> filter.participant(pool.user()).permissions(pool.object());
            default ->
                    filter.participant(pool.user()).status(pool.status()).metadata(pool.object());
        }
        return filter.build();
    }

    private Instant instant() {
        if (pool.rarely(10)) {
            return pool.rarely(2) ? Instant.MIN : Instant.MAX;
        }
        Duration step = pool.step().multipliedBy(1 + pool.below(3));
        return AROUND.plus(step);
    }
}
