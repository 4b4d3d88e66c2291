package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.ClauseContext.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.ConfigId;
import io.twinstore.storage.Membership;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Participants: the sessions of one user. */
final class MembershipClauses {

    private static List<SessionId> ids(ClauseContext given, UserId user) {
        return given.sessions().sessionsOf(user, PageRequest.first()).items().stream()
                .map(membership -> membership.session().id())
                .toList();
    }

    @Clause(id = "PAR-OF-001")
    void ownedAndShared(ClauseContext given) {
        UserId user = given.user("user");
        Session owned = given.sessionOf(user);
        Session shared = given.sessionOf(given.user("other"));
        given.sessionOf(UserId.of(user.value() + "0"));
        Instant joined = given.clock().move(Duration.ofMinutes(1));
        given.sessions().addParticipant(shared.id(), user, ParticipantRole.VIEWER);
        Instant active = given.clock().move(Duration.ofMinutes(1));
        given.sessions().addParticipant(shared.id(), user, ParticipantRole.VIEWER);

        List<Membership> found = given.sessions().sessionsOf(user, PageRequest.first()).items();

        Session sharedNow = given.sessions().get(shared.id());
        Session ownedNow = given.sessions().get(owned.id());
        Expect.same(
                found,
                List.of(
                        new Membership(sharedNow, ParticipantRole.VIEWER, joined, active),
                        new Membership(ownedNow, ParticipantRole.OWNER, START, START)));
    }

    @Clause(id = "PAR-OF-002")
    void lastActiveFirst(ClauseContext given) {
        UserId user = given.user("user");
        UserId other = given.user("other");
        List<SessionId> joined = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            joined.add(given.sessionOf(user).id());
            given.clock().move(Duration.ofMinutes(1));
        }
        Session idle = given.sessionOf(other);
        given.sessions().addParticipant(idle.id(), user, ParticipantRole.VIEWER);
        given.clock().move(Duration.ofMinutes(1));
        given.sessions().addParticipant(joined.get(0), user, ParticipantRole.VIEWER);
        given.clock().move(Duration.ofMinutes(1));
        // Somebody else's activity is not the user's.
        given.sessions().addParticipant(joined.get(1), other, ParticipantRole.VIEWER);

        List<SessionId> expected = List.of(joined.get(0), joined.get(2), joined.get(1), idle.id());
        assertThat(ids(given, user)).as("those without activity at the end").isEqualTo(expected);
        assertThat(Expect.walk(1, page -> given.sessions().sessionsOf(user, page)))
                .as("by pages of one")
                .extracting(membership -> membership.session().id())
                .isEqualTo(expected);
    }

    @Clause(id = "PAR-OF-003")
    void tiesByIdDescending(ClauseContext given) {
        UserId user = given.user("user");
        ConfigId config = given.config().id();
        String base = given.unique("tied");
        List<SessionId> ascending = new ArrayList<>();
        for (String end : List.of("B", "a", "b", "\u00E4", "\uFF5E", Samples.EMOJI)) {
            SessionId id = SessionId.of(base + end);
            given.sessions().create(NewSession.on(config).id(id).owner(user));
            ascending.add(id);
        }
        Collections.reverse(ascending);

        assertThat(ids(given, user)).isEqualTo(ascending);
    }

    @Clause(id = "PAR-OF-004")
    void pagesAreComplete(ClauseContext given) {
        UserId user = given.user("user");
        ConfigId config = given.config().id();
        for (int i = 0; i < 10; i++) {
            given.sessions().create(NewSession.on(config).owner(user));
            given.clock().move(Duration.ofMillis(i % 3));
        }
        for (int size : new int[] {1, 3, 5, 10, 1000}) {
            assertThat(Expect.walk(size, page -> given.sessions().sessionsOf(user, page)))
                    .as("all pages of %s", size)
                    .extracting(membership -> membership.session().id())
                    .isEqualTo(ids(given, user));
        }
        assertThat(ids(given, user)).as("sessions").hasSize(10);
    }

    @Clause(id = "PAR-OF-005")
    void onlyWhereTheUserTakesPart(ClauseContext given) {
        UserId user = given.user("user");
        Session left = given.sessionOf(given.user("other"));
        given.sessions().addParticipant(left.id(), user, ParticipantRole.EDITOR);
        given.sessions().removeParticipant(left.id(), user);
        Session deleted = given.sessionOf(user);
        given.sessions().delete(deleted.id());
        Session hidden = given.sessionOf(user);
        given.configs().delete(hidden.configId());

        assertThat(ids(given, user)).isEmpty();
        assertThat(given.sessions().sessionsOf(user, PageRequest.first()).next())
                .as("a next page")
                .isEmpty();
    }

    @Clause(id = "PAR-OF-006")
    void participantsSurviveDeletion(ClauseContext given) {
        UserId user = given.user("user");
        Session session = given.sessionOf(given.user("owner"));
        given.sessions().addParticipant(session.id(), user, ParticipantRole.EDITOR);
        given.sessions().delete(session.id());
        given.sessions().restore(session.id());

        assertThat(given.sessions().roleOf(session.id(), user)).contains(ParticipantRole.EDITOR);
        assertThat(ids(given, user)).containsExactly(session.id());
    }
}
