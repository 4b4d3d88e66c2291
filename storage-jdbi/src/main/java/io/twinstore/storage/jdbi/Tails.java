package io.twinstore.storage.jdbi;

import io.twinstore.storage.AppId;
import io.twinstore.storage.ConflictException;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.NotFoundException;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.Tail;
import io.twinstore.storage.UserId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Opens tails. What the caller may not follow is refused here, not by the first event. */
final class Tails {

    private final Handles handles;
    private final StoreTools tools;
    private final Access access;

    Tails(Handles handles, StoreTools tools, Access access) {
        this.handles = handles;
        this.tools = tools;
        this.access = access;
    }

    Tail one(SessionId id, long after) {
        TailHub hub = handles.hub();
        checked("afterSequence", after);
        Optional<Roster> found =
                access.read(
                        handles,
                        id,
                        handle -> Roster.one(tools.tails(handle).roster(id)),
                        Optional::empty);
        Roster roster =
                found.filter(one -> !one.head().deleted())
                        .orElseThrow(() -> new NotFoundException("session", id.value()));
        refuseBeyond(roster, after);
        return hub.open(
                new TailScope(id, access.user(), access.app()),
                Map.of(id, FollowedSession.after(roster, after)),
                Map.of());
    }

    Tail all(UserId user, @Nullable Map<SessionId, Long> after) {
        TailHub hub = handles.hub();
        access.refuseOther(user);
        Map<SessionId, Long> later = after == null ? new HashMap<>() : new HashMap<>(after);
        later.forEach((id, sequence) -> checked("after." + id.value(), sequence));
        Map<SessionId, FollowedSession> followed = new HashMap<>();
        Roster.all(handles.read(handle -> rosters(handle, user)))
                .forEach(
                        (id, roster) -> {
                            Long named = later.remove(id);
                            long from = named == null ? 0 : named;
                            refuseBeyond(roster, from);
                            followed.put(
                                    id,
                                    after == null
                                            ? FollowedSession.fromEnd(roster)
                                            : FollowedSession.after(roster, from));
                        });
        return hub.open(new TailScope(null, user, access.app()), followed, later);
    }

    private List<RosterRow> rosters(Handle handle, UserId user) {
        AppId app = access.app();
        return app == null
                ? tools.tails(handle).rostersOf(user)
                : tools.tails(handle).rostersOfIn(user, app);
    }

    private static void checked(String field, long sequence) {
        if (sequence < 0) {
            throw new InvalidValueException(field, "0 or more", Long.toString(sequence));
        }
    }

    private static void refuseBeyond(Roster roster, long after) {
        long last = roster.head().lastSeq();
        if (after > last) {
            throw new ConflictException(
                    ConflictException.Reason.SEQUENCE,
                    roster.head().sessionId().value(),
                    Long.toString(after),
                    Long.toString(last));
        }
    }
}
