package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.Deeds.answers;
import static io.twinstore.storage.testkit.Deeds.changing;
import static io.twinstore.storage.testkit.Deeds.claims;
import static io.twinstore.storage.testkit.Deeds.given;
import static io.twinstore.storage.testkit.Deeds.insteadOf;
import static io.twinstore.storage.testkit.Deeds.misreports;
import static io.twinstore.storage.testkit.Deeds.with;
import static io.twinstore.storage.testkit.Deeds.withEach;
import static io.twinstore.storage.testkit.Saboteur.sessions;

import io.twinstore.storage.AlreadyExistsException;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.NotFoundException;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.ReferenceException;
import io.twinstore.storage.SessionFilter;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStatus;
import io.twinstore.storage.UserId;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Breaks what {@link SessionClauses} check, and the creations of {@link SessionRaceClauses}. */
final class SessionSaboteurs {

    private static final UserId NOBODY = UserId.of("nobody");

    private SessionSaboteurs() {}

    private static Saboteur creating(String clause, String deed, UnaryOperator<NewSession> change) {
        return sessions(clause, "create", deed, given(NewSession.class, change));
    }

    /** Takes what it should refuse, once it has no metadata. */
    private static Saboteur repairing(String clause, String deed) {
        return sessions(
                clause,
                "create",
                deed,
                insteadOf(
                        InvalidValueException.class,
                        call ->
                                call.proceedWith(
                                        call.arg(NewSession.class).metadata(Json.emptyObject()))));
    }

    static List<Saboteur> all() {
        return List.of(
                creating(
                        "SES-CREATE-001",
                        "forgets the application",
                        s -> (NewSession) with(s, "app", null)),
                sessions(
                        "SES-CREATE-001",
                        "find",
                        "reads every status as active",
                        answers("status", SessionStatus.ACTIVE)),
                sessions("SES-CREATE-001", "exists", "denies what is there", claims(false)),
                creating(
                        "SES-CREATE-002",
                        "puts somebody for nobody",
                        s -> s.owner() == null ? s.owner(NOBODY) : s),
                sessions(
                        "SES-CREATE-003",
                        "participants",
                        "makes the owner an editor",
                        answers("role", ParticipantRole.EDITOR)),
                sessions(
                        "SES-CREATE-003",
                        "participants",
                        "forgets that the owner takes part",
                        claims(List.of())),
                sessions(
                        "SES-CREATE-004",
                        "create",
                        "reports a missing config as a fault of the database",
                        misreports(ReferenceException.class)),
                sessions(
                        "SES-CREATE-005",
                        "create",
                        "creates under a deleted config",
                        insteadOf(ReferenceException.class, claims(null))),
                sessions(
                        "SES-CREATE-006",
                        "create",
                        "adds the owner to the session that has the id",
                        SessionSaboteurs::addOwnerAndRefuse),
                sessions(
                        "SES-CREATE-006",
                        "create",
                        "reports a taken id as a fault of the database",
                        misreports(AlreadyExistsException.class)),
                sessions(
                        "SES-CREATE-007",
                        "create",
                        "frees the id of a deleted session",
                        SessionSaboteurs::freeAndCreate),
                creating(
                        "SES-CREATE-008",
                        "forgets metadata",
                        s -> s.metadata(Json.of("{\"n\":1}"))),
                repairing("SES-CREATE-009", "drops metadata that it cannot index"),
                sessions(
                        "SES-CREATE-009",
                        "create",
                        "keeps to itself where the metadata is bad",
                        insteadOf(
                                InvalidValueException.class,
                                call -> {
                                    throw new InvalidValueException(
                                            "session.metadata", "good", null);
                                })),
                repairing("SES-CREATE-010", "takes metadata that is not an object"),
                sessions(
                        "SES-CREATE-011",
                        "find",
                        "folds the case of user ids",
                        changing(s -> withEach(s, "owner", SessionSaboteurs::folded))),
                sessions(
                        "SES-CREATE-011",
                        "count",
                        "counts everybody's sessions",
                        given(SessionFilter.class, f -> SessionFilter.all())),
                sessions(
                        "SES-CREATE-012",
                        "create",
                        "says the same id for every session",
                        answers("id", SessionId.of("same"))),
                sessions(
                        "SES-CREATE-013",
                        "create",
                        "hands out the session that has the id",
                        insteadOf(
                                AlreadyExistsException.class,
                                call -> call.sessions().get(idOf(call)))),
                sessions(
                        "SES-CREATE-014",
                        "count",
                        "counts sessions under a deleted config",
                        claims(1L)),
                sessions(
                        "SES-CREATE-015",
                        "find",
                        "knows active and completed alone",
                        answers("status", SessionStatus.ACTIVE)),
                sessions(
                        "SES-CREATE-016",
                        "create",
                        "says the same id for every session",
                        answers("id", SessionId.of("same"))),
                sessions("SES-FIND-001", "exists", "says that everything exists", claims(true)),
                sessions(
                        "SES-FIND-001",
                        "get",
                        "reports an unknown session as a fault of the database",
                        misreports(NotFoundException.class)),
                sessions("SES-FIND-002", "delete", "only says that it deletes", claims(true)),
                sessions(
                        "SES-FIND-003",
                        "find",
                        "ignores the case of ids",
                        SessionSaboteurs::findIgnoringCase),
                sessions("SES-FIND-003", "exists", "says that everything exists", claims(true)));
    }

    private static SessionId idOf(Call call) {
        return Objects.requireNonNull(call.arg(NewSession.class).id());
    }

    private static @Nullable Object addOwnerAndRefuse(Call call) throws Throwable {
        try {
            return call.proceed();
        } catch (AlreadyExistsException e) {
            UserId owner = Objects.requireNonNull(call.arg(NewSession.class).owner());
            call.sessions().addParticipant(idOf(call), owner, ParticipantRole.OWNER);
            throw e;
        }
    }

    private static @Nullable Object freeAndCreate(Call call) throws Throwable {
        if (call.arg(NewSession.class).id() != null && !call.sessions().exists(idOf(call))) {
            call.sessions().purge(idOf(call));
        }
        return call.proceed();
    }

    private static @Nullable Object folded(@Nullable Object user) {
        return user instanceof UserId id ? UserId.of(id.value().toLowerCase(Locale.ROOT)) : null;
    }

    private static Object findIgnoringCase(Call call) {
        String id = call.arg(SessionId.class).value();
        return call.sessions().list(SessionFilter.all(), PageRequest.ofSize(1000)).items().stream()
                .filter(session -> session.id().value().equalsIgnoreCase(id))
                .findFirst();
    }
}
