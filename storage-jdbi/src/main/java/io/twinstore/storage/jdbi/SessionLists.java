package io.twinstore.storage.jdbi;

import io.twinstore.storage.Cursor;
import io.twinstore.storage.Membership;
import io.twinstore.storage.Page;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionFilter;
import io.twinstore.storage.UserId;
import io.twinstore.storage.Visibility;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lists sessions by keyset. Activity never goes back, so a session that moves while somebody pages
 * moves towards the first page, and no later page can show it again.
 */
final class SessionLists {

    private static final String NEVER = "never";
    private static final NewestFirst<SessionRow> ORDER =
            new NewestFirst<>(
                    "s.last_activity_at, s.session_id",
                    SessionRow::lastActivityAt,
                    row -> row.sessionId().value());

    private final Handles handles;
    private final StoreTools tools;
    private final Access access;

    SessionLists(Handles handles, StoreTools tools, Access access) {
        this.handles = handles;
        this.tools = tools;
        this.access = access;
    }

    Page<Session> list(SessionFilter filter, PageRequest page) {
        return ORDER.page(
                new Cursors(access.bound("sessions " + filter)),
                conditions(filter),
                page,
                (where, bindings, limit) ->
                        handles.read(handle -> tools.sessions(handle).list(where, bindings, limit)),
                SessionRow::toSession);
    }

    long count(SessionFilter filter) {
        Conditions conditions = conditions(filter);
        return handles.read(
                handle -> tools.sessions(handle).count(conditions.where(), conditions.bindings()));
    }

    private Conditions conditions(SessionFilter filter) {
        Conditions conditions =
                access.limit(new Conditions(), filter.visibility())
                        .visible(filter.visibility(), "h.deleted = true")
                        .and("s.owner_user_id = :owner", "owner", filter.owner())
                        .and("s.config_id = :config", "config", filter.config())
                        .and("s.created_by_app_id = :app", "app", filter.app())
                        .and("s.status = :status", "status", filter.status())
                        .and(
                                "s.created_at >= :createdFrom",
                                "createdFrom",
                                bound(filter.createdFrom()))
                        .and(
                                "s.created_at < :createdBefore",
                                "createdBefore",
                                bound(filter.createdBefore()))
                        .and(
                                "s.updated_at >= :updatedFrom",
                                "updatedFrom",
                                bound(filter.updatedFrom()))
                        .and(
                                "s.updated_at < :updatedBefore",
                                "updatedBefore",
                                bound(filter.updatedBefore()));
        byParticipant(filter, conditions);
        if (filter.metadata() != null) {
            conditions.and(
                    tools.adapter().filters().contains("s.metadata", "metadata"),
                    "metadata",
                    FieldRules.object("filter.metadata", filter.metadata()));
        }
        return conditions;
    }

    /** Adds what one and the same participant must be and be allowed. */
    private void byParticipant(SessionFilter filter, Conditions conditions) {
        StringBuilder participant = new StringBuilder();
        if (filter.participant() != null) {
            participant.append(" and p.user_id = :participant");
            conditions.bind("participant", filter.participant());
        }
        if (filter.permissions() != null) {
            participant
                    .append(" and ")
                    .append(tools.adapter().filters().contains("p.permissions", "permissions"));
            conditions.bind(
                    "permissions", FieldRules.object("filter.permissions", filter.permissions()));
        }
        if (!participant.isEmpty()) {
            conditions.and(
                    "exists (select 1 from session_participants p where p.session_id = s.session_id"
                            + participant
                            + ")");
        }
    }

    private static @Nullable Instant bound(@Nullable Instant instant) {
        return instant == null ? null : MicroClock.bound(instant);
    }

    Page<Membership> sessionsOf(UserId user, PageRequest page) {
        Cursors cursors = new Cursors(access.bound("sessionsOf " + user));
        Conditions conditions =
                access.limit(new Conditions(), Visibility.LIVE)
                        .and("h.deleted = false")
                        .and("p.user_id = :user", "user", user);
        if (page.cursor() != null) {
            after(page.cursor(), cursors, conditions);
        }
        List<MembershipRow> rows =
                handles.read(
                        handle ->
                                tools.sessions(handle)
                                        .memberships(
                                                conditions.where(),
                                                conditions.bindings(),
                                                page.size() + 1));
        return Pages.cut(
                rows,
                page.size(),
                MembershipRow::toMembership,
                last ->
                        cursors.write(
                                last.lastActiveAt() == null
                                        ? NEVER
                                        : last.lastActiveAt().toString(),
                                last.session().sessionId().value()));
    }

    /**
     * Goes on after the cursor: those never active come last, so they follow every time there is.
     */
    private static void after(Cursor cursor, Cursors cursors, Conditions conditions) {
        Cursors.Key key = cursors.read(cursor);
        conditions.bind("cursorId", key.text(1));
        if (key.text(0).equals(NEVER)) {
            conditions.and("p.last_active_at is null and p.session_id < :cursorId");
        } else {
            conditions
                    .and(
                            "(p.last_active_at is null or (p.last_active_at, p.session_id) <"
                                    + " (:cursorTime, :cursorId))")
                    .bind("cursorTime", key.time(0));
        }
    }
}
