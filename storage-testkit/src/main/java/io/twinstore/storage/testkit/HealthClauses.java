package io.twinstore.storage.testkit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.IndexLag;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.PoolOptions;
import io.twinstore.storage.SearchOptions;
import io.twinstore.storage.SearchScope;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageClosedException;
import io.twinstore.storage.StorageHealth;
import io.twinstore.storage.TransactionException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a storage says of its health. */
final class HealthClauses {

    private static final Duration SOON = Duration.ofMillis(200);

    @Clause(id = "HLT-UP-001")
    void isUp(ClauseContext given) {
        given.session();
        StorageHealth health = given.storage().health();

        assertThat(health.up()).as("up").isTrue();
        assertThat(health.reason()).as("reason").isNull();
        assertThat(health.problem()).as("problem").isNull();
        assertThat(health.latency()).as("latency").isPositive();
        assertThat(health.pool().max()).as("largest pool").isPositive();
        assertThat(health.schemaVersion())
                .as("version of the schema")
                .isEqualTo(given.storage().info().schemaVersion());
        assertThat(health.isSchemaCurrent()).as("the schema is the expected one").isTrue();
    }

    @Clause(id = "HLT-INDEX-001", needs = Capability.SEARCH)
    void saysHowFarTheIndexIsBehind(ClauseContext given) {
        ClauseContext own = given.fresh();
        Instant before = own.clock().instant();
        own.sessions().append(own.session().id(), NewMessage.user("one"));
        SessionId other = own.session().id();
        own.sessions().append(other, NewMessage.user("two"));
        own.sessions().append(other, NewMessage.user("three"));
        IndexLag behind = lag(own.storage());

        assertThat(behind.sessions()).as("sessions before anybody searched").isEqualTo(2);
        assertThat(behind.messages()).as("messages before anybody searched").isEqualTo(3);
        assertThat(behind.since()).as("since when").isBetween(before, own.clock().instant());

        own.sessions().search("one", SearchScope.all(), PageRequest.first());
        long patience = System.nanoTime() + Patience.now().toNanos();
        while (behind.sessions() > 0 && System.nanoTime() < patience) {
            behind = lag(own.storage());
        }
        assertThat(behind).as("lag after a while").isEqualTo(new IndexLag(0, 0, null));
    }

    private static IndexLag lag(Storage storage) {
        IndexLag index = storage.health().index();
        return requireNonNull(index, "the lag of a storage that searches");
    }

    @Clause(id = "HLT-INDEX-002")
    void doesNotLookAtAnIndexThatIsOff(ClauseContext given) {
        Storage off = given.open(options -> options.search(SearchOptions.off()));
        assertThat(off.health().index()).as("lag where search is off").isNull();
    }

    @Clause(id = "HLT-DOWN-001")
    void doesNotQueueForAConnection(ClauseContext given) {
        Storage small =
                given.open(
                        options ->
                                options.pool(
                                        PoolOptions.defaults()
                                                .withSize(1, 1)
                                                .withConnectionTimeout(Duration.ofHours(1))));
        Session session = given.session();
        given.sessions().append(session.id(), NewMessage.user("hello"));
        List<StorageHealth> asked = new ArrayList<>();
        // The stream holds the only connection that reads.
        small.sessions().streamTranscript(session.id(), m -> asked.add(small.health(SOON)));

        assertThat(asked).as("answers while there was no connection").hasSize(1);
        assertThat(asked.get(0).up()).as("up without a connection").isFalse();
        assertThat(asked.get(0).reason()).as("reason").isEqualTo(ErrorCode.BUSY);
        assertThat(asked.get(0).problem()).as("problem").isNotBlank();
        assertThat(small.health(Duration.ofMinutes(1)).up()).as("up with a connection").isTrue();
    }

    @Clause(id = "HLT-CALL-001")
    void refusesBadTimes(ClauseContext given) {
        for (Duration bad :
                List.of(Duration.ZERO, Duration.ofNanos(999_999), Duration.ofSeconds(61))) {
            Expect.refused("atMost", () -> given.storage().health(bad));
        }
    }

    @Clause(id = "HLT-CALL-002")
    void isRefusedWhereTheStorageIs(ClauseContext given) {
        Expect.thrown(
                TransactionException.class,
                () -> given.storage().transaction(tx -> given.storage().health()));
        Storage closed = given.open(options -> options);
        closed.close();
        Expect.thrown(StorageClosedException.class, closed::health);
    }
}
