package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.ClauseContext.START;
import static io.twinstore.storage.testkit.Deeds.answers;
import static io.twinstore.storage.testkit.Deeds.claims;
import static io.twinstore.storage.testkit.Deeds.doesAndClaims;
import static io.twinstore.storage.testkit.Deeds.given;
import static io.twinstore.storage.testkit.Deeds.insteadOf;
import static io.twinstore.storage.testkit.Deeds.losesAtPageBorders;
import static io.twinstore.storage.testkit.Deeds.misreports;
import static io.twinstore.storage.testkit.Deeds.rearranging;
import static io.twinstore.storage.testkit.Deeds.repeatsAtPageBorders;
import static io.twinstore.storage.testkit.Deeds.sortsByUnits;
import static io.twinstore.storage.testkit.Deeds.with;
import static io.twinstore.storage.testkit.Saboteur.sessions;

import io.twinstore.storage.ConflictException;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import io.twinstore.storage.Membership;
import io.twinstore.storage.NotFoundException;
import io.twinstore.storage.Participant;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.ReferenceException;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.UserId;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Breaks what {@link ParticipantClauses} and {@link MembershipClauses} check. */
final class ParticipantSaboteurs {

    private ParticipantSaboteurs() {}

    static List<Saboteur> all() {
        return Stream.of(additions(), changes(), owners(), memberships())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Saboteur> additions() {
        return List.of(
                sessions(
                        "PAR-ADD-001",
                        "addParticipant",
                        "makes everybody a viewer",
                        given(ParticipantRole.class, role -> ParticipantRole.VIEWER)),
                sessions(
                        "PAR-ADD-002",
                        "addParticipant",
                        "changes the role of one who is there",
                        call -> {
                            call.proceed();
                            return call.sessions()
                                    .updateRole(
                                            call.arg(SessionId.class),
                                            call.arg(UserId.class),
                                            call.arg(ParticipantRole.class));
                        }),
                sessions(
                        "PAR-ADD-002",
                        "participants",
                        "forgets permissions",
                        answers("permissions", Json.emptyObject())),
                sessions(
                        "PAR-ADD-003",
                        "participants",
                        "follows the clock back",
                        answers("lastActiveAt", START.minus(Duration.ofMinutes(5)))),
                sessions(
                        "PAR-ADD-004",
                        "addParticipant",
                        "reports a missing session as a fault of the database",
                        misreports(ReferenceException.class)),
                sessions(
                        "PAR-ADD-005",
                        "addParticipant",
                        "tells each the role that was asked for",
                        call -> with(call.proceed(), "role", call.arg(ParticipantRole.class))),
                sessions(
                        "PAR-LIST-001",
                        "participants",
                        "lists the latest first",
                        rearranging(Deeds::reversed)),
                sessions(
                        "PAR-LIST-001",
                        "participants",
                        "lists by user",
                        rearranging(ParticipantSaboteurs::byUser)),
                sessions(
                        "PAR-LIST-002",
                        "participants",
                        "takes no session for an empty one",
                        insteadOf(NotFoundException.class, claims(List.of()))));
    }

    private static List<Object> byUser(List<Object> items) {
        return items.stream()
                .map(Participant.class::cast)
                .sorted(Comparator.comparing(Participant::userId))
                .map(Object.class::cast)
                .toList();
    }

    private static List<Saboteur> changes() {
        return List.of(
                sessions(
                        "PAR-REMOVE-001",
                        "removeParticipant",
                        "removes again",
                        doesAndClaims(true)),
                sessions(
                        "PAR-REMOVE-001",
                        "removeParticipant",
                        "only says that it removes",
                        claims(true)),
                sessions(
                        "PAR-ROLE-001",
                        "participants",
                        "does not keep a new role",
                        answers("role", ParticipantRole.VIEWER)),
                sessions(
                        "PAR-ROLE-001",
                        "updateRole",
                        "does not take a new role for activity",
                        answers("lastActiveAt", null)),
                sessions(
                        "PAR-ROLE-002",
                        "updateRole",
                        "adds a stranger",
                        insteadOf(NotFoundException.class, ParticipantSaboteurs::addStranger)),
                sessions(
                        "PAR-PERMIT-001",
                        "participants",
                        "forgets permissions",
                        answers("permissions", Json.emptyObject())),
                sessions(
                        "PAR-PERMIT-001",
                        "updatePermissions",
                        "changes the role with the permissions",
                        call -> {
                            SessionId id = call.arg(SessionId.class);
                            UserId user = call.arg(UserId.class);
                            call.sessions().updateRole(id, user, ParticipantRole.VIEWER);
                            return call.proceed();
                        }),
                sessions(
                        "PAR-PERMIT-002",
                        "updatePermissions",
                        "takes any permissions",
                        insteadOf(InvalidValueException.class, claims(null))));
    }

    private static Object addStranger(Call call) {
        return call.sessions()
                .addParticipant(
                        call.arg(SessionId.class),
                        call.arg(UserId.class),
                        call.arg(ParticipantRole.class));
    }

    private static List<Saboteur> owners() {
        return List.of(
                sessions(
                        "PAR-OWNER-001",
                        "removeParticipant",
                        "lets the last owner go",
                        insteadOf(ConflictException.class, claims(true))),
                sessions(
                        "PAR-OWNER-001",
                        "updateRole",
                        "demotes the last owner",
                        insteadOf(ConflictException.class, claims(null))),
                sessions(
                        "PAR-OWNER-002",
                        "find",
                        "forgets who owns the session",
                        answers("owner", null)),
                sessions(
                        "PAR-OWNER-003",
                        "removeParticipant",
                        "lets both owners go",
                        insteadOf(ConflictException.class, claims(true))),
                sessions(
                        "PAR-OWNER-004",
                        "find",
                        "forgets who owns the session",
                        answers("owner", null)));
    }

    private static List<Saboteur> memberships() {
        return List.of(
                sessions(
                        "PAR-OF-001",
                        "sessionsOf",
                        "takes everybody for an owner",
                        answers("role", ParticipantRole.OWNER)),
                sessions(
                        "PAR-OF-002",
                        "sessionsOf",
                        "lists the least active first",
                        rearranging(Deeds::reversed)),
                sessions(
                        "PAR-OF-002",
                        "sessionsOf",
                        "lists those without activity first",
                        rearranging(ParticipantSaboteurs::idleFirst)),
                sessions(
                        "PAR-OF-003",
                        "sessionsOf",
                        "compares UTF-16 units",
                        sortsByUnits(m -> ((Membership) m).session().id().value())),
                sessions(
                        "PAR-OF-004",
                        "sessionsOf",
                        "loses an item between pages",
                        losesAtPageBorders()),
                sessions("PAR-OF-004", "sessionsOf", "repeats an item", repeatsAtPageBorders()),
                sessions(
                        "PAR-OF-005",
                        "removeParticipant",
                        "only says that it removes",
                        claims(true)),
                sessions(
                        "PAR-OF-006",
                        "delete",
                        "removes participants with the session",
                        ParticipantSaboteurs::removeAndDelete));
    }

    private static List<Object> idleFirst(List<Object> items) {
        return Stream.concat(
                        items.stream().filter(m -> ((Membership) m).lastActiveAt() == null),
                        items.stream().filter(m -> ((Membership) m).lastActiveAt() != null))
                .toList();
    }

    private static @Nullable Object removeAndDelete(Call call) throws Throwable {
        SessionId id = call.arg(SessionId.class);
        for (Participant participant : call.sessions().participants(id)) {
            if (participant.role() != ParticipantRole.OWNER) {
                call.sessions().removeParticipant(id, participant.userId());
            }
        }
        return call.proceed();
    }
}
