package io.twinstore.storage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.ConflictException;
import io.twinstore.storage.Isolation;
import io.twinstore.storage.Json;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionUpdate;
import io.twinstore.storage.StorageBusyException;
import io.twinstore.storage.Stores;
import io.twinstore.storage.TransactionOptions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Transactions that collide with others, and are run again. */
final class RetryClauses {

    @Clause(id = "TXN-RETRY-001")
    void retriesWhatCollides(ClauseContext given) {
        Session session = counting(given);
        for (Isolation isolation : List.of(Isolation.SERIALIZABLE, Isolation.REPEATABLE_READ)) {
            TransactionOptions options =
                    TransactionOptions.standard().isolation(isolation).attempts(100);
            long before = counter(given.sessions().get(session.id()));

            List<Outcome<Session>> outcomes =
                    Together.run(
                            6,
                            i ->
                                    given.storage()
                                            .transaction(options, tx -> increment(tx, session)));

            assertThat(Outcome.errors(outcomes)).as("errors, %s", isolation).isEmpty();
            assertThat(counter(given.sessions().get(session.id())))
                    .as("a counter that six transactions incremented, %s", isolation)
                    .isEqualTo(before + 6);
        }
    }

    private static Session counting(ClauseContext given) {
        Json metadata = Json.of("{\"n\":0}");
        return given.sessions().create(NewSession.on(given.config().id()).metadata(metadata));
    }

    private static Session increment(Stores tx, Session session) {
        long n = counter(tx.sessions().get(session.id()));
        return tx.sessions()
                .update(
                        session.id(),
                        SessionUpdate.nothing().metadata(Json.of("{\"n\":" + (n + 1) + "}")));
    }

    private static long counter(Session session) {
        return Long.parseLong(session.metadata().at("/n").orElseThrow().text());
    }

    @Clause(id = "TXN-RETRY-003")
    void lastAttemptFailsAsBusy(ClauseContext given) {
        Session session = counting(given);
        TransactionOptions once =
                TransactionOptions.standard().isolation(Isolation.SERIALIZABLE).attempts(1);

        List<Outcome<Session>> outcomes =
                Together.run(
                        6, i -> given.storage().transaction(once, tx -> increment(tx, session)));

        assertThat(Outcome.errors(outcomes)).hasOnlyElementsOfType(StorageBusyException.class);
        assertThat(counter(given.sessions().get(session.id())))
                .as("a counter that as many transactions incremented as succeeded")
                .isEqualTo(Outcome.values(outcomes).size());
    }

    @Clause(id = "TXN-RETRY-002")
    void retriesNothingElse(ClauseContext given) {
        AtomicInteger runs = new AtomicInteger();

        Expect.thrown(
                ConflictException.class,
                () ->
                        given.storage()
                                .transaction(
                                        tx -> {
                                            runs.incrementAndGet();
                                            throw new ConflictException(
                                                    ConflictException.Reason.VERSION,
                                                    "id",
                                                    "1",
                                                    "2");
                                        }));

        assertThat(runs).as("runs of the work").hasValue(1);
    }
}
