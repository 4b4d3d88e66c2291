package io.twinstore.storage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.ConfigFilter;
import io.twinstore.storage.ConfigId;
import io.twinstore.storage.Cursor;
import io.twinstore.storage.MessageRange;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.Page;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionFilter;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStatus;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.Storage;
import io.twinstore.storage.UserId;
import java.util.List;

/** Pages: their sizes, their cursors, and cursors from somewhere else. */
final class PageClauses {

    private static final PageRequest ONE = PageRequest.ofSize(1);

    /** A user with three sessions of four messages each, and a config for each of them. */
    private record Ground(UserId user, String configName, ConfigId config, SessionId session) {

        static Ground of(ClauseContext given) {
            UserId user = given.user("user");
            String name = given.unique("name");
            ConfigId config = given.configId();
            SessionId session = given.sessionId();
            given.configs().create(NewConfig.named(name).id(config));
            given.configs().create(NewConfig.named(name));
            given.configs().create(NewConfig.named(name));
            NewSession owned = NewSession.on(config).owner(user);
            given.sessions().create(owned.id(session));
            given.sessions().create(owned);
            given.sessions().create(owned);
            given.sessions().append(session, AppendClauses.batch(4), AppendOptions.plain());
            return new Ground(user, name, config, session);
        }

        ConfigFilter named() {
            return ConfigFilter.all().named(configName);
        }

        SessionFilter onConfig() {
            return SessionFilter.builder().config(config).build();
        }
    }

    private static Cursor next(Page<?> page) {
        return page.next().orElseThrow(() -> new AssertionError("There is no next page."));
    }

    private static Cursor ofSessions(ClauseContext given, Ground ground) {
        return next(given.sessions().list(ground.onConfig(), ONE));
    }

    @Clause(id = "PAG-SIZE-001")
    void lastPageHasNoNext(ClauseContext given) {
        Ground ground = Ground.of(given);
        PageRequest three = PageRequest.ofSize(3);
        PageRequest four = PageRequest.ofSize(4);
        SessionStore sessions = given.sessions();

        assertThat(given.configs().list(ground.named(), three).next()).as("configs").isEmpty();
        assertThat(sessions.list(ground.onConfig(), three).next()).as("sessions").isEmpty();
        assertThat(sessions.sessionsOf(ground.user(), three).next()).as("memberships").isEmpty();
        assertThat(sessions.messages(ground.session(), MessageRange.all(), four).next())
                .as("messages")
                .isEmpty();
        assertThat(sessions.messages(ground.session(), MessageRange.between(2, 4), three).next())
                .as("messages of a range")
                .isEmpty();
    }

    @Clause(id = "PAG-SIZE-002")
    void sizesAreBounded(ClauseContext given) {
        Ground ground = Ground.of(given);
        for (int bad : new int[] {Integer.MIN_VALUE, -1, 0, 1001}) {
            Expect.refused(
                    "size",
                    () -> given.sessions().list(ground.onConfig(), PageRequest.ofSize(bad)));
        }
        for (int good : new int[] {1, 2, 3, 1000}) {
            assertThat(given.sessions().list(ground.onConfig(), PageRequest.ofSize(good)).items())
                    .as("a page of %s, of 3 sessions", good)
                    .hasSize(Math.min(good, 3));
        }
    }

    @Clause(id = "PAG-CURSOR-001")
    void malformedIsRefused(ClauseContext given) {
        Ground ground = Ground.of(given);
        String good = ofSessions(given, ground).token();
        for (String token :
                List.of(
                        "x",
                        "0",
                        "' or 1=1 --",
                        Samples.EMOJI,
                        "AAAA",
                        "eyJ2IjoxfQ",
                        good.substring(1),
                        good.substring(0, good.length() / 2),
                        good + "AAAA")) {
            PageRequest bad = ONE.from(Cursor.of(token));
            SessionStore sessions = given.sessions();

            Expect.refused("cursor", () -> given.configs().list(ground.named(), bad));
            Expect.refused("cursor", () -> sessions.list(ground.onConfig(), bad));
            Expect.refused("cursor", () -> sessions.sessionsOf(ground.user(), bad));
            Expect.refused(
                    "cursor", () -> sessions.messages(ground.session(), MessageRange.all(), bad));
        }
    }

    @Clause(id = "PAG-CURSOR-002")
    void foreignIsRefused(ClauseContext given) {
        Ground ground = Ground.of(given);
        SessionStore sessions = given.sessions();
        PageRequest ofConfigs = ONE.from(next(given.configs().list(ground.named(), ONE)));
        PageRequest ofSessions = ONE.from(ofSessions(given, ground));
        PageRequest ofUser = ONE.from(next(sessions.sessionsOf(ground.user(), ONE)));
        PageRequest ofMessages =
                ONE.from(next(sessions.messages(ground.session(), MessageRange.all(), ONE)));

        Expect.refused("cursor", () -> given.configs().list(ground.named(), ofSessions));
        Expect.refused("cursor", () -> sessions.list(ground.onConfig(), ofConfigs));
        Expect.refused("cursor", () -> sessions.list(ground.onConfig(), ofUser));
        Expect.refused("cursor", () -> sessions.sessionsOf(ground.user(), ofSessions));
        Expect.refused("cursor", () -> sessions.sessionsOf(ground.user(), ofMessages));
        Expect.refused(
                "cursor",
                () -> sessions.messages(ground.session(), MessageRange.all(), ofSessions));
    }

    @Clause(id = "PAG-CURSOR-003")
    void boundToTheFilter(ClauseContext given) {
        Ground ground = Ground.of(given);
        PageRequest ofSessions = ONE.from(ofSessions(given, ground));
        SessionFilter.Builder same = ground.onConfig().toBuilder();

        Expect.refused("cursor", () -> given.sessions().list(SessionFilter.all(), ofSessions));
        Expect.refused(
                "cursor",
                () -> given.sessions().list(same.status(SessionStatus.ACTIVE).build(), ofSessions));
        PageRequest ofConfigs = ONE.from(next(given.configs().list(ground.named(), ONE)));
        Expect.refused(
                "cursor",
                () -> given.configs().list(ground.named().named("another name"), ofConfigs));
    }

    @Clause(id = "PAG-CURSOR-004")
    void boundToTheSubject(ClauseContext given) {
        Ground ground = Ground.of(given);
        Ground other = Ground.of(given);
        SessionStore sessions = given.sessions();
        PageRequest ofUser = ONE.from(next(sessions.sessionsOf(ground.user(), ONE)));
        MessageRange range = MessageRange.between(1, 4);
        PageRequest ofRange = ONE.from(next(sessions.messages(ground.session(), range, ONE)));

        Expect.refused("cursor", () -> sessions.sessionsOf(other.user(), ofUser));
        Expect.refused("cursor", () -> sessions.messages(other.session(), range, ofRange));
        Expect.refused(
                "cursor", () -> sessions.messages(ground.session(), range.newestFirst(), ofRange));
        Expect.refused(
                "cursor",
                () -> sessions.messages(ground.session(), MessageRange.between(2, 4), ofRange));
    }

    @Clause(id = "PAG-CURSOR-005")
    void goodWithAnotherSize(ClauseContext given) {
        Ground ground = Ground.of(given);
        Page<Session> all = given.sessions().list(ground.onConfig(), PageRequest.first());
        PageRequest rest = PageRequest.ofSize(1000).from(ofSessions(given, ground));

        assertThat(given.sessions().list(ground.onConfig(), rest).items())
                .isEqualTo(all.items().subList(1, 3));
    }

    @Clause(id = "PAG-CURSOR-006")
    void safeInAUrl(ClauseContext given) {
        UserId user = UserId.of(given.unique("a&b=c#/?" + Samples.EMOJI));
        Session first = given.sessionOf(user);
        given.sessionOf(user);
        String token = next(given.sessions().sessionsOf(user, ONE)).token();

        assertThat(token).as("the token").matches("[A-Za-z0-9._~-]{1,4096}");
        assertThat(given.sessions().sessionsOf(user, ONE.from(Cursor.of(token))).items())
                .extracting(membership -> membership.session().id())
                .as("what a cursor made from the token leads to")
                .containsExactly(first.id());
    }

    @Clause(id = "PAG-CURSOR-007")
    void goodInAnotherStorage(ClauseContext given) {
        Ground ground = Ground.of(given);
        PageRequest second = ONE.from(ofSessions(given, ground));
        Page<Session> expected = given.sessions().list(ground.onConfig(), second);

        Storage other = given.open(options -> options);

        Expect.same(other.sessions().list(ground.onConfig(), second), expected);
    }

    @Clause(id = "PAG-CURSOR-008")
    void leadsOnFromAnyId(ClauseContext given) {
        ConfigId config = given.config().id();
        SessionFilter filter = SessionFilter.builder().config(config).build();
        for (String text : Samples.IDS) {
            String unique = text.codePointCount(0, text.length()) > 200 ? text : given.unique(text);
            SessionId id = SessionId.of(unique);
            given.sessions().purge(id);
            given.sessions().create(NewSession.on(config).id(id));
        }

        assertThat(Expect.walk(1, page -> given.sessions().list(filter, page)))
                .as("all pages of 1")
                .extracting(Session::id)
                .isEqualTo(
                        given.sessions().list(filter, PageRequest.first()).items().stream()
                                .map(Session::id)
                                .toList())
                .hasSize(Samples.IDS.size());
    }
}
