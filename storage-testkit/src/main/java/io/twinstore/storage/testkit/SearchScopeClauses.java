package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.Searches.bury;
import static io.twinstore.storage.testkit.Searches.found;
import static io.twinstore.storage.testkit.Searches.message;
import static io.twinstore.storage.testkit.Searches.say;
import static io.twinstore.storage.testkit.Searches.sessions;
import static io.twinstore.storage.testkit.Searches.word;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.AppId;
import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.Config;
import io.twinstore.storage.Json;
import io.twinstore.storage.Message;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.SearchHit;
import io.twinstore.storage.SearchScope;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStatus;
import io.twinstore.storage.SessionUpdate;
import io.twinstore.storage.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whose messages a search looks at, and which of them are there to be found. */
final class SearchScopeClauses {

    /** More sessions than an adapter would name one by one. */
    private static final int MANY = 300;

    /** Asserts which sessions hold the word for a scope, read and once indexed. */
    private static void finds(
            ClauseContext given, String word, SearchScope scope, SessionId... expected) {
        List<String> ids = Stream.of(expected).map(SessionId::value).sorted().toList();
        assertThat(sessions(given, word, scope))
                .as("sessions that are found for %s", scope)
                .isEqualTo(ids);
    }

    /** Creates a session that says the word. */
    private static SessionId saying(ClauseContext given, String word, NewSession session) {
        SessionId id = given.sessions().create(session.id(given.sessionId())).id();
        say(given, id, word);
        return id;
    }

    @Clause(id = "SRC-SCOPE-001", needs = Capability.SEARCH)
    void ofUser(ClauseContext given) {
        String w = word(given);
        Config config = given.config();
        UserId ann = given.user("ann");
        UserId bob = given.user("bob");
        SessionId owned = saying(given, w, NewSession.on(config.id()).owner(ann));
        SessionId shared = saying(given, w, NewSession.on(config.id()).owner(bob));
        SessionId others = saying(given, w, NewSession.on(config.id()).owner(bob));
        given.sessions().addParticipant(shared, ann, ParticipantRole.VIEWER);

        finds(given, w, SearchScope.of(ann), owned, shared);
        bury(given, others);
        bury(given, owned);
        finds(given, w, SearchScope.of(ann), owned, shared);
        finds(given, w, SearchScope.of(given.user("ann")));
        given.sessions().removeParticipant(shared, ann);
        finds(given, w, SearchScope.of(ann), owned);
    }

    @Clause(id = "SRC-SCOPE-005", needs = Capability.SEARCH)
    void ofManySessions(ClauseContext given) {
        String w = word(given);
        Config config = given.config();
        UserId ann = given.user("ann");
        NewSession anns = NewSession.on(config.id()).owner(ann);
        given.storage()
                .transaction(
                        tx -> {
                            for (int i = 0; i < MANY; i++) {
                                tx.sessions().create(anns.id(given.sessionId()));
                            }
                            return MANY;
                        });
        SessionId first = saying(given, w, anns);
        SessionId last = saying(given, w, anns);
        SessionId others = saying(given, w, NewSession.on(config.id()).owner(given.user("bob")));

        for (boolean indexed : List.of(false, true)) {
            if (indexed) {
                List.of(first, last, others).forEach(id -> bury(given, id));
            }
            finds(given, w, SearchScope.all(), first, last, others); // indexes what others said
            finds(given, w, SearchScope.of(ann), first, last);
            assertThat(
                            given.sessions()
                                    .asUser(ann)
                                    .search(w, SearchScope.all(), PageRequest.first())
                                    .hits())
                    .extracting(SearchHit::sessionId)
                    .as("sessions that are found as the user")
                    .containsExactlyInAnyOrder(first, last);
            Json said = message(w).body();
            assertThat(
                            given.sessions()
                                    .findContaining(said, SearchScope.of(ann), PageRequest.first())
                                    .items())
                    .extracting(Message::sessionId)
                    .as("sessions with messages that contain what was said")
                    .containsExactlyInAnyOrder(first, last);
        }
        given.sessions().delete(last);
        finds(given, w, SearchScope.of(ann), first);
    }

    @Clause(id = "SRC-SCOPE-002", needs = Capability.SEARCH)
    void ofSession(ClauseContext given) {
        String w = word(given);
        Config config = given.config();
        SessionId one = saying(given, w, NewSession.on(config.id()));
        SessionId other = saying(given, w, NewSession.on(config.id()));

        finds(given, w, SearchScope.of(one), one);
        bury(given, one);
        bury(given, other);
        finds(given, w, SearchScope.of(one), one);
        finds(given, w, SearchScope.all(), one, other);
        finds(given, w, SearchScope.of(given.sessionId()));
    }

    @Clause(id = "SRC-SCOPE-003", needs = Capability.SEARCH)
    void ofConfigAppAndStatus(ClauseContext given) {
        String w = word(given);
        Config config = given.config();
        Config other = given.config();
        AppId app = given.app("app");
        SessionId all =
                saying(
                        given,
                        w,
                        NewSession.on(config.id()).app(app).status(SessionStatus.COMPLETED));
        SessionId onlyConfig = saying(given, w, NewSession.on(config.id()));
        SessionId onlyApp = saying(given, w, NewSession.on(other.id()).app(app));
        SessionId onlyStatus =
                saying(given, w, NewSession.on(other.id()).status(SessionStatus.COMPLETED));

        for (boolean indexed : List.of(false, true)) {
            if (indexed) {
                List.of(all, onlyConfig, onlyApp, onlyStatus).forEach(id -> bury(given, id));
            }
            finds(given, w, SearchScope.builder().config(config.id()).build(), all, onlyConfig);
            finds(given, w, SearchScope.builder().app(app).build(), all, onlyApp);
            SearchScope.Builder completed = SearchScope.builder().status(SessionStatus.COMPLETED);
            finds(given, w, completed.build(), all, onlyStatus);
            finds(given, w, completed.config(config.id()).app(app).build(), all);
        }
        given.sessions().update(all, SessionUpdate.nothing().status(SessionStatus.FAILED));
        finds(given, w, SearchScope.builder().status(SessionStatus.COMPLETED).build(), onlyStatus);
    }

    @Clause(id = "SRC-SCOPE-004", needs = Capability.SEARCH)
    void ofTime(ClauseContext given) {
        SessionId id = given.session().id();
        String w = word(given);
        Instant first = given.clock().instant();
        say(given, id, w);
        given.clock().move(Duration.ofNanos(1_000));
        Instant second = given.clock().instant();
        say(given, id, w);
        given.clock().move(Duration.ofHours(1));
        Instant third = given.clock().instant();
        say(given, id, w);

        for (boolean indexed : List.of(false, true)) {
            if (indexed) {
                bury(given, id);
            }
            inTime(given, id, w, second, null, 2L, 3L);
            inTime(given, id, w, null, second, 1L);
            inTime(given, id, w, first, third, 1L, 2L);
            inTime(given, id, w, second.plusNanos(1), null, 3L);
            inTime(given, id, w, third, third);
        }
    }

    private static void inTime(
            ClauseContext given,
            SessionId id,
            String word,
            @Nullable Instant from,
            @Nullable Instant before,
            Long... expected) {
        SearchScope scope = SearchScope.builder().session(id).created(from, before).build();
        assertThat(Searches.hits(given, word, scope))
                .extracting(hit -> hit.sequence())
                .as("messages from %s, before %s", from, before)
                .containsExactlyInAnyOrder(expected);
    }

    @Clause(id = "SRC-LIVE-001", needs = Capability.SEARCH)
    void deletedSessionsAreNotFound(ClauseContext given) {
        String w = word(given);
        SessionId id = given.session().id();
        say(given, id, w);
        for (boolean indexed : List.of(false, true)) {
            if (indexed) {
                bury(given, id);
                finds(given, w, SearchScope.all(), id);
            }
            given.sessions().delete(id);
            finds(given, w, SearchScope.all());
            finds(given, w, SearchScope.of(id));
            given.sessions().restore(id);
            finds(given, w, SearchScope.all(), id);
        }
    }

    @Clause(id = "SRC-LIVE-002", needs = Capability.SEARCH)
    void sessionsUnderDeletedConfigsAreNotFound(ClauseContext given) {
        String w = word(given);
        Config config = given.config();
        SessionId id = saying(given, w, NewSession.on(config.id()));
        bury(given, id);
        finds(given, w, SearchScope.all(), id);

        given.configs().delete(config.id());
        finds(given, w, SearchScope.all());
        given.configs().restore(config.id());
        finds(given, w, SearchScope.all(), id);
        given.configs().purge(config.id());
        finds(given, w, SearchScope.all());
    }

    @Clause(id = "SRC-LIVE-003", needs = Capability.SEARCH)
    void currentTranscriptAloneIsSearched(ClauseContext given) {
        String w = word(given);
        SessionId id = given.session().id();
        for (boolean indexed : List.of(false, true)) {
            say(given, id, w);
            if (indexed) {
                bury(given, id);
                assertThat(found(given, id, w)).as("before it is replaced").hasSize(1);
            }
            GenerationClauses.replace(given, id, List.of(message("anew")));
            assertThat(found(given, id, w)).as("what is found of the one before").isEmpty();
            assertThat(found(given, id, "anew")).as("what is found of the new one").hasSize(1);
        }
        bury(given, id);
        assertThat(found(given, id, w)).as("what is found later").isEmpty();
        assertThat(found(given, id, "anew")).as("what is found later").hasSize(1);
        GenerationClauses.replace(given, id, List.of());
        assertThat(found(given, id, "anew")).as("what is found of an empty one").isEmpty();
    }

    @Clause(id = "SRC-LIVE-004", needs = Capability.SEARCH)
    void purgedSessionsAreNotFound(ClauseContext given) {
        String w = word(given);
        Config config = given.config();
        SessionId id = given.sessionId();
        for (boolean indexed : List.of(false, true)) {
            given.sessions().create(NewSession.on(config.id()).id(id));
            say(given, id, w);
            if (indexed) {
                bury(given, id);
                finds(given, w, SearchScope.all(), id);
            }
            given.sessions().purge(id);
            finds(given, w, SearchScope.all());
        }
        given.sessions().create(NewSession.on(config.id()).id(id));
        finds(given, w, SearchScope.of(id));
        say(given, id, "other");
        bury(given, id);
        finds(given, w, SearchScope.of(id));
        assertThat(found(given, id, "other")).as("what is found of the new session").hasSize(1);
    }

    @Clause(id = "SRC-TXN-001", needs = Capability.SEARCH)
    void transactionSeesItsOwn(ClauseContext given) {
        String w = word(given);
        SessionId id = given.session().id();
        given.storage()
                .transaction(
                        tx -> {
                            tx.sessions().append(id, message(w));
                            assertThat(
                                            tx.sessions()
                                                    .search(
                                                            w,
                                                            SearchScope.of(id),
                                                            PageRequest.first())
                                                    .hits())
                                    .as("what is found inside")
                                    .hasSize(1);
                            return Boolean.TRUE;
                        });
        assertThat(found(given, id, w)).as("what is found after the commit").containsExactly(1L);
        Expect.thrown(
                IllegalStateException.class,
                () ->
                        given.storage()
                                .transaction(
                                        tx -> {
                                            tx.sessions()
                                                    .append(
                                                            id,
                                                            List.of(message(w)),
                                                            AppendOptions.plain());
                                            throw new IllegalStateException("rolled back");
                                        }));
        assertThat(found(given, id, w)).as("what is found after a rollback").containsExactly(1L);
    }
}
