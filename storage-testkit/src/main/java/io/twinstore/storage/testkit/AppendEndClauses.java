package io.twinstore.storage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.Appended;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.NotFoundException;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.Storage;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Appends to a session that ends meanwhile, or while the clock goes back. */
final class AppendEndClauses {

    @Clause(id = "APP-SHARE-007")
    void theLastMessageHasTheTimeOfTheLast(ClauseContext given) {
        SessionId id = given.session().id();
        AtomicInteger looks = new AtomicInteger();
        Storage storage =
                given.open(
                        options ->
                                options.clock(
                                        () ->
                                                ClauseContext.START.minusSeconds(
                                                        looks.incrementAndGet())));
        for (int round = 0; round < 20; round++) {
            List<Outcome<Appended>> outcomes =
                    Together.run(4, thread -> storage.sessions().append(id, NewMessage.of("1")));

            assertThat(Outcome.errors(outcomes)).as("errors").isEmpty();
            assertThat(storage.sessions().get(id).lastMessageAt())
                    .as("when the last message was appended, while the clock goes back")
                    .isEqualTo(storage.sessions().lastMessages(id, 1).get(0).createdAt());
        }
    }

    private static final int THREADS = 4;
    private static final int AT_MOST = 200;

    /**
     * Makes thread 0 end the session while the others append until refused; returns the
     * acknowledged.
     */
    private static int appendWhile(ClauseContext given, SessionId id, Runnable end) {
        int[] acknowledged = new int[THREADS + 1];
        List<Outcome<Boolean>> outcomes =
                Together.run(
                        THREADS + 1,
                        thread -> {
                            if (thread == 0) {
                                end.run();
                                return true;
                            }
                            for (; acknowledged[thread] < AT_MOST; acknowledged[thread]++) {
                                given.sessions().append(id, NewMessage.of("1"));
                            }
                            return true;
                        });
        assertThat(Outcome.errors(outcomes))
                .as("what the others were told")
                .hasOnlyElementsOfType(NotFoundException.class);
        return IntStream.of(acknowledged).sum();
    }

    @Clause(id = "APP-END-001")
    void deletionOfTheSession(ClauseContext given) {
        SessionId id = given.session().id();

        int acknowledged = appendWhile(given, id, () -> given.sessions().delete(id));

        given.sessions().restore(id);
        hasMessages(given, id, acknowledged);
    }

    @Clause(id = "APP-END-002")
    void deletionOfTheConfig(ClauseContext given) {
        Session session = given.session();

        int acknowledged =
                appendWhile(given, session.id(), () -> given.configs().delete(session.configId()));

        given.configs().restore(session.configId());
        hasMessages(given, session.id(), acknowledged);
    }

    private static void hasMessages(ClauseContext given, SessionId id, int acknowledged) {
        assertThat(given.sessions().get(id).lastSequence())
                .as("the last sequence, where so many appends were acknowledged")
                .isEqualTo(acknowledged);
        assertThat(given.sessions().transcript(id).messages()).as("messages").hasSize(acknowledged);
    }

    @Clause(id = "APP-END-003")
    void purge(ClauseContext given) {
        Session session = given.session();

        appendWhile(given, session.id(), () -> given.sessions().purge(session.id()));

        assertThat(given.sessions().exists(session.id())).as("the purged session").isFalse();
        given.sessions().create(NewSession.on(session.configId()).id(session.id()));
        assertThat(given.sessions().transcript(session.id()).messages())
                .as("messages that nobody owns")
                .isEmpty();
    }
}
