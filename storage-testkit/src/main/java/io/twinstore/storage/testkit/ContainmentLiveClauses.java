package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.Containments.finds;
import static io.twinstore.storage.testkit.Containments.marked;
import static io.twinstore.storage.testkit.Containments.put;
import static io.twinstore.storage.testkit.Containments.within;
import static io.twinstore.storage.testkit.Searches.bury;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.Config;
import io.twinstore.storage.Json;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.SearchScope;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.Storage;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** That what contains something is found at any moment, and only while it is there. */
final class ContainmentLiveClauses {

    private static final PageRequest PAGE = PageRequest.ofSize(1000);

    @Clause(id = "FND-CONTAIN-027", needs = Capability.SEARCH)
    void inLiveSessions(ClauseContext given) {
        String document = marked(given);
        Config config = given.config();
        SessionId id = given.sessionId();
        for (boolean indexed : List.of(false, true)) {
            given.sessions().create(NewSession.on(config.id()).id(id));
            put(given, id, document);
            if (indexed) {
                bury(given, id);
            }
            within(given, document, SearchScope.all(), id);
            given.sessions().delete(id);
            within(given, document, SearchScope.all());
            within(given, document, SearchScope.of(id));
            given.sessions().restore(id);
            within(given, document, SearchScope.all(), id);
            given.configs().delete(config.id());
            within(given, document, SearchScope.all());
            given.configs().restore(config.id());
            within(given, document, SearchScope.all(), id);
            given.sessions().purge(id);
            within(given, document, SearchScope.all());
        }
        given.sessions().create(NewSession.on(config.id()).id(id));
        put(given, id, "{}");
        bury(given, id);
        within(given, document, SearchScope.of(id));
    }

    @Clause(id = "FND-CONTAIN-028", needs = Capability.SEARCH)
    void inCurrentTranscripts(ClauseContext given) {
        String before = marked(given);
        String after = marked(given);
        SessionId id = given.session().id();
        for (boolean indexed : List.of(false, true)) {
            put(given, id, before);
            if (indexed) {
                bury(given, id);
            }
            within(given, before, SearchScope.of(id), id);
            GenerationClauses.replace(given, id, List.of(NewMessage.of(after)));
            within(given, before, SearchScope.of(id));
            within(given, after, SearchScope.of(id), id);
        }
        bury(given, id);
        within(given, before, SearchScope.all());
        within(given, after, SearchScope.all(), id);
        GenerationClauses.replace(given, id, List.of());
        within(given, after, SearchScope.all());
    }

    @Clause(id = "FND-CONTAIN-029", needs = Capability.SEARCH)
    void whateverWayItWasAppended(ClauseContext given) {
        SessionId id = given.session().id();
        String document = marked(given);
        NewMessage message = NewMessage.of(document);
        SessionStore sessions = given.sessions();
        Storage another = given.open(options -> options);
        String when = "appended in many ways";
        for (int round = 0; round < 2; round++) {
            long last = sessions.get(id).lastSequence();
            finds(
                    given,
                    id,
                    when,
                    document,
                    round == 0 ? new Long[0] : new Long[] {1L, 2L, 3L, 4L});
            sessions.append(id, message);
            sessions.append(id, List.of(message), AppendOptions.once(given.unique("key")));
            given.storage().transaction(tx -> tx.sessions().append(id, message).lastSequence());
            another.sessions().append(id, message);
            assertThat(Containments.found(given, id, document))
                    .as("messages %s", when)
                    .endsWith(last + 1, last + 2, last + 3, last + 4);
            bury(given, id);
        }
        within(given, document, SearchScope.all(), id);
    }

    @Clause(id = "FND-CONTAIN-030", needs = Capability.SEARCH)
    void inATransactionsOwn(ClauseContext given) {
        String old = marked(given);
        String fresh = marked(given);
        SessionId id = given.session().id();
        put(given, id, old);
        bury(given, id);
        within(given, old, SearchScope.of(id), id);
        Json both = Json.of("[" + old + "," + fresh + "]");
        Expect.thrown(
                IllegalStateException.class,
                () ->
                        given.storage()
                                .transaction(
                                        tx -> {
                                            tx.sessions().append(id, NewMessage.of(fresh));
                                            within(tx.sessions(), fresh, SearchScope.of(id), id);
                                            assertThat(
                                                            tx.sessions()
                                                                    .findSessionsContaining(
                                                                            both,
                                                                            SearchScope.all(),
                                                                            PAGE)
                                                                    .items())
                                                    .as("sessions with old and new")
                                                    .hasSize(1);
                                            throw new IllegalStateException("rolled back");
                                        }));
        within(given, fresh, SearchScope.of(id));
        given.storage()
                .transaction(tx -> tx.sessions().append(id, NewMessage.of(fresh)).lastSequence());
        within(given, fresh, SearchScope.of(id), id);
    }

    @Clause(
            id = "FND-CONTAIN-031",
            needs = {Capability.SEARCH, Capability.ON_CONNECTION})
    void onTheHostsConnection(ClauseContext given) throws SQLException {
        // Where nobody else's messages are indexed meanwhile, which would be in the host's way.
        ClauseContext own = given.fresh();
        String document = marked(own);
        SessionId id = own.session().id();
        bury(own, id);
        within(own, document, SearchScope.of(id));
        Connection connection = own.connection();
        SessionStore host = own.storage().on(connection).sessions();
        host.append(id, NewMessage.of(document));
        within(host, document, SearchScope.of(id), id);
        connection.commit();
        within(own, document, SearchScope.of(id), id);
    }

    @Clause(id = "FND-CONTAIN-032", needs = Capability.SEARCH)
    void whileOthersAppend(ClauseContext given) {
        Config config = given.config();
        String base = marked(given);
        List<Outcome<Integer>> outcomes =
                Together.run(
                        8,
                        number -> {
                            SessionId id =
                                    given.sessions()
                                            .create(
                                                    NewSession.on(config.id())
                                                            .id(given.sessionId()))
                                            .id();
                            int missed = 0;
                            for (int i = 0; i < 6; i++) {
                                String own =
                                        base.replace("}", ",\"n\":\"%d-%d\"}".formatted(number, i));
                                put(given, id, own);
                                List<String> only = List.of(id.value());
                                SessionStore all = given.sessions();
                                missed +=
                                        Containments.messagesOf(all, own, SearchScope.all())
                                                                .equals(only)
                                                        && Containments.sessionsWith(
                                                                        all, own, SearchScope.all())
                                                                .equals(only)
                                                ? 0
                                                : 1;
                                if (i == 3) {
                                    bury(given, id);
                                }
                            }
                            return missed;
                        });
        for (Outcome<Integer> outcome : outcomes) {
            assertThat(outcome.error()).as("what a thread met").isNull();
            assertThat(outcome.value())
                    .as("how often it was not found though its append had returned")
                    .isZero();
        }
    }
}
