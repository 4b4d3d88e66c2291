package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.Searches.bury;
import static io.twinstore.storage.testkit.Searches.found;
import static io.twinstore.storage.testkit.Searches.hits;
import static io.twinstore.storage.testkit.Searches.message;
import static io.twinstore.storage.testkit.Searches.say;
import static io.twinstore.storage.testkit.Searches.search;
import static io.twinstore.storage.testkit.Searches.walk;
import static io.twinstore.storage.testkit.Searches.word;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.Config;
import io.twinstore.storage.Cursor;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.SearchHit;
import io.twinstore.storage.SearchResult;
import io.twinstore.storage.SearchScope;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.Storage;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.stream.LongStream;

/** In which order a search answers, in which pages, and that nothing is missing from them. */
final class SearchPageClauses {

    private static final int THREADS = 8;
    private static final int APPENDS = 6;

    @Clause(id = "SRC-RANK-001", needs = Capability.SEARCH)
    void betterHitsComeFirst(ClauseContext given) {
        SessionId id = given.session().id();
        String w = word(given);
        say(given, id, w + " among many other words that have nothing at all to do with it");
        say(given, id, w + " alone");
        say(given, id, w + " and " + w + " and " + w + " and " + w);
        say(given, id, "none of it");

        for (boolean indexed : List.of(false, true)) {
            if (indexed) {
                bury(given, id);
            }
            List<SearchHit> hits = hits(given, id, w);
            assertThat(hits)
                    .extracting(SearchHit::sequence)
                    .as("the order of hits")
                    .containsExactly(3L, 2L, 1L);
            assertThat(hits.get(0).score()).as("its score").isGreaterThan(hits.get(1).score());
            assertThat(hits.get(1).score()).as("its score").isGreaterThan(hits.get(2).score());
        }
    }

    @Clause(id = "SRC-RANK-002", needs = Capability.SEARCH)
    void equalHitsComeNewestFirst(ClauseContext given) {
        Config config = given.config();
        String w = word(given);
        String base = given.sessionId().value();
        SessionId a = SessionId.of(base + "a");
        SessionId b = SessionId.of(base + "\uFF5E");
        SessionId c = SessionId.of(base + Samples.EMOJI);
        for (SessionId id : List.of(c, a, b)) {
            given.sessions().create(NewSession.on(config.id()).id(id));
            given.sessions().append(id, List.of(message(w), message(w)), AppendOptions.plain());
        }
        given.clock().move(Duration.ofNanos(1_000));
        say(given, b, w);

        for (boolean indexed : List.of(false, true)) {
            if (indexed) {
                bury(given, a);
                bury(given, b);
            }
            assertThat(hits(given, w, SearchScope.all()))
                    .extracting(hit -> hit.sessionId().value() + " " + hit.sequence())
                    .as("the order of equal hits")
                    .containsExactly(
                            b + " 3", a + " 1", a + " 2", b + " 1", b + " 2", c + " 1", c + " 2");
        }
    }

    @Clause(id = "SRC-RANK-003", needs = Capability.SEARCH)
    void occurrencesCountInSteps(ClauseContext given) {
        SessionId id = given.session().id();
        String w = word(given);
        for (int often = 1; often <= 9; often++) {
            say(given, id, (w + " ").repeat(often) + "filler ".repeat(20 - often));
        }
        List<Long> before = scores(given, id, w);

        assertThat(before.get(0)).as("the score of one word").isLessThan(before.get(1));
        assertThat(before.get(1)).as("the score of two").isEqualTo(before.get(2));
        assertThat(before.get(2)).as("the score of three").isLessThan(before.get(3));
        assertThat(before.get(3)).as("the score of four").isEqualTo(before.get(6));
        assertThat(before.get(6)).as("the score of seven").isLessThan(before.get(7));
        assertThat(before.get(7)).as("the score of eight").isEqualTo(before.get(8));
        bury(given, id);
        assertThat(scores(given, id, w)).as("the scores once indexed").isEqualTo(before);
    }

    private static List<Long> scores(ClauseContext given, SessionId id, String word) {
        return hits(given, id, word).stream()
                .sorted(Comparator.comparing(SearchHit::sequence))
                .map(SearchHit::score)
                .toList();
    }

    @Clause(id = "SRC-PAGE-001", needs = Capability.SEARCH)
    void pagesNeitherRepeatNorSkip(ClauseContext given) {
        SessionId id = given.session().id();
        String w = word(given);
        for (int i = 0; i < 23; i++) {
            given.clock().move(Duration.ofMillis(1));
            say(given, id, w + " x".repeat(i % 5));
        }
        List<Long> expected = hits(given, id, w).stream().map(SearchHit::sequence).toList();
        List<Long> walked = new ArrayList<>();
        PageRequest request = PageRequest.ofSize(5);
        while (request != null) {
            SearchResult page = given.sessions().search(w, SearchScope.of(id), request);
            assertThat(page.hits()).as("the hits of one page").hasSizeLessThanOrEqualTo(5);
            page.hits().forEach(hit -> walked.add(hit.sequence()));
            given.clock().move(Duration.ofMillis(1));
            say(given, id, w + " x x");
            say(given, id, w + " " + w);
            request = page.next().map(request::from).orElse(null);
        }
        assertThat(walked).as("what pages show while others append").isEqualTo(expected);
        bury(given, id);
        assertThat(walk(given, w, SearchScope.of(id), 4))
                .as("what pages show of what is indexed")
                .isEqualTo(hits(given, id, w));
    }

    @Clause(id = "SRC-PAGE-002", needs = Capability.SEARCH)
    void cursorIsGoodForItsSearch(ClauseContext given) {
        SessionId id = given.session().id();
        String w = word(given);
        say(given, id, w);
        say(given, id, w);
        PageRequest one = PageRequest.ofSize(1);
        Cursor cursor = given.sessions().search(w, SearchScope.of(id), one).next().orElseThrow();
        Expect.refused(
                "cursor",
                () -> given.sessions().search(w + "y", SearchScope.of(id), one.from(cursor)));
        Expect.refused(
                "cursor", () -> given.sessions().search(w, SearchScope.all(), one.from(cursor)));
        Expect.refused(
                "cursor",
                () -> given.sessions().search(w, SearchScope.of(id), one.from(Cursor.of("x"))));
        assertThat(given.sessions().search(w, SearchScope.of(id), one.from(cursor)).hits())
                .as("the second page")
                .hasSize(1);
    }

    @Clause(id = "SRC-PAGE-003", needs = Capability.SEARCH)
    void saysWhenThereIsTooMuch(ClauseContext given) {
        SessionId id = given.session().id();
        String w = word(given);
        given.sessions()
                .append(
                        id,
                        Collections.nCopies(SessionStore.RANKED, message(w)),
                        AppendOptions.plain());
        assertThat(search(given, w, SearchScope.of(id)).capped())
                .as("whether it says that there is more than it ranked")
                .isFalse();
        given.clock().move(Duration.ofSeconds(1));
        say(given, id, w);

        SearchResult result = search(given, w, SearchScope.of(id));
        assertThat(result.capped()).as("whether it says that there is more").isTrue();
        List<SearchHit> all = walk(given, w, SearchScope.of(id), 1000);
        assertThat(all)
                .extracting(SearchHit::sequence)
                .as("what is ranked")
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, SessionStore.RANKED + 1L)
                                .filter(sequence -> sequence != SessionStore.RANKED)
                                .boxed()
                                .toList());
    }

    @Clause(id = "SRC-NOW-001", needs = Capability.SEARCH)
    void findsWhatWasAppendedWhileOthersAppend(ClauseContext given) {
        Config config = given.config();
        String w = word(given);
        List<Outcome<List<String>>> outcomes =
                Together.run(THREADS, number -> appendAndSearch(given, config, w + number));
        for (Outcome<List<String>> outcome : outcomes) {
            assertThat(outcome.error()).as("what a thread met").isNull();
            assertThat(outcome.value())
                    .as("what was not found though its append had returned")
                    .isEmpty();
        }
    }

    private static List<String> appendAndSearch(ClauseContext given, Config config, String word) {
        SessionId id =
                given.sessions().create(NewSession.on(config.id()).id(given.sessionId())).id();
        List<String> missed = new ArrayList<>();
        for (int i = 0; i < APPENDS; i++) {
            String own = word + "n" + i;
            long sequence = say(given, id, own);
            boolean there =
                    hits(given, own, SearchScope.all()).stream()
                            .anyMatch(
                                    hit ->
                                            hit.sessionId().equals(id)
                                                    && hit.sequence() == sequence);
            if (!there) {
                missed.add(own);
            }
            if (i == APPENDS / 2) {
                bury(given, id);
            }
        }
        return missed;
    }

    @Clause(id = "SRC-NOW-002", needs = Capability.SEARCH)
    void findsWhatOtherStoragesAppended(ClauseContext given) {
        SessionId id = given.session().id();
        String w = word(given);
        Storage another = given.open(options -> options);
        for (int i = 1; i <= 10; i++) {
            Storage writer = i % 2 == 0 ? given.storage() : another;
            Storage reader = i % 2 == 0 ? another : given.storage();
            writer.sessions().append(id, message(w));
            assertThat(
                            reader.sessions()
                                    .search(w, SearchScope.of(id), PageRequest.ofSize(1000))
                                    .hits())
                    .as("what one storage finds of what the other appended")
                    .hasSize(i);
            if (i == 5) {
                bury(given, id);
            }
        }
    }

    @Clause(id = "SRC-NOW-003", needs = Capability.SEARCH)
    void findsWhateverWayItWasAppended(ClauseContext given) {
        SessionId id = given.session().id();
        String w = word(given);
        SessionStore sessions = given.sessions();
        for (int round = 0; round < 2; round++) {
            int before = found(given, id, w).size();
            sessions.append(id, message(w));
            sessions.append(id, List.of(message(w), message(w)), AppendOptions.plain());
            sessions.append(id, List.of(message(w)), AppendOptions.once(given.unique("key")));
            given.storage().transaction(tx -> tx.sessions().append(id, message(w)).lastSequence());
            assertThat(found(given, id, w)).as("what is found").hasSize(before + 5);
            bury(given, id);
            assertThat(new HashSet<>(found(given, id, w))).as("later").hasSize(before + 5);
        }
        GenerationClauses.replace(given, id, List.of(message(w), message("b")));
        assertThat(found(given, id, w)).as("what is found of a new transcript").hasSize(1);
        GenerationClauses.replace(given, id, List.of(message(w), message("b"), message(w)));
        assertThat(found(given, id, w)).as("what is found of one that goes on").hasSize(2);
    }

    @Clause(
            id = "SRC-NOW-004",
            needs = {Capability.SEARCH, Capability.ON_CONNECTION})
    void findsWhatTheHostCommits(ClauseContext given) throws SQLException {
        ClauseContext own = given.fresh(); // whose index nobody else keeps busy
        SessionId id = own.session().id();
        String w = word(own);
        bury(own, id);
        assertThat(found(own, id, w)).as("what is found at first").isEmpty();
        Connection connection = own.connection();
        SessionStore host = own.storage().on(connection).sessions();
        host.append(id, message(w));
        assertThat(host.search(w, SearchScope.of(id), PageRequest.first()).hits())
                .as("what is found on the connection")
                .hasSize(1);
        connection.commit();
        assertThat(found(own, id, w)).as("what is found after the commit").hasSize(1);
    }
}
