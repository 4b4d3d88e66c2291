package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.Saboteur.sessions;

import io.twinstore.storage.AccessDeniedException;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Breaks what {@link AccessClauses} check: one operation of the limited store each. */
final class AccessSaboteurs {

    private AccessSaboteurs() {}

    static List<Saboteur> all() {
        return List.of(
                user("ACC-NONE-001", "limits nothing", Call::target),
                user("ACC-NONE-001", "lets anybody read a transcript", open("transcript")),
                user("ACC-NONE-001", "counts what others have", open("count")),
                user("ACC-NONE-001", "tells who holds a session", open("leaseOf")),
                user("ACC-NONE-001", "lets anybody purge", open("purge")),
                user("ACC-NONE-001", "denies what it should not know", telling("append")),
                user("ACC-VIEWER-001", "lets a viewer append", open("append")),
                user("ACC-VIEWER-001", "lets a viewer release a lease", open("release")),
                user("ACC-VIEWER-001", "lets a viewer restore", open("restore")),
                user("ACC-VIEWER-001", "denies a viewer the window", denying("window")),
                user("ACC-VIEWER-001", "lets nobody leave", denying("removeParticipant")),
                user("ACC-EDITOR-001", "lets an editor invite", open("addParticipant")),
                user("ACC-EDITOR-001", "lets an editor update", open("update")),
                user("ACC-EDITOR-001", "shows an editor deleted sessions", open("count")),
                user("ACC-EDITOR-001", "lets editors read alone", denying("append")),
                user("ACC-OWNER-001", "lets nobody delete", denying("delete")),
                app("ACC-APP-001", "denies an application its own", denying("update")),
                app("ACC-APP-002", "limits nothing", Call::target),
                app("ACC-APP-002", "lets every application tail", open("tailAll")));
    }

    static Saboteur user(String clause, String deed, Interceptor how) {
        return sessions(clause, "asUser", deed, how);
    }

    static Saboteur app(String clause, String deed, Interceptor how) {
        return sessions(clause, "asApplication", deed, how);
    }

    /** Answers a call of a limited store. */
    @FunctionalInterface
    interface Answering {
        @Nullable Object on(Call call, SessionStore limited, Method method, Object[] arguments)
                throws Throwable;
    }

    /** Hands out the limited store, one operation of which answers otherwise. */
    static Interceptor where(String operation, Answering answering) {
        return call -> {
            SessionStore limited = (SessionStore) Objects.requireNonNull(call.proceed());
            return Proxy.newProxyInstance(
                    SessionStore.class.getClassLoader(),
                    new Class<?>[] {SessionStore.class},
                    (proxy, method, arguments) ->
                            method.getName().equals(operation)
                                    ? answering.on(call, limited, method, arguments)
                                    : invoke(limited, method, arguments));
        };
    }

    /** Runs this operation without the limit. */
    static Interceptor open(String operation) {
        return where(
                operation,
                (call, limited, method, arguments) -> invoke(call.sessions(), method, arguments));
    }

    /** Denies this operation to everybody. */
    static Interceptor denying(String operation) {
        return where(
                operation,
                (call, limited, method, arguments) -> {
                    throw new AccessDeniedException("No.");
                });
    }

    /** Denies this operation where the session exists, to whom it does not, too. */
    static Interceptor telling(String operation) {
        return where(
                operation,
                (call, limited, method, arguments) -> {
                    if (call.sessions().exists((SessionId) arguments[0])) {
                        throw new AccessDeniedException("Not yours.");
                    }
                    return invoke(limited, method, arguments);
                });
    }

    static @Nullable Object invoke(SessionStore store, Method method, Object[] arguments)
            throws Throwable {
        try {
            return method.invoke(store, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
