package io.twinstore.storage.jdbi;

import io.twinstore.storage.SearchScope;
import io.twinstore.storage.Visibility;
import java.util.List;
import java.util.Map;

/** Makes conditions of a scope. */
final class ScopeSql {

    /**
     * How many sessions are looked up before a search, so that it need not meet those of others.
     * With more of them most of what is met is theirs anyway.
     */
    private static final int FEW = 256;

    /** So few are looked up however few others there are. */
    private static final int VERY_FEW = 16;

    /** Of so many sessions one in the scope is enough to meet them by the way. */
    private static final int SHARE = 8;

    private ScopeSql() {}

    /** Returns the conditions on sessions {@code s} and heads {@code h}. */
    static ScopeConditions of(SearchScope scope, Access access) {
        Conditions conditions =
                new Conditions()
                        .and("s.session_id = :scopeSession", "scopeSession", scope.session())
                        .and(
                                "exists (select 1 from session_participants p where p.session_id ="
                                        + " s.session_id and p.user_id = :scopeUser)",
                                "scopeUser",
                                scope.participant())
                        .and("s.config_id = :scopeConfig", "scopeConfig", scope.config())
                        .and("s.created_by_app_id = :scopeApp", "scopeApp", scope.app())
                        .and("s.status = :scopeStatus", "scopeStatus", scope.status());
        access.limit(conditions, Visibility.LIVE);
        return new ScopeConditions(conditions.where(), Map.copyOf(conditions.bindings()), null);
    }

    /** Looks up which sessions are in the scope, where these are few. */
    static ScopeConditions resolved(ScopeConditions scope, SearchDao dao) {
        if (scope.isWide()) {
            return scope;
        }
        List<ScopeConditions.SessionInScope> found =
                dao.sessionsInScope(scope.where(), scope.bindings(), FEW + 1);
        return found.size() > FEW || isLargeShare(found.size(), dao) ? scope : scope.of(found);
    }

    private static boolean isLargeShare(int sessions, SearchDao dao) {
        return sessions > VERY_FEW && dao.countSessions(SHARE * sessions) < SHARE * sessions;
    }
}
