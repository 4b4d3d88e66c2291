package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.ClauseContext.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.Json;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.User;
import io.twinstore.storage.UserFilter;
import io.twinstore.storage.UserId;
import io.twinstore.storage.UserStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/** Users: describing, filtering and listing them. */
final class UserListClauses {

    private static final Duration LATER = Duration.ofMinutes(5);

    @Clause(id = "USR-META-001")
    void replacesMetadata(ClauseContext given) {
        UserId ada = given.user("ada");
        UserId other = given.user("other");
        given.users().seen(ada);
        given.users().seen(other);
        given.users().replaceMetadata(ada, Json.of("{\"a\":1,\"b\":{\"c\":2}}"));
        given.clock().move(LATER);

        User changed = given.users().replaceMetadata(ada, Json.of("{\"b\":{\"d\":1.50}}"));

        Expect.means(changed.metadata(), "{\"b\":{\"d\":1.5}}");
        assertThat(changed.lastSeen()).as("last seen").isEqualTo(START);
        Expect.same(given.users().get(ada), changed);
        Expect.means(given.users().get(other).metadata(), "{}");
    }

    @Clause(id = "USR-META-002")
    void mergesMetadata(ClauseContext given) {
        UserId ada = given.user("ada");
        given.users().seen(ada);
        given.users().replaceMetadata(ada, Json.of("{\"a\":1,\"b\":{\"c\":2,\"d\":3},\"e\":[1]}"));

        User changed =
                given.users()
                        .mergeMetadata(
                                ada, Json.of("{\"a\":null,\"b\":{\"c\":4},\"e\":[2],\"f\":\"x\"}"));

        Expect.means(changed.metadata(), "{\"b\":{\"c\":4,\"d\":3},\"e\":[2],\"f\":\"x\"}");
        Expect.same(given.users().get(ada), changed);
    }

    @Clause(id = "USR-META-003")
    void refusesBadMetadata(ClauseContext given) {
        UserStore users = given.users();
        UserId ada = given.user("ada");
        UserId unknown = given.user("unknown");
        users.seen(ada);
        User old = users.replaceMetadata(ada, Json.of("{\"a\":1}"));

        for (String bad : List.of("[]", "null", "\"x\"", "{\"a\":\"\\u0000\"}")) {
            Expect.refused("user.metadata", () -> users.replaceMetadata(ada, Json.of(bad)));
            Expect.refused("user.metadataPatch", () -> users.mergeMetadata(ada, Json.of(bad)));
        }
        Json some = Json.of("{\"b\":1}");
        Expect.notFound("user", unknown, () -> users.replaceMetadata(unknown, some));
        Expect.notFound("user", unknown, () -> users.mergeMetadata(unknown, some));

        Expect.same(users.get(ada), old);
        assertThat(users.find(unknown)).as("the unknown user").isEmpty();
    }

    @Clause(id = "USR-META-004")
    void concurrentMergesLoseNothing(ClauseContext given) {
        UserId ada = given.user("ada");
        given.users().seen(ada);
        UserStore other = given.open(options -> options).users();

        List<Outcome<User>> outcomes =
                Together.run(
                        10,
                        i ->
                                (i % 2 == 0 ? given.users() : other)
                                        .mergeMetadata(ada, Json.of("{\"k" + i + "\":" + i + "}")));

        assertThat(Outcome.errors(outcomes)).as("merges that failed").isEmpty();
        for (int i = 0; i < 10; i++) {
            assertThat(given.users().get(ada).metadata().at("/k" + i))
                    .as("what merge %s set", i)
                    .isPresent();
        }
    }

    @Clause(id = "USR-LIST-001")
    void latestFirst(ClauseContext outer) {
        ClauseContext given = outer.fresh();
        assertThat(given.users().list(UserFilter.all(), PageRequest.first()).items()).isEmpty();
        List<UserId> expected = new ArrayList<>();
        // U+FF5E sorts behind the surrogates of an emoji when UTF-16 units are compared.
        for (String id : List.of("B", "a", "b", "ä", "\uFF5E", Samples.EMOJI)) {
            given.users().seen(UserId.of(id));
            expected.add(UserId.of(id));
        }
        given.clock().move(Duration.ofNanos(1_000));
        UserId late = UserId.of("A late one");
        given.users().seen(late);
        given.users().seen(UserId.of("a"));
        expected.remove(UserId.of("a"));
        expected.add(late);
        expected.add(UserId.of("a"));
        Collections.reverse(expected);

        for (int size : new int[] {1, 3, 8, 1000}) {
            assertThat(Expect.walk(size, page -> given.users().list(UserFilter.all(), page)))
                    .as("all pages of %s", size)
                    .extracting(User::id)
                    .isEqualTo(expected);
        }
        assertThat(given.users().count(UserFilter.all())).as("count").isEqualTo(expected.size());
    }

    @Clause(id = "USR-LIST-002")
    void filtersByMetadata(ClauseContext given) {
        String team = given.unique("team");
        List<String> documents =
                List.of(
                        "{\"team\":\"%s\",\"tags\":[\"a\",\"b\"]}",
                        "{\"team\":\"%s\",\"tags\":[\"b\"],\"more\":1}",
                        "{\"team\":\"%s\",\"tags\":\"b\"}",
                        "{\"team\":\"%sx\",\"tags\":[\"b\"]}",
                        "{\"nested\":{\"team\":\"%s\",\"tags\":[\"b\"]}}",
                        "{\"tags\":[\"b\"]}");
        List<UserId> users = new ArrayList<>();
        for (String document : documents) {
            UserId user = given.user("listed");
            given.users().seen(user);
            given.users().replaceMetadata(user, Json.of(document.formatted(team)));
            given.clock().move(Duration.ofSeconds(1));
            users.add(user);
        }
        UserFilter filter =
                UserFilter.all().metadata(Json.of("{\"team\":\"" + team + "\",\"tags\":[\"b\"]}"));

        assertThat(Expect.walk(1, page -> given.users().list(filter, page)))
                .extracting(User::id)
                .containsExactly(users.get(1), users.get(0));
        assertThat(given.users().count(filter)).as("count").isEqualTo(2);
        Expect.refused(
                "filter.metadata",
                () -> given.users().count(UserFilter.all().metadata(Json.of("1"))));
    }

    @Clause(id = "USR-LIST-003")
    void refusesForeignCursors(ClauseContext given) {
        UserStore users = given.users();
        users.seen(given.user("one"));
        users.seen(given.user("other"));
        var cursor =
                Objects.requireNonNull(
                        users.list(UserFilter.all(), PageRequest.ofSize(1)).nextCursor());
        UserFilter filter = UserFilter.all().metadata(Json.of("{\"a\":1}"));

        Expect.refused("cursor", () -> users.list(filter, PageRequest.first().from(cursor)));
    }
}
