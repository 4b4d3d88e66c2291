package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.Containments.marked;
import static io.twinstore.storage.testkit.Containments.put;
import static io.twinstore.storage.testkit.Containments.within;
import static io.twinstore.storage.testkit.Searches.bury;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.AppId;
import io.twinstore.storage.Config;
import io.twinstore.storage.Message;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.SearchScope;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStatus;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whose transcripts are looked at for what they contain. */
final class ContainmentScopeClauses {

    private static SessionId saying(ClauseContext given, String document, NewSession session) {
        SessionId id = given.sessions().create(session.id(given.sessionId())).id();
        put(given, id, document);
        return id;
    }

    @Clause(id = "FND-CONTAIN-024", needs = Capability.SEARCH)
    void inWhatAUserMaySee(ClauseContext given) {
        String document = marked(given);
        Config config = given.config();
        UserId ann = given.user("ann");
        UserId bob = given.user("bob");
        AppId app = given.app("app");
        SessionId owned = saying(given, document, NewSession.on(config.id()).owner(ann));
        SessionId shared = saying(given, document, NewSession.on(config.id()).owner(bob).app(app));
        SessionId others = saying(given, document, NewSession.on(config.id()).owner(bob));
        given.sessions().addParticipant(shared, ann, ParticipantRole.VIEWER);

        for (boolean indexed : List.of(false, true)) {
            if (indexed) {
                bury(given, others);
                bury(given, owned);
            }
            within(given, document, SearchScope.of(ann), owned, shared);
            within(given, document, SearchScope.of(given.user("ann")));
            SessionStore limited = given.sessions().asUser(ann);
            within(limited, document, SearchScope.all(), owned, shared);
            within(limited, document, SearchScope.of(bob), shared);
            within(limited, document, SearchScope.of(others));
            within(limited.asApplication(app), document, SearchScope.all(), shared);
            within(given.sessions().asApplication(app), document, SearchScope.all(), shared);
            within(given.sessions().asUser(given.user("c")), document, SearchScope.all());
        }
        given.sessions().removeParticipant(shared, ann);
        within(given.sessions().asUser(ann), document, SearchScope.all(), owned);
    }

    @Clause(id = "FND-CONTAIN-025", needs = Capability.SEARCH)
    void inConfigAppStatusAndSession(ClauseContext given) {
        String document = marked(given);
        Config config = given.config();
        Config other = given.config();
        AppId app = given.app("app");
        NewSession completed = NewSession.on(other.id()).status(SessionStatus.COMPLETED);
        SessionId all =
                saying(
                        given,
                        document,
                        NewSession.on(config.id()).app(app).status(SessionStatus.COMPLETED));
        SessionId onlyConfig = saying(given, document, NewSession.on(config.id()));
        SessionId onlyApp = saying(given, document, NewSession.on(other.id()).app(app));
        SessionId onlyStatus = saying(given, document, completed);

        for (boolean indexed : List.of(false, true)) {
            if (indexed) {
                List.of(all, onlyConfig, onlyApp, onlyStatus).forEach(id -> bury(given, id));
            }
            within(given, document, config(config).build(), all, onlyConfig);
            within(given, document, SearchScope.builder().app(app).build(), all, onlyApp);
            SearchScope.Builder ended = SearchScope.builder().status(SessionStatus.COMPLETED);
            within(given, document, ended.build(), all, onlyStatus);
            within(given, document, ended.config(config.id()).app(app).build(), all);
            within(given, document, SearchScope.of(onlyApp), onlyApp);
            within(given, document, SearchScope.of(given.sessionId()));
        }
    }

    private static SearchScope.Builder config(Config config) {
        return SearchScope.builder().config(config.id());
    }

    @Clause(id = "FND-CONTAIN-026", needs = Capability.SEARCH)
    void inTime(ClauseContext given) {
        SessionId id = given.session().id();
        String document = marked(given);
        Instant first = given.clock().instant();
        put(given, id, document);
        given.clock().move(Duration.ofNanos(1_000));
        Instant second = given.clock().instant();
        put(given, id, document);
        given.clock().move(Duration.ofHours(1));
        Instant third = given.clock().instant();
        put(given, id, document);

        for (boolean indexed : List.of(false, true)) {
            if (indexed) {
                bury(given, id);
            }
            inTime(given, id, document, second, null, 3L, 2L);
            inTime(given, id, document, null, second, 1L);
            inTime(given, id, document, first, third, 2L, 1L);
            inTime(given, id, document, second.plusNanos(1), null, 3L);
            inTime(given, id, document, third, third);
        }
    }

    private static void inTime(
            ClauseContext given,
            SessionId id,
            String document,
            @Nullable Instant from,
            @Nullable Instant before,
            Long... expected) {
        SearchScope scope = SearchScope.builder().session(id).created(from, before).build();
        assertThat(Containments.messages(given, document, scope).items())
                .extracting(Message::sequence)
                .as("messages from %s, before %s", from, before)
                .containsExactly(expected);
    }
}
