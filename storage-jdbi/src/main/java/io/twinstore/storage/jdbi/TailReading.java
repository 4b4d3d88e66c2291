package io.twinstore.storage.jdbi;

import io.twinstore.storage.AppId;
import io.twinstore.storage.ConflictException;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.TailEvent;
import io.twinstore.storage.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Reads for one tail: which sessions it follows, and what is new in them. For one thread at a time.
 */
final class TailReading {

    /** How many events, and how many bytes of messages, are read ahead. */
    static final int PAGE = 100;

    static final long PAGE_BYTES = 256_000;

    private final TransactionRunner runner;
    private final StoreTools tools;
    private final TailScope scope;
    private final Map<SessionId, FollowedSession> followed = new HashMap<>();

    /** Where the tail goes on in sessions that it does not follow at present. */
    private final Map<SessionId, Left> left = new HashMap<>();

    private Following following = Following.NOBODY;

    /** A position, and the incarnation it belongs to unless the caller named it. */
    private record Left(long position, @Nullable Long incarnation) {

        boolean isOf(TailHead head) {
            return incarnation == null || incarnation == head.incarnation();
        }

        long positionIn(TailHead head) {
            return isOf(head) && position <= head.lastSeq() ? position : 0;
        }
    }

    /** Is told which sessions are followed. */
    interface Following {

        Following NOBODY =
                new Following() {
                    @Override
                    public void begin(SessionId id) {}

                    @Override
                    public void end(SessionId id) {}
                };

        void begin(SessionId id);

        void end(SessionId id);
    }

    /**
     * @param later where to begin in sessions that the user does not take part in yet
     */
    TailReading(
            TransactionRunner runner,
            StoreTools tools,
            TailScope scope,
            Map<SessionId, Long> later) {
        this.runner = runner;
        this.tools = tools;
        this.scope = scope;
        later.forEach((id, position) -> left.put(id, new Left(position, null)));
    }

    /** Sets who is told which sessions are followed. */
    void reportTo(Following told) {
        following = told;
    }

    /** Follows a session. */
    void follow(FollowedSession session) {
        followed.put(session.id(), session);
        following.begin(session.id());
    }

    /** Finds out which sessions the user takes part in, and which of them have something new. */
    void readMemberships(TailBatch batch) {
        UserId user = scope.follower();
        if (user == null) {
            return;
        }
        List<TailHead> heads = runner.read(handle -> heads(handle, user));
        Set<SessionId> gone = new HashSet<>(followed.keySet());
        List<SessionId> joined = new ArrayList<>();
        for (TailHead head : heads) {
            gone.remove(head.sessionId());
            FollowedSession session = followed.get(head.sessionId());
            if (session != null && !session.isIncarnation(head)) {
                purged(session, batch);
                session = null;
            }
            if (session == null) {
                if (!head.deleted()) {
                    joined.add(head.sessionId());
                }
            } else if (session.isBehind(head)) {
                batch.lookAt(head.sessionId());
            }
        }
        for (SessionId id : gone) {
            FollowedSession session = followed.get(id);
            if (session != null) {
                session.doubtRoster();
                batch.lookAt(id);
            }
        }
        join(joined, user, batch);
    }

    private List<TailHead> heads(Handle handle, UserId user) {
        AppId app = scope.app();
        return app == null
                ? tools.tails(handle).headsOf(user)
                : tools.tails(handle).headsOfIn(user, app);
    }

    /** Follows sessions that the user came to, a page of them. */
    private void join(List<SessionId> joined, UserId self, TailBatch batch) {
        if (joined.isEmpty()) {
            return;
        }
        String page = HeadsLook.list(joined.subList(0, Math.min(PAGE, joined.size())));
        Roster.all(runner.read(handle -> tools.tails(handle).rosters(page)))
                .values()
                .forEach(roster -> join(roster, self, batch));
        if (joined.size() > PAGE) {
            batch.readMembershipsAgain();
        }
    }

    private void join(Roster roster, UserId self, TailBatch batch) {
        ParticipantRole role = roster.roles().get(self);
        if (role == null || roster.head().deleted()) {
            return;
        }
        SessionId id = roster.head().sessionId();
        Left known = left.remove(id);
        if (known != null && !known.isOf(roster.head())) {
            // Nobody told of that while the user did not take part.
            batch.tell(new TailEvent.SessionPurged(id));
        }
        follow(FollowedSession.after(roster, known == null ? 0 : known.positionIn(roster.head())));
        batch.tell(new TailEvent.ParticipantAdded(id, self, role));
        batch.lookAt(id);
    }

    /**
     * Reads what is new in a session.
     *
     * @return whether there is more to be read
     */
    boolean look(SessionId id, TailBatch batch) {
        FollowedSession session = followed.get(id);
        if (session == null) {
            return false;
        }
        List<TailRow> page =
                runner.read(
                        handle ->
                                tools.tails(handle)
                                        .page(
                                                id,
                                                session.position(),
                                                batch.roomEvents(),
                                                batch.roomBytes()));
        if (page.isEmpty() || !session.isIncarnation(page.get(0).head())) {
            purged(session, batch);
            return false;
        }
        TailHead head = page.get(0).head();
        refuseLoss(session, head);
        if (session.needsRoster(head) && !readRoster(session, head, batch)) {
            return false;
        }
        session.tell(page, batch::tell);
        return session.isBehind(head);
    }

    /** Reads the roster that belongs to a head, and returns whether the session goes on. */
    private boolean readRoster(FollowedSession session, TailHead head, TailBatch batch) {
        Optional<Roster> roster =
                runner.read(handle -> Roster.one(tools.tails(handle).roster(session.id())));
        if (roster.isEmpty() || !session.isIncarnation(roster.get().head())) {
            purged(session, batch);
            return false;
        }
        UserId user = scope.user();
        if (user != null && !roster.get().roles().containsKey(user)) {
            leave(session, head, user, batch);
            return false;
        }
        session.await(roster.get());
        return true;
    }

    /** A database that went back to an earlier state would give sequences out again. */
    private static void refuseLoss(FollowedSession session, TailHead head) {
        if (head.lastSeq() < session.position()) {
            throw new ConflictException(
                    ConflictException.Reason.SEQUENCE,
                    session.id().value(),
                    Long.toString(session.position()),
                    Long.toString(head.lastSeq()));
        }
    }

    private void leave(FollowedSession session, TailHead head, UserId self, TailBatch batch) {
        followed.remove(session.id());
        following.end(session.id());
        left.put(session.id(), new Left(session.position(), head.incarnation()));
        batch.tell(new TailEvent.ParticipantRemoved(session.id(), self));
    }

    private void purged(FollowedSession session, TailBatch batch) {
        followed.remove(session.id());
        following.end(session.id());
        batch.tell(new TailEvent.SessionPurged(session.id()));
        if (scope.follower() != null) {
            batch.readMembershipsAgain();
        }
    }
}
