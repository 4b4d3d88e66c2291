package io.twinstore.storage.jdbi;

import io.twinstore.storage.SessionId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Looks at the heads of many sessions in one statement, and says which are not as they were at the
 * look before.
 */
final class HeadsLook {

    private final TransactionRunner runner;
    private final StoreTools tools;
    private Map<SessionId, TailHead> before = Map.of();

    HeadsLook(TransactionRunner runner, StoreTools tools) {
        this.runner = runner;
        this.tools = tools;
    }

    /** Returns the sessions that changed, those that are gone, and those not looked at before. */
    synchronized Set<SessionId> changed(Collection<SessionId> ids) {
        if (ids.isEmpty()) {
            before = Map.of();
            return Set.of();
        }
        String list = list(ids);
        Map<SessionId, TailHead> now = new HashMap<>();
        runner.read(handle -> tools.tails(handle).heads(list))
                .forEach(head -> now.put(head.sessionId(), head));
        Set<SessionId> changed = new HashSet<>(ids);
        changed.removeIf(id -> now.containsKey(id) && now.get(id).equals(before.get(id)));
        before = now;
        return changed;
    }

    /** Returns the ids as a JSON array. */
    static String list(Collection<SessionId> ids) {
        return JsonLists.of(ids, SessionId::value);
    }
}
