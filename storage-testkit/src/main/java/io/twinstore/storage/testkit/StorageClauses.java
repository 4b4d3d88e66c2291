package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.ClauseContext.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.ConfigFilter;
import io.twinstore.storage.ConfigStore;
import io.twinstore.storage.Json;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.OutcomeUnknownException;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.SchemaException;
import io.twinstore.storage.SchemaMode;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.SessionUpdate;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageClosedException;
import io.twinstore.storage.StorageException;
import io.twinstore.storage.StorageInfo;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The storage itself: opening, closing, schema modes, and what it says about itself. */
final class StorageClauses {

    @Clause(id = "STO-OPEN-001")
    void openedTwice(ClauseContext given) {
        ClauseContext fresh = given.fresh();
        Storage one = fresh.storage();
        Storage two = fresh.open(options -> options);
        Session session = one.sessions().create(NewSession.on(fresh.config().id()));

        assertThat(two.sessions().find(session.id())).as("seen by the other").isPresent();
        two.sessions().append(session.id(), NewMessage.user("Hello"));
        assertThat(one.sessions().get(session.id()).lastSequence())
                .as("messages seen by the first")
                .isEqualTo(1);
        one.close();
        assertThat(two.sessions().append(session.id(), NewMessage.user("on")).firstSequence())
                .as("the second goes on when the first is closed")
                .isEqualTo(2);
    }

    @Clause(id = "STO-OPEN-002")
    void dataOutlivesTheStorage(ClauseContext given) {
        ClauseContext fresh = given.fresh();
        Storage first = fresh.open(options -> options);
        Session session =
                first.sessions()
                        .create(NewSession.on(first.configs().create(NewConfig.named("a")).id()));
        first.sessions().append(session.id(), NewMessage.user("Hello"));
        first.close();

        Storage second = fresh.open(options -> options);

        assertThat(second.sessions().transcript(session.id()).messages()).as("messages").hasSize(1);
        assertThat(second.info().created()).as("made the schema").isFalse();
    }

    @Clause(id = "STO-OPEN-003")
    void openedByManyAtOnce(ClauseContext given) {
        ClauseContext fresh = given.fresh();

        List<Outcome<Storage>> outcomes = Together.run(4, i -> fresh.open(options -> options));

        assertThat(Outcome.errors(outcomes)).as("openings that failed").isEmpty();
        for (Storage storage : Outcome.values(outcomes)) {
            storage.configs().create(NewConfig.named("a"));
        }
        assertThat(Outcome.values(outcomes).get(0).configs().count(ConfigFilter.all()))
                .as("configs made by all of them")
                .isEqualTo(4);
        assertThat(Outcome.values(outcomes))
                .as("those that made the schema")
                .filteredOn(storage -> storage.info().created())
                .hasSize(1);
    }

    @Clause(id = "STO-OPEN-004")
    void idsComeFromTheGenerator(ClauseContext given) {
        ClauseContext fresh = given.fresh();
        AtomicInteger counter = new AtomicInteger();
        Storage storage =
                fresh.open(options -> options.ids(() -> "made " + counter.incrementAndGet()));

        var config = storage.configs().create(NewConfig.named("a"));
        Session session = storage.sessions().create(NewSession.on(config.id()));

        assertThat(config.id().value()).startsWith("made ");
        assertThat(session.id().value()).startsWith("made ").isNotEqualTo(config.id().value());
    }

    @Clause(id = "STO-OPEN-005")
    void instantsComeFromTheClock(ClauseContext given) {
        ClauseContext fresh = given.fresh();
        Storage storage = fresh.storage();
        var before = storage.configs().create(NewConfig.named("a"));
        fresh.clock().move(Duration.ofDays(-30_000));
        var after = storage.configs().create(NewConfig.named("a"));

        assertThat(before.createdAt()).isEqualTo(START);
        assertThat(storage.configs().get(after.id()).createdAt())
                .isEqualTo(START.minus(Duration.ofDays(30_000)));
    }

    @Clause(id = "STO-CLOSE-001")
    void closedTwice(ClauseContext given) {
        Storage storage = given.open(options -> options);
        storage.close();
        storage.close();

        Expect.thrown(StorageClosedException.class, storage::info);
    }

    @Clause(id = "STO-CLOSE-002")
    void usedAfterClose(ClauseContext given) {
        Session session = given.session();
        Storage storage = given.open(options -> options);
        SessionStore sessions = storage.sessions();
        ConfigStore configs = storage.configs();
        storage.close();

        SessionId id = session.id();
        PageRequest first = PageRequest.first();
        isClosed(() -> sessions.find(id));
        isClosed(() -> sessions.append(id, NewMessage.user("late")));
        isClosed(() -> sessions.transcript(id));
        isClosed(() -> sessions.streamTranscript(id, message -> {}));
        isClosed(() -> sessions.delete(id));
        isClosed(() -> sessions.participants(id));
        isClosed(() -> configs.find(session.configId()));
        isClosed(() -> configs.list(ConfigFilter.all(), first));
        isClosed(() -> configs.create(NewConfig.named("late")));
        isClosed(() -> storage.sessions().find(id));
        isClosed(() -> storage.transaction(tx -> tx.sessions().find(id)));
        isClosed(() -> storage.withConnection(connection -> true));
        isClosed(storage::info);
        assertThat(given.sessions().get(id).lastSequence()).as("what was written").isZero();
    }

    @Clause(id = "STO-CLOSE-003")
    void closedDuringCalls(ClauseContext given) {
        Session session = given.session();
        Storage storage = given.open(options -> options);
        AtomicInteger acknowledged = new AtomicInteger();

        List<Outcome<Boolean>> outcomes =
                Together.run(
                        5,
                        thread -> {
                            if (thread == 0) {
                                storage.close();
                                return true;
                            }
                            for (int i = 0; i < 1_000; i++) {
                                storage.sessions().append(session.id(), NewMessage.of("1"));
                                acknowledged.incrementAndGet();
                            }
                            return false;
                        });

        assertThat(Outcome.errors(outcomes))
                .as("what the calls under way were told")
                .hasSize(4)
                .hasOnlyElementsOfTypes(
                        StorageClosedException.class, OutcomeUnknownException.class);
        long unknown =
                Outcome.errors(outcomes).stream()
                        .filter(OutcomeUnknownException.class::isInstance)
                        .count();
        assertThat(given.sessions().get(session.id()).lastSequence())
                .as("the last sequence, where so many appends were acknowledged")
                .isBetween((long) acknowledged.get(), acknowledged.get() + unknown);
    }

    @Clause(id = "STO-ERROR-001")
    void errorsKeepValuesToThemselves(ClauseContext given) {
        String secret = given.unique("s3cret");
        Json metadata = Json.of("{\"token\":\"" + secret + "\"}");
        NewMessage message = NewMessage.user(secret);
        Session session = given.session();
        NewSession again = NewSession.on(session.configId()).metadata(metadata);
        SessionUpdate update = SessionUpdate.nothing().metadata(metadata).expectVersion(9);

        keeps(secret, () -> given.sessions().create(again.id(session.id())));
        keeps(secret, () -> given.sessions().update(session.id(), update));
        keeps(secret, () -> given.sessions().append(given.sessionId(), message));
        keeps(
                secret,
                () ->
                        given.sessions()
                                .append(
                                        session.id(),
                                        List.of(message),
                                        AppendOptions.expectSequence(9)));
    }

    private static void keeps(String secret, ThrowingCallable call) {
        for (Throwable e = catchThrowable(call); e != null; e = e.getCause()) {
            assertThat(e).as("the error or its cause").hasMessageNotContaining(secret);
        }
        assertThat(catchThrowable(call)).as("the error").isInstanceOf(StorageException.class);
    }

    private static void isClosed(ThrowingCallable call) {
        Expect.thrown(StorageClosedException.class, call);
    }

    @Clause(id = "STO-SCHEMA-001")
    void validateRefusesAnEmptyDatabase(ClauseContext given) {
        ClauseContext fresh = given.fresh();

        Expect.thrown(
                SchemaException.class, () -> validated(fresh).configs().count(ConfigFilter.all()));
        Expect.thrown(
                SchemaException.class, () -> validated(fresh).configs().count(ConfigFilter.all()));
        assertThat(fresh.storage().info().created()).as("left for the next to make").isTrue();
    }

    private static Storage validated(ClauseContext fresh) {
        return fresh.open(options -> options.schemaMode(SchemaMode.VALIDATE));
    }

    @Clause(id = "STO-SCHEMA-002")
    void everyModeOpensWhatIsUpToDate(ClauseContext given) {
        ClauseContext fresh = given.fresh();
        var config = fresh.config();
        for (SchemaMode mode : SchemaMode.values()) {
            Storage storage = fresh.open(options -> options.schemaMode(mode));

            assertThat(storage.configs().find(config.id())).as("read with %s", mode).isPresent();
            assertThat(storage.sessions().create(NewSession.on(config.id())).version())
                    .as("written with %s", mode)
                    .isEqualTo(1);
            assertThat(storage.info().created()).as("made the schema, %s", mode).isFalse();
            storage.close();
        }
    }

    @Clause(id = "STO-INFO-001")
    void saysWhatItRunsOn(ClauseContext given) {
        ClauseContext fresh = given.fresh();
        StorageInfo info = fresh.storage().info();

        assertThat(info.database()).isEqualTo(fresh.options().databaseType());
        assertThat(info.databaseVersion()).as("version").matches(".*\\d+\\.\\d+.*");
        assertThat(info.location()).as("location").isNotBlank();
        assertThat(info.schemaVersion()).as("schema version").isNotBlank();
        assertThat(info.created()).as("made the schema").isTrue();
        assertThat(info.pool().max()).as("largest pool").isPositive();
        assertThat(info.pool().waiting()).as("threads that wait").isZero();
        assertThat(info.pool().active()).as("connections in use").isBetween(0, 1);
    }
}
