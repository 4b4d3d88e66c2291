package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.AccessSaboteurs.app;
import static io.twinstore.storage.testkit.AccessSaboteurs.denying;
import static io.twinstore.storage.testkit.AccessSaboteurs.invoke;
import static io.twinstore.storage.testkit.AccessSaboteurs.open;
import static io.twinstore.storage.testkit.AccessSaboteurs.user;
import static io.twinstore.storage.testkit.AccessSaboteurs.where;
import static io.twinstore.storage.testkit.Deeds.insteadOf;

import io.twinstore.storage.AccessDeniedException;
import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.NotFoundException;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.SessionFilter;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.Tail;
import io.twinstore.storage.UserId;
import io.twinstore.storage.Visibility;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Breaks the rules of limited stores, beside who may do what. */
final class AccessRuleSaboteurs {

    private AccessRuleSaboteurs() {}

    static List<Saboteur> all() {
        return Stream.of(rules(), lists(), races()).flatMap(List::stream).toList();
    }

    private static List<Saboteur> rules() {
        return List.of(
                user("ACC-ORDER-001", "looks for the session before the role", existenceFirst()),
                user("ACC-ORDER-001", "lets a viewer replay", replaying()),
                user("ACC-APPEND-001", "ignores an editor's key", options(o -> keyless(o))),
                user("ACC-APPEND-001", "ignores an editor's fence", options(o -> unfenced(o))),
                app("ACC-BOTH-001", "forgets the application of a user's store", Call::target),
                user("ACC-BOTH-001", "forgets the user of an application's store", Call::target),
                user("ACC-NARROW-001", "acts for anybody", forAnybody()),
                app("ACC-NARROW-001", "acts for every application", forAnybody()),
                app("ACC-NARROW-001", "touches for every application", open("touch")),
                app("ACC-CREATE-001", "creates without the application", open("create")),
                user("ACC-CREATE-002", "says which ids are taken", open("create")),
                user("ACC-CREATE-002", "refuses the ids that are taken", refusingTaken()),
                user("ACC-CREATE-003", "says which made ids are taken", open("create")),
                user("ACC-LEAVE-001", "lets nobody leave", denying("removeParticipant")),
                user("ACC-LEAVE-001", "lets who left read on", open("transcript")));
    }

    private static List<Saboteur> lists() {
        return List.of(
                user("ACC-LIST-001", "lists what others have", open("list")),
                user("ACC-LIST-001", "counts what others have", open("count")),
                user("ACC-LIST-002", "lists what editors cannot restore", open("list")),
                user("ACC-LIST-002", "lists no deleted ones", liveOnly()),
                app("ACC-LIST-003", "counts what others created", open("count")),
                app("ACC-LIST-003", "shows all sessions of a user", open("sessionsOf")),
                user("ACC-OF-001", "shows all sessions of another", open("sessionsOf")),
                user("ACC-CURSOR-001", "takes anybody's cursor of a list", starting("list")),
                app("ACC-CURSOR-001", "takes anybody's cursor of messages", starting("messages")));
    }

    private static List<Saboteur> races() {
        return List.of(
                user("ACC-NOW-001", "reads a role once", rememberingRoles()),
                user("ACC-RACE-001", "reads a role once", rememberingRoles()),
                user("ACC-RACE-001", "reads a role before it waits", readingBeforeTheLock()),
                user("ACC-RACE-002", "reads a role before it waits", readingBeforeTheLock()),
                user("ACC-TXN-001", "limits nothing in transactions", open("append")),
                user("ACC-ON-001", "limits nothing on connections", open("append")),
                user("ACC-TAIL-001", "goes on for who was removed", open("tail")),
                user("ACC-TAIL-002", "shows a viewer no events", silent()),
                app("ACC-TAIL-003", "follows what others created", open("tailAll")));
    }

    private static Interceptor existenceFirst() {
        return where(
                "append",
                (call, limited, method, arguments) -> {
                    SessionId id = (SessionId) arguments[0];
                    if (!call.sessions().exists(id)) {
                        throw new NotFoundException("session", id.value());
                    }
                    return invoke(limited, method, arguments);
                });
    }

    private static Interceptor replaying() {
        return where(
                "append",
                (call, limited, method, arguments) ->
                        invoke(
                                AppendOptions.once("key").equals(arguments[2])
                                        ? call.sessions()
                                        : limited,
                                method,
                                arguments));
    }

    private static AppendOptions keyless(AppendOptions options) {
        return new AppendOptions(options.expectedLastSequence(), null, options.fencingToken());
    }

    private static AppendOptions unfenced(AppendOptions options) {
        return new AppendOptions(options.expectedLastSequence(), options.idempotencyKey(), null);
    }

    /** Appends with other options than those that were given. */
    private static Interceptor options(UnaryOperator<AppendOptions> change) {
        return where(
                "append",
                (call, limited, method, arguments) -> {
                    Object[] changed =
                            Arrays.stream(arguments)
                                    .map(a -> a instanceof AppendOptions o ? change.apply(o) : a)
                                    .toArray();
                    return invoke(limited, method, changed);
                });
    }

    private static Interceptor forAnybody() {
        return insteadOf(AccessDeniedException.class, Call::target);
    }

    private static Interceptor refusingTaken() {
        return where(
                "create",
                (call, limited, method, arguments) -> {
                    SessionId id = ((NewSession) arguments[0]).id();
                    boolean free = id != null && !call.sessions().exists(id);
                    return invoke(free ? call.sessions() : limited, method, arguments);
                });
    }

    private static Interceptor liveOnly() {
        return where(
                "list",
                (call, limited, method, arguments) ->
                        limited.list(
                                ((SessionFilter) arguments[0])
                                        .toBuilder().visibility(Visibility.LIVE).build(),
                                (PageRequest) arguments[1]));
    }

    /** Answers a cursor of another store with the first page. */
    private static Interceptor starting(String operation) {
        return where(
                operation,
                (call, limited, method, arguments) -> {
                    try {
                        return invoke(limited, method, arguments);
                    } catch (InvalidValueException e) {
                        Object[] changed = arguments.clone();
                        changed[arguments.length - 1] = PageRequest.first();
                        return invoke(limited, method, changed);
                    }
                });
    }

    private static boolean mayAppend(SessionStore sessions, SessionId id, UserId user) {
        return sessions.roleOf(id, user).filter(role -> role != ParticipantRole.VIEWER).isPresent();
    }

    /** Lets append whoever could once. */
    private static Interceptor rememberingRoles() {
        Set<SessionId> allowed = ConcurrentHashMap.newKeySet();
        return where(
                "append",
                (call, limited, method, arguments) -> {
                    SessionId id = (SessionId) arguments[0];
                    if (mayAppend(call.sessions(), id, call.arg(UserId.class))) {
                        allowed.add(id);
                    }
                    return invoke(
                            allowed.contains(id) ? call.sessions() : limited, method, arguments);
                });
    }

    /** Reads the role, and appends when it has been taken away. */
    private static Interceptor readingBeforeTheLock() {
        return where(
                "append",
                (call, limited, method, arguments) -> {
                    SessionId id = (SessionId) arguments[0];
                    UserId user = call.arg(UserId.class);
                    if (!mayAppend(call.sessions(), id, user)) {
                        return invoke(limited, method, arguments);
                    }
                    while (mayAppend(call.sessions(), id, user)) {
                        Thread.onSpinWait();
                    }
                    return invoke(call.sessions(), method, arguments);
                });
    }

    private static Interceptor silent() {
        return where(
                "tail",
                (call, limited, method, arguments) -> {
                    Tail tail = limited.tail((SessionId) arguments[0], (Long) arguments[1]);
                    return Proxy.newProxyInstance(
                            Tail.class.getClassLoader(),
                            new Class<?>[] {Tail.class},
                            (proxy, called, given) ->
                                    called.getName().equals("next")
                                            ? Optional.empty()
                                            : called.invoke(tail, given));
                });
    }
}
