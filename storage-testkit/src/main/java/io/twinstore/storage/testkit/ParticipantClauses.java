package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.ClauseContext.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.ConflictException;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import io.twinstore.storage.Participant;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Participants: who takes part in a session, and how. */
final class ParticipantClauses {

    private static final Duration LATER = Duration.ofMinutes(5);

    private static Participant only(ClauseContext given, SessionId id, UserId user) {
        return given.sessions().participants(id).stream()
                .filter(participant -> participant.userId().equals(user))
                .findFirst()
                .orElseThrow(() -> new AssertionError(user + " takes no part."));
    }

    private static List<UserId> users(ClauseContext given, SessionId id) {
        return given.sessions().participants(id).stream().map(Participant::userId).toList();
    }

    @Clause(id = "PAR-ADD-001")
    void addedAsGiven(ClauseContext given) {
        SessionId id = given.session().id();
        for (ParticipantRole role : ParticipantRole.values()) {
            UserId user = given.user(role.text());
            Instant now = given.clock().move(LATER);
            Participant expected = new Participant(id, user, role, now, null, Json.emptyObject());

            Expect.same(given.sessions().addParticipant(id, user, role), expected);
            Expect.same(only(given, id, user), expected);
        }
        assertThat(given.sessions().participants(id)).as("participants").hasSize(3);
    }

    @Clause(id = "PAR-ADD-002")
    void addedAgainKeepsTheRole(ClauseContext given) {
        SessionId id = given.session().id();
        UserId user = given.user("user");
        given.sessions().addParticipant(id, user, ParticipantRole.EDITOR);
        given.sessions().updatePermissions(id, user, Json.of("{\"export\":true}"));
        Instant now = given.clock().move(LATER);

        Participant again = given.sessions().addParticipant(id, user, ParticipantRole.VIEWER);

        Participant expected =
                new Participant(
                        id, user, ParticipantRole.EDITOR, START, now, Json.of("{\"export\":true}"));
        Expect.same(again, expected);
        Expect.same(given.sessions().participants(id), List.of(expected));
    }

    @Clause(id = "PAR-ADD-003")
    void lastActiveNeverGoesBack(ClauseContext given) {
        SessionId id = given.session().id();
        UserId user = given.user("user");
        given.sessions().addParticipant(id, user, ParticipantRole.EDITOR);
        given.sessions().addParticipant(id, user, ParticipantRole.EDITOR);
        given.clock().move(LATER.negated());

        given.sessions().addParticipant(id, user, ParticipantRole.EDITOR);
        assertThat(only(given, id, user).lastActiveAt()).as("added again").isEqualTo(START);

        given.sessions().updateRole(id, user, ParticipantRole.VIEWER);
        assertThat(only(given, id, user).lastActiveAt()).as("another role").isEqualTo(START);
    }

    @Clause(id = "PAR-ADD-004")
    void needsASession(ClauseContext given) {
        SessionId unknown = given.sessionId();
        UserId user = given.user("user");

        Expect.noReference(
                "session",
                unknown,
                () -> given.sessions().addParticipant(unknown, user, ParticipantRole.VIEWER));
    }

    @Clause(id = "PAR-ADD-005")
    void addedAtOnceIsThereOnce(ClauseContext given) {
        SessionId id = given.session().id();
        UserId user = given.user("user");

        List<Outcome<Participant>> outcomes =
                Together.run(
                        8,
                        i ->
                                given.sessions()
                                        .addParticipant(
                                                id,
                                                user,
                                                i % 2 == 0
                                                        ? ParticipantRole.VIEWER
                                                        : ParticipantRole.EDITOR));

        assertThat(Outcome.errors(outcomes)).as("errors").isEmpty();
        assertThat(given.sessions().participants(id)).as("participants").hasSize(1);
        assertThat(Outcome.values(outcomes))
                .as("the role that all were told")
                .extracting(Participant::role)
                .containsOnly(only(given, id, user).role());
    }

    @Clause(id = "PAR-LIST-001")
    void listedAsJoined(ClauseContext given) {
        SessionId id = given.session().id();
        String base = given.unique("user");
        List<UserId> joined = new ArrayList<>();
        // Those of each group join at the same instant, the later ones first.
        for (List<String> group :
                List.of(
                        List.of("z", "m"),
                        List.of(Samples.EMOJI, "\uFF5E", "\u00E4", "b", "a", "B"),
                        List.of("A"))) {
            List<UserId> tied = group.stream().map(end -> UserId.of(base + end)).toList();
            for (UserId user : tied) {
                given.sessions().addParticipant(id, user, ParticipantRole.VIEWER);
            }
            joined.addAll(tied.stream().sorted().toList());
            given.clock().move(LATER);
        }
        given.sessions().addParticipant(id, joined.get(0), ParticipantRole.VIEWER);

        assertThat(users(given, id)).isEqualTo(joined);
    }

    @Clause(id = "PAR-LIST-002")
    void nobodyIsAnEmptyList(ClauseContext given) {
        SessionId unknown = given.sessionId();

        assertThat(given.sessions().participants(given.session().id())).isEmpty();
        Expect.notFound("session", unknown, () -> given.sessions().participants(unknown));
    }

    @Clause(id = "PAR-REMOVE-001")
    void removesOnce(ClauseContext given) {
        UserId owner = given.user("owner");
        UserId user = given.user("user");
        Session session = given.sessionOf(owner);
        given.sessions().addParticipant(session.id(), user, ParticipantRole.EDITOR);

        assertThat(given.sessions().removeParticipant(session.id(), user)).as("one there").isTrue();
        assertThat(given.sessions().removeParticipant(session.id(), user)).as("again").isFalse();
        assertThat(users(given, session.id())).containsExactly(owner);
        assertThat(given.sessions().roleOf(session.id(), user)).as("role").isEmpty();
        SessionId unknown = given.sessionId();
        Expect.notFound(
                "session", unknown, () -> given.sessions().removeParticipant(unknown, user));
    }

    @Clause(id = "PAR-ROLE-001")
    void rolesChange(ClauseContext given) {
        SessionId id = given.sessionOf(given.user("owner")).id();
        UserId user = given.user("user");
        given.sessions().addParticipant(id, user, ParticipantRole.VIEWER);
        Instant now = given.clock().move(LATER);

        Participant promoted = given.sessions().updateRole(id, user, ParticipantRole.OWNER);

        Participant expected =
                new Participant(id, user, ParticipantRole.OWNER, START, now, Json.emptyObject());
        Expect.same(promoted, expected);
        Expect.same(only(given, id, user), expected);
        assertThat(given.sessions().roleOf(id, user)).contains(ParticipantRole.OWNER);
    }

    @Clause(id = "PAR-ROLE-002")
    void onlyParticipantsHaveRoles(ClauseContext given) {
        SessionId id = given.session().id();
        SessionId unknown = given.sessionId();
        UserId user = given.user("user");
        given.sessions().addParticipant(id, given.user("other"), ParticipantRole.VIEWER);

        assertThat(given.sessions().roleOf(id, user)).as("role of a stranger").isEmpty();
        assertThat(given.sessions().roleOf(unknown, user)).as("in no session").isEmpty();
        Expect.notFound(
                "participant",
                user,
                () -> given.sessions().updateRole(id, user, ParticipantRole.VIEWER));
        Expect.notFound(
                "session",
                unknown,
                () -> given.sessions().updateRole(unknown, user, ParticipantRole.VIEWER));
        assertThat(given.sessions().participants(id)).as("participants").hasSize(1);
    }

    @Clause(id = "PAR-PERMIT-001")
    void permissionsAreKeptByMeaning(ClauseContext given) {
        SessionId id = given.session().id();
        UserId user = given.user("user");
        given.sessions().addParticipant(id, user, ParticipantRole.EDITOR);
        String permissions = "{\"export\":[true,1e2],\"\u00C4\":{}}";

        Participant updated = given.sessions().updatePermissions(id, user, Json.of(permissions));

        Expect.means(updated.permissions(), permissions);
        Expect.means(only(given, id, user).permissions(), permissions);
        assertThat(only(given, id, user).role()).isEqualTo(ParticipantRole.EDITOR);
    }

    @Clause(id = "PAR-PERMIT-002")
    void refusesBadPermissions(ClauseContext given) {
        SessionId id = given.session().id();
        UserId user = given.user("user");
        given.sessions().addParticipant(id, user, ParticipantRole.EDITOR);
        for (String bad : new String[] {"[]", "true", "{\"a\":[\"\\u0000\"]}", "{\"\\ud800\":1}"}) {
            Expect.thrown(
                    InvalidValueException.class,
                    () -> given.sessions().updatePermissions(id, user, Json.of(bad)));
        }
        Expect.means(only(given, id, user).permissions(), "{}");
        UserId stranger = given.user("stranger");
        Expect.notFound(
                "participant",
                stranger,
                () -> given.sessions().updatePermissions(id, stranger, Json.emptyObject()));
    }

    @Clause(id = "PAR-OWNER-001")
    void lastOwnerStays(ClauseContext given) {
        UserId owner = given.user("owner");
        SessionId id = given.sessionOf(owner).id();
        given.sessions().addParticipant(id, given.user("editor"), ParticipantRole.EDITOR);

        Expect.conflict(
                ConflictException.Reason.LAST_OWNER,
                () -> given.sessions().removeParticipant(id, owner));
        Expect.conflict(
                ConflictException.Reason.LAST_OWNER,
                () -> given.sessions().updateRole(id, owner, ParticipantRole.EDITOR));

        assertThat(given.sessions().roleOf(id, owner)).contains(ParticipantRole.OWNER);
        assertThat(given.sessions().updateRole(id, owner, ParticipantRole.OWNER).role())
                .as("the role it has")
                .isEqualTo(ParticipantRole.OWNER);
    }

    @Clause(id = "PAR-OWNER-002")
    void oneOfTwoOwnersMayGo(ClauseContext given) {
        UserId first = given.user("first");
        UserId second = given.user("second");
        SessionId id = given.sessionOf(first).id();
        given.sessions().addParticipant(id, second, ParticipantRole.OWNER);

        assertThat(given.sessions().removeParticipant(id, first)).as("removed").isTrue();

        assertThat(users(given, id)).containsExactly(second);
        assertThat(given.sessions().get(id).owner()).as("the session's owner").isEqualTo(second);
    }

    @Clause(id = "PAR-OWNER-003")
    void ownersCannotAllGoAtOnce(ClauseContext given) {
        for (int round = 0; round < 5; round++) {
            UserId first = given.user("first");
            UserId second = given.user("second");
            SessionId id = given.sessionOf(first).id();
            given.sessions().addParticipant(id, second, ParticipantRole.OWNER);

            List<Outcome<Boolean>> outcomes =
                    Together.run(
                            2,
                            i -> given.sessions().removeParticipant(id, i == 0 ? first : second));

            assertThat(Outcome.values(outcomes)).as("removals that succeeded").hasSize(1);
            assertThat(Outcome.errors(outcomes)).hasOnlyElementsOfType(ConflictException.class);
            assertThat(given.sessions().participants(id)).as("owners left").hasSize(1);
        }
    }

    @Clause(id = "PAR-OWNER-004")
    void firstOwnerToJoinOwnsIt(ClauseContext given) {
        SessionId id = given.session().id();
        UserId owner = given.user("owner");
        given.sessions().addParticipant(id, given.user("editor"), ParticipantRole.EDITOR);
        given.sessions().addParticipant(id, owner, ParticipantRole.OWNER);
        given.sessions().addParticipant(id, given.user("later"), ParticipantRole.OWNER);

        assertThat(given.sessions().get(id).owner()).as("the session's owner").isEqualTo(owner);
    }
}
