package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.AccessRuleClauses.shared;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.AppId;
import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.ConfigId;
import io.twinstore.storage.Cursor;
import io.twinstore.storage.MessageRange;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionFilter;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.UserId;
import io.twinstore.storage.Visibility;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Lists, counts and cursors of limited stores. */
final class AccessListClauses {

    private static List<SessionId> ids(SessionStore store, SessionFilter filter) {
        return Expect.walk(1, page -> store.list(filter, page)).stream().map(Session::id).toList();
    }

    private static UserId ownerOf(ClauseContext given, SessionId id) {
        return Objects.requireNonNull(given.sessions().get(id).owner());
    }

    @Clause(id = "ACC-LIST-001")
    void listsAndCountsShowWhatIsTheirs(ClauseContext given) {
        UserId ada = given.user("ada");
        SessionId own = given.sessionOf(ada).id();
        given.clock().move(Duration.ofSeconds(1));
        given.sessionOf(UserId.of(ada.value() + "0"));
        SessionId viewed = shared(given, ada, ParticipantRole.VIEWER);
        given.clock().move(Duration.ofSeconds(1));
        SessionId left = shared(given, ada, ParticipantRole.EDITOR);
        given.sessions().removeParticipant(left, ada);
        given.session();
        SessionStore store = given.sessions().asUser(ada);

        assertThat(ids(store, SessionFilter.all())).isEqualTo(List.of(viewed, own));
        assertThat(store.count(SessionFilter.all())).as("how many").isEqualTo(2);
        UserId owner = ownerOf(given, viewed);
        SessionFilter others = SessionFilter.builder().owner(owner).build();
        assertThat(ids(store, others)).as("those of another owner").isEqualTo(List.of(viewed));
        UserId alan = ownerOf(given, left);
        for (SessionFilter none :
                List.of(
                        SessionFilter.builder().owner(alan).build(),
                        SessionFilter.builder().participant(alan).build())) {
            assertThat(ids(store, none)).as("those of one who shares nothing").isEmpty();
            assertThat(store.count(none)).as("how many of those").isZero();
        }
    }

    @Clause(id = "ACC-LIST-002")
    void deletedOnesAreShownToOwners(ClauseContext given) {
        UserId ada = given.user("ada");
        SessionId own = given.sessionOf(ada).id();
        SessionId edited = shared(given, ada, ParticipantRole.EDITOR);
        SessionId live = shared(given, ada, ParticipantRole.VIEWER);
        given.sessions().delete(own);
        given.sessions().delete(edited);
        SessionStore store = given.sessions().asUser(ada);
        SessionFilter.Builder filter = SessionFilter.builder();

        assertThat(ids(store, filter.visibility(Visibility.DELETED).build()))
                .as("deleted ones")
                .isEqualTo(List.of(own));
        assertThat(Set.copyOf(ids(store, filter.visibility(Visibility.ANY).build())))
                .as("all of them")
                .isEqualTo(Set.of(own, live));
        assertThat(store.restore(own)).as("whether the owner restores it").isTrue();
    }

    @Clause(id = "ACC-LIST-003")
    void applicationsSeeWhatTheyCreated(ClauseContext given) {
        AppId app = given.app("app");
        UserId ada = given.user("ada");
        ConfigId config = given.config().id();
        SessionStore sessions = given.sessions();
        SessionStore store = sessions.asApplication(app);
        SessionId own = store.create(NewSession.on(config).owner(ada)).id();
        Session other = sessions.create(NewSession.on(config).owner(ada).app(given.app("other")));
        sessions.create(NewSession.on(config).owner(ada));
        sessions.touch(other.id(), app);

        assertThat(ids(store, SessionFilter.all())).isEqualTo(List.of(own));
        assertThat(store.count(SessionFilter.all())).as("how many").isEqualTo(1);
        assertThat(store.sessionsOf(ada, PageRequest.first()).items())
                .extracting(membership -> membership.session().id())
                .as("those of a user")
                .isEqualTo(List.of(own));
    }

    @Clause(id = "ACC-OF-001")
    void sessionsOfAnotherAreThoseOfBoth(ClauseContext given) {
        UserId ada = given.user("ada");
        UserId grace = given.user("grace");
        given.sessionOf(grace);
        SessionId both = given.sessionOf(grace).id();
        given.sessions().addParticipant(both, ada, ParticipantRole.VIEWER);
        SessionId own = given.sessionOf(ada).id();
        SessionStore store = given.sessions().asUser(ada);

        assertThat(Expect.walk(1, page -> store.sessionsOf(grace, page)))
                .extracting(membership -> membership.session().id())
                .as("those that both take part in")
                .isEqualTo(List.of(both));
        assertThat(Expect.walk(1, page -> store.sessionsOf(ada, page)))
                .extracting(membership -> membership.session().id())
                .as("one's own")
                .isEqualTo(List.of(own, both));
    }

    @Clause(id = "ACC-CURSOR-001")
    void cursorsAreBoundToLimits(ClauseContext given) {
        UserId ada = given.user("ada");
        UserId grace = given.user("grace");
        AppId app = given.app("app");
        ConfigId config = given.config().id();
        SessionId id = null;
        for (int i = 0; i < 2; i++) {
            id = given.sessions().create(NewSession.on(config).owner(ada).app(app)).id();
            given.sessions().addParticipant(id, grace, ParticipantRole.OWNER);
            given.sessions().append(id, AppendClauses.batch(2), AppendOptions.plain());
        }
        SessionId last = Objects.requireNonNull(id);
        SessionStore sessions = given.sessions();
        List<SessionStore> stores =
                List.of(
                        sessions,
                        sessions.asUser(ada),
                        sessions.asUser(grace),
                        sessions.asApplication(app),
                        sessions.asUser(ada).asApplication(app));
        for (SessionStore from : stores) {
            for (Listing listing : listings(config, ada, last)) {
                Cursor cursor = listing.of(from, PageRequest.ofSize(1));
                for (SessionStore to : stores) {
                    if (to == from) {
                        Expect.answer(() -> listing.of(to, PageRequest.ofSize(1).from(cursor)));
                    } else {
                        Expect.refused(
                                "cursor", () -> listing.of(to, PageRequest.ofSize(1).from(cursor)));
                    }
                }
            }
        }
    }

    /** Reads a page and returns the cursor that it ends with, or that it began with. */
    @FunctionalInterface
    private interface Listing {
        Cursor of(SessionStore store, PageRequest page);
    }

    private static List<Listing> listings(ConfigId config, UserId user, SessionId id) {
        SessionFilter filter = SessionFilter.builder().config(config).build();
        List<Listing> all = new ArrayList<>();
        all.add((store, page) -> store.list(filter, page).next().orElse(Cursor.of("end")));
        all.add((store, page) -> store.sessionsOf(user, page).next().orElse(Cursor.of("end")));
        all.add(
                (store, page) ->
                        store.messages(id, MessageRange.all(), page)
                                .next()
                                .orElse(Cursor.of("end")));
        return all;
    }
}
