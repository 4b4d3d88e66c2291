package io.twinstore.storage.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.Appended;
import io.twinstore.storage.Config;
import io.twinstore.storage.Message;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.OutcomeUnknownException;
import io.twinstore.storage.PoolOptions;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SslMode;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageException;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.StorageUnavailableException;
import io.twinstore.storage.testkit.FaultyProxy;
import io.twinstore.storage.testkit.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Connections to PostgreSQL that break at the worst moments: before a request, and at its reply.
 */
class LostReplyTest {

    /** What a keyed append asks before its commit: lock, look for the key, append, note the key. */
    private static final int BEFORE_COMMIT = 4;

    private static final String UNASKED = "com.zaxxer.hikari.aliveBypassWindowMs";

    private static TestDatabase database;
    private static FaultyProxy proxy;
    private static Storage direct;
    private Storage storage;
    private SessionId id;

    @BeforeAll
    static void open() {
        database = new PostgresHarness().newDatabase();
        StorageOptions options = database.options();
        proxy = new FaultyProxy(options.postgres().host(), options.postgres().port());
        direct = Storage.open(options);
    }

    /** Opens a storage whose pool never asks the server whether an idle connection still lives. */
    private static Storage opened(StorageOptions options) {
        System.setProperty(UNASKED, "600000");
        try {
            return Storage.open(options);
        } finally {
            System.clearProperty(UNASKED);
        }
    }

    @AfterAll
    static void close() {
        direct.close();
        proxy.close();
        database.close();
    }

    @BeforeEach
    void appendOne() {
        Config config = direct.configs().create(NewConfig.named("lost"));
        id = direct.sessions().create(NewSession.on(config.id())).id();
        direct.sessions().append(id, NewMessage.user("first"));
        storage = opened(throughProxy(database.options(), Duration.ofSeconds(30)));
    }

    @AfterEach
    void goOn() {
        proxy.resume();
        storage.close();
    }

    private static StorageOptions throughProxy(StorageOptions options, Duration statement) {
        return options.toBuilder()
                .postgres(
                        options.postgres().toBuilder()
                                .host(proxy.host())
                                .port(proxy.port())
                                .sslMode(SslMode.DISABLE)
                                .build())
                .pool(
                        PoolOptions.defaults()
                                .withSize(1, 4)
                                .withConnectionTimeout(Duration.ofSeconds(20))
                                .withStatementTimeout(statement))
                .build();
    }

    private Appended append(String content) {
        return storage.sessions().append(id, NewMessage.user(content));
    }

    private Appended appendOnce(String content) {
        return storage.sessions()
                .append(id, List.of(NewMessage.user(content)), AppendOptions.once("key"));
    }

    private List<String> contents() {
        return direct.sessions().transcript(id).messages().stream()
                .map(LostReplyTest::content)
                .toList();
    }

    private static String content(Message message) {
        return message.body().at("/content").orElseThrow().text().replace("\"", "");
    }

    private static void awaited(CompletableFuture<Void> sprung) {
        assertThat(sprung).succeedsWithin(Duration.ofSeconds(30));
    }

    private CompletableFuture<Void> swallowReplyAfter(int requests) {
        awaitQuietPool();
        return proxy.swallowReplyAfter(requests);
    }

    private CompletableFuture<Void> cutAfter(int requests) {
        awaitQuietPool();
        return proxy.cutAfter(requests);
    }

    /** Waits until the pool makes no connection of its own, which the fault would hit. */
    private void awaitQuietPool() {
        await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> {
                            int idle = storage.info().pool().idle();
                            return idle > 0 && idle == proxy.connections();
                        });
    }

    @Test
    void appendWhoseReplyIsLostIsThereOnceAndUnknown() {
        CompletableFuture<Void> lost = proxy.swallowReplyTo("second");

        assertThatThrownBy(() -> append("second"))
                .isInstanceOf(OutcomeUnknownException.class)
                .hasMessageContaining("same idempotency key");

        awaited(lost);
        assertThat(contents()).containsExactly("first", "second");
        assertThat(append("third").firstSequence()).as("after the pool has recovered").isEqualTo(3);
    }

    @Test
    void appendThatNeverReachedTheServerIsUnknownToo() {
        CompletableFuture<Void> lost = cutAfter(0);

        // The client cannot tell it from a reply that was lost.
        assertThatThrownBy(() -> append("second")).isInstanceOf(OutcomeUnknownException.class);

        awaited(lost);
        assertThat(contents()).containsExactly("first");
        assertThat(append("third").firstSequence()).isEqualTo(2);
    }

    @Test
    void retryWithTheKeyOfALostCommitIsAReplay() {
        CompletableFuture<Void> lost = swallowReplyAfter(BEFORE_COMMIT);

        assertThatThrownBy(() -> appendOnce("second")).isInstanceOf(OutcomeUnknownException.class);

        awaited(lost);
        assertThat(contents()).containsExactly("first", "second");
        assertThat(appendOnce("second")).isEqualTo(new Appended(id, 2, 2, true));
        assertThat(contents()).containsExactly("first", "second");
    }

    @Test
    void retryWithTheKeyOfACommitThatNeverArrivedIsApplied() {
        CompletableFuture<Void> lost = cutAfter(BEFORE_COMMIT);

        assertThatThrownBy(() -> appendOnce("second")).isInstanceOf(OutcomeUnknownException.class);

        awaited(lost);
        assertThat(appendOnce("second")).isEqualTo(new Appended(id, 2, 2, false));
        assertThat(contents()).containsExactly("first", "second");
    }

    /** Before the commit, nothing can have been written, and the error says so. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void keyedAppendCutBeforeItsCommitWroteNothing(int request) {
        for (boolean swallow : new boolean[] {true, false}) {
            CompletableFuture<Void> lost = swallow ? swallowReplyAfter(request) : cutAfter(request);

            assertThatThrownBy(() -> appendOnce("second"))
                    .isInstanceOf(StorageUnavailableException.class);

            awaited(lost);
            assertThat(contents()).containsExactly("first");
        }
        assertThat(appendOnce("second")).isEqualTo(new Appended(id, 2, 2, false));
    }

    @Test
    void transactionWhoseCommitIsUnansweredIsUnknown() {
        List<CompletableFuture<Void>> lost = new ArrayList<>();

        assertThatThrownBy(
                        () ->
                                storage.transaction(
                                        tx -> {
                                            tx.sessions().append(id, NewMessage.user("second"));
                                            lost.add(proxy.swallowReplyAfter(0));
                                            return "done";
                                        }))
                .isInstanceOf(OutcomeUnknownException.class);

        awaited(lost.get(0));
        assertThat(lost).as("runs of the work").hasSize(1);
        assertThat(contents()).containsExactly("first", "second");
    }

    @Test
    void transactionCutInTheMiddleWroteNothing() {
        assertThatThrownBy(
                        () ->
                                storage.transaction(
                                        tx -> {
                                            tx.sessions().append(id, NewMessage.user("second"));
                                            proxy.cutAll();
                                            return tx.sessions()
                                                    .append(id, NewMessage.user("third"));
                                        }))
                .isInstanceOf(StorageUnavailableException.class);

        assertThat(contents()).containsExactly("first");
    }

    @Test
    void readWhoseReplyIsLostIsUnavailable() {
        CompletableFuture<Void> lost = swallowReplyAfter(0);

        assertThatThrownBy(() -> storage.sessions().get(id))
                .isInstanceOf(StorageUnavailableException.class);

        awaited(lost);
        assertThat(storage.sessions().get(id).lastSequence()).isEqualTo(1);
    }

    @Test
    void everyConnectionOfThePoolMayBreakAtOnce() {
        proxy.refuse();
        CompletableFuture<Throwable> waiting =
                CompletableFuture.supplyAsync(() -> catchThrowable(() -> append("second")));
        proxy.admit();

        Throwable error = waiting.orTimeout(60, TimeUnit.SECONDS).join();

        // It may have found the broken connection, or waited for a new one.
        assertThat(contents()).hasSizeLessThanOrEqualTo(2);
        if (error != null) {
            assertThat(error).isInstanceOf(OutcomeUnknownException.class);
            assertThat(contents()).containsExactly("first");
        }
        append("third");
        assertThat(contents()).endsWith("third");
    }

    /** Eight threads, whose appends may share a commit: whoever was in it knows that it is open. */
    @Test
    void everyCallerOfACombinedAppendIsTold() throws Exception {
        int threads = 8;
        awaitQuietPool();
        proxy.stall();
        List<FutureTask<Appended>> calls = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            calls.add(appendingWhileStalled("by " + i));
        }
        // The first one's request is on its way; those that wait for it come together.
        CompletableFuture<Void> lost = proxy.swallowReplyTo("by " + (threads - 1));
        proxy.resume();
        awaited(lost);
        assertThat(unknown(calls)).as("callers whose reply was lost").isEqualTo(threads - 1);
        assertThat(contents()).hasSize(1 + threads);
    }

    /** Starts an append, and returns when it waits for the server or for another append. */
    private FutureTask<Appended> appendingWhileStalled(String content) {
        FutureTask<Appended> call = new FutureTask<>(() -> append(content));
        Thread thread = new Thread(call, content);
        thread.setDaemon(true);
        thread.start();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> isInAppend(thread.getStackTrace()) && !isWorking(thread));
        return call;
    }

    private static boolean isInAppend(StackTraceElement... stack) {
        return Arrays.stream(stack).anyMatch(frame -> frame.getMethodName().equals("alone"));
    }

    /** A thread that reads from a socket counts as running. */
    private static boolean isWorking(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        return thread.getState() == Thread.State.RUNNABLE
                && (stack.length == 0 || !stack[0].isNativeMethod());
    }

    /** Checks each answer against what is there, and counts those that say that nobody knows. */
    private int unknown(List<FutureTask<Appended>> calls) throws Exception {
        int unknown = 0;
        for (int i = 0; i < calls.size(); i++) {
            try {
                long at = calls.get(i).get(60, TimeUnit.SECONDS).firstSequence();
                assertThat(contents().get((int) at - 1)).isEqualTo("by " + i);
            } catch (ExecutionException e) {
                assertThat(e).hasCauseInstanceOf(OutcomeUnknownException.class);
                assertThat(contents()).containsOnlyOnce("by " + i);
                unknown++;
            }
        }
        return unknown;
    }

    @Test
    void frozenDatabaseEndsTheCallWithinTheSocketTimeout() {
        try (Storage impatient = opened(throughProxy(database.options(), Duration.ofMillis(100)))) {
            impatient.sessions().get(id);
            proxy.stall();

            StorageException error =
                    (StorageException)
                            catchThrowable(
                                    () ->
                                            impatient
                                                    .sessions()
                                                    .append(id, NewMessage.user("third")));

            assertThat(error).isInstanceOf(OutcomeUnknownException.class);
            proxy.resume();
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () ->
                                    assertThat(
                                                    impatient
                                                            .sessions()
                                                            .append(id, NewMessage.user("fourth"))
                                                            .firstSequence())
                                            .isGreaterThanOrEqualTo(2));
        }
    }
}
