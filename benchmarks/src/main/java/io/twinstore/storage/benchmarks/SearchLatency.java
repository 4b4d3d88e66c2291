package io.twinstore.storage.benchmarks;

import static io.twinstore.storage.benchmarks.Figures.quantile;
import static io.twinstore.storage.benchmarks.Figures.say;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.ConfigId;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.SearchResult;
import io.twinstore.storage.SearchScope;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStatus;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.UserId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How long searches take on SQLite and PostgreSQL that hold the same messages, and whether both
 * answer alike. The messages are made of the words of the transcripts in a folder; the environment
 * names the PostgreSQL database, in which a schema {@code search_latency} is made.
 */
public final class SearchLatency {

    private static final int IN_SESSION = 100;
    private static final int USERS = 100;
    private static final int CONFIGS = 5;
    private static final int ROUNDS = 5;
    private static final List<SessionStatus> STATUSES = List.of(SessionStatus.values());
    private static final Instant START = Instant.parse("2026-11-20T09:00:00Z");

    private final AtomicLong millis = new AtomicLong();
    private final Path folder;
    private final int messages;

    private SearchLatency(Path folder, int messages) {
        this.folder = folder;
        this.messages = messages;
    }

    /** A search and what to call it. */
    private record Query(String kind, String text, SearchScope scope) {}

    /**
     * Runs.
     *
     * @param arguments the folder with transcripts, and how many messages to make; 200,000 by
     *     default
     */
    public static void main(String[] arguments) throws Exception {
        int messages = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 200_000;
        new SearchLatency(Path.of(arguments[0]), messages).run();
    }

    private void run() throws Exception {
        Path file = Files.createTempDirectory("search-latency").resolve("search.db");
        try (Storage postgres = Storage.open(postgres())) {
            drop(postgres); // what a run that was broken off has left
        }
        try (Storage sqlite = Storage.open(timed(StorageOptions.sqlite(file)));
                Storage postgres = Storage.open(timed(postgres()))) {
            List<Query> queries = queries();
            Map<Query, SearchResult> before = new HashMap<>();
            int different = 0;
            for (Storage storage : List.of(sqlite, postgres)) {
                load(storage);
                for (Map.Entry<Query, SearchResult> answer : measure(storage, queries).entrySet()) {
                    SearchResult other = before.put(answer.getKey(), answer.getValue());
                    if (other != null && !other.equals(answer.getValue())) {
                        different++;
                        say("DIFFERENT: %s", answer.getKey());
                    }
                }
            }
            say("%d of %d searches were answered differently", different, queries.size());
            drop(postgres);
        }
    }

    private static void drop(Storage postgres) throws Exception {
        postgres.<Boolean, RuntimeException>withConnection(
                connection -> {
                    try (var statement = connection.createStatement()) {
                        return statement.execute("drop schema search_latency cascade");
                    }
                });
    }

    private StorageOptions timed(StorageOptions options) {
        return options.toBuilder().clock(() -> START.plusMillis(millis.get())).build();
    }

    private static StorageOptions postgres() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("DB_TYPE", "postgresql");
        environment.put("POSTGRES_SCHEMA", "search_latency");
        return StorageOptions.fromEnvironment(environment);
    }

    private void load(Storage storage) throws Exception {
        say("%s", storage.info().databaseVersion());
        millis.set(0);
        Texts texts = new Texts(folder, 7);
        for (int i = 0; i < CONFIGS; i++) {
            storage.configs().create(NewConfig.named("c" + i).id(ConfigId.of("c" + i)));
        }
        long start = System.nanoTime();
        for (int i = 0; i < messages / IN_SESSION; i++) {
            SessionId id = SessionId.of("s" + i);
            storage.sessions()
                    .create(
                            NewSession.on(ConfigId.of("c" + i % CONFIGS))
                                    .id(id)
                                    .owner(UserId.of("u" + i % USERS))
                                    .status(STATUSES.get(i % STATUSES.size())));
            for (int part = 0; part < 4; part++) {
                List<NewMessage> some = new ArrayList<>();
                for (int j = 0; j < IN_SESSION / 4; j++) {
                    some.add(texts.message());
                }
                millis.addAndGet(40);
                storage.sessions().append(id, some, AppendOptions.plain());
            }
        }
        say("loaded in %.1f s", (System.nanoTime() - start) / 1e9);
        start = System.nanoTime();
        storage.sessions().search("first", SearchScope.all(), PageRequest.first());
        say(
                "the first search, which indexes the rest, took %.1f s",
                (System.nanoTime() - start) / 1e9);
        storage.<Boolean, RuntimeException>withConnection(
                connection -> {
                    try (var statement = connection.createStatement()) {
                        return statement.execute("analyze");
                    }
                });
    }

    private List<Query> queries() throws Exception {
        Texts texts = new Texts(folder, 11);
        List<Query> queries = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            UserId user = UserId.of("u" + texts.number(USERS));
            SearchScope wide = SearchScope.all();
            SearchScope own = SearchScope.of(user);
            queries.add(new Query("word", texts.word(), wide));
            queries.add(new Query("and", texts.word() + " " + texts.word(), wide));
            queries.add(new Query("or", texts.word() + " OR " + texts.word(), wide));
            queries.add(new Query("not", texts.word() + " -" + texts.word(), wide));
            queries.add(new Query("phrase", texts.phrase(), wide));
            queries.add(new Query("prefix", texts.word().substring(0, 3) + "*", wide));
            queries.add(new Query("rare", "n" + texts.number(50_000), wide));
            queries.add(
                    new Query(
                            "common", Texts.COMMON + (i % 2 == 0 ? "" : " " + texts.word()), wide));
            queries.add(new Query("user", i % 2 == 0 ? Texts.COMMON : texts.word(), own));
            queries.add(new Query("scope", Texts.COMMON + " " + texts.word(), scope(i)));
        }
        return queries;
    }

    private static SearchScope scope(int i) {
        return switch (i % 4) {
            case 0 -> SearchScope.of(SessionId.of("s" + i));
            case 1 -> SearchScope.builder().config(ConfigId.of("c1")).build();
            case 2 -> SearchScope.builder().status(SessionStatus.COMPLETED).build();
            default ->
                    SearchScope.builder()
                            .created(START.plusSeconds(60), START.plusSeconds(120))
                            .build();
        };
    }

    private static Map<Query, SearchResult> measure(Storage storage, List<Query> queries) {
        Map<Query, SearchResult> answers = new HashMap<>();
        Map<String, List<Double>> byKind = new java.util.TreeMap<>();
        for (int round = -2; round < ROUNDS; round++) {
            for (Query query : queries) {
                long start = System.nanoTime();
                SearchResult result =
                        storage.sessions()
                                .search(query.text(), query.scope(), PageRequest.ofSize(20));
                double took = (System.nanoTime() - start) / 1e6;
                answers.put(query, result);
                if (round >= 0) {
                    byKind.computeIfAbsent(query.kind(), k -> new ArrayList<>()).add(took);
                    byKind.computeIfAbsent("all", k -> new ArrayList<>()).add(took);
                }
            }
        }
        byKind.forEach(
                (kind, times) -> {
                    double[] all = times.stream().mapToDouble(t -> t).toArray();
                    say(
                            "%-7s p50 %6.1f ms, p95 %6.1f ms, longest %6.1f ms",
                            kind, quantile(all, 0.5), quantile(all, 0.95), quantile(all, 1));
                });
        return answers;
    }
}
