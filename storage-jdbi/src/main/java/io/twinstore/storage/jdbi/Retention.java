package io.twinstore.storage.jdbi;

import io.twinstore.storage.ConfigId;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.TransactionException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Deletes and purges what is old, a small transaction at a time, so that nobody waits for long.
 *
 * <p>A transaction waits for no lock, so it is part of no deadlock: of the configs and heads that
 * it locks, in this order, it passes over those that somebody else holds, and whoever changes a
 * session's record holds its head. What was found without a lock is looked at again under the
 * locks.
 */
final class Retention {

    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final Handles handles;
    private final StoreTools tools;
    private final Access access;

    Retention(Handles handles, StoreTools tools, Access access) {
        this.handles = handles;
        this.tools = tools;
        this.access = access;
    }

    /**
     * @param olderThan the age, or null for the one that the storage was opened with
     */
    long cleanup(@Nullable Duration olderThan) {
        access.refuseLimited();
        Duration age = olderThan == null ? configuredAge() : olderThan;
        Instant start = tools.clock().now();
        Instant before = before("cleanup.olderThan", age, start);
        refuseWithin("Cleaning up");
        RetentionRun run =
                new RetentionRun(
                        handles,
                        "session_deleted",
                        List::of,
                        batch -> {
                            Instant now = tools.clock().nowAfter(start);
                            return handle -> deleteInactive(handle, batch, before, now);
                        });
        run.over(
                (handle, last, limit) ->
                        tools.retention(handle).inactive(before, last.time(), last.id(), limit));
        return run.done();
    }

    private Duration configuredAge() {
        Duration age = tools.maxSessionAge();
        if (age == null) {
            throw new InvalidValueException(
                    "maxSessionAge",
                    "set (MAX_SESSION_AGE_DAYS) for a cleanup that names no age",
                    null);
        }
        return age;
    }

    private List<SessionId> deleteInactive(
            Handle handle, List<OldSession> batch, Instant before, Instant now) {
        RetentionDao dao = tools.retention(handle);
        List<SessionId> locked = dao.lockFreeHeads(ids(batch));
        List<SessionId> still = dao.stillInactive(list(locked), before);
        dao.markAll(list(still), now);
        dao.hideAll(list(still));
        return still;
    }

    /** Purges what was deleted itself, and then what was deleted with its config. */
    long purgeDeleted(Duration olderThan) {
        access.refuseLimited();
        Instant before = before("purgeDeleted.olderThan", olderThan, tools.clock().now());
        refuseWithin("Purging what was deleted");
        RetentionRun run =
                new RetentionRun(
                        handles,
                        "session_purged",
                        RetentionRun::bySize,
                        batch -> handle -> purgeDeleted(handle, batch, before));
        run.over(
                (handle, last, limit) ->
                        tools.retention(handle).deleted(before, last.time(), last.id(), limit));
        for (ConfigId config : deletedConfigs(before)) {
            run.over(
                    (handle, last, limit) ->
                            tools.retention(handle)
                                    .ofConfig(config, last.time(), last.id(), limit));
        }
        return run.done();
    }

    private List<ConfigId> deletedConfigs(Instant before) {
        return handles.read(handle -> tools.retention(handle).deletedConfigs(before));
    }

    private List<SessionId> purgeDeleted(Handle handle, List<OldSession> batch, Instant before) {
        RetentionDao dao = tools.retention(handle);
        Set<ConfigId> configs =
                new HashSet<>(batch.stream().map(OldSession::configId).distinct().toList());
        configs.retainAll(
                new HashSet<>(dao.lockFreeConfigs(JsonLists.of(configs, ConfigId::value))));
        List<OldSession> free =
                batch.stream().filter(old -> configs.contains(old.configId())).toList();
        List<SessionId> still = dao.stillDeleted(list(dao.lockFreeHeads(ids(free))), before);
        still.forEach(id -> SessionDeletion.remove(tools.sessions(handle), id));
        return still;
    }

    long countInactive(Duration olderThan) {
        access.refuseLimited();
        Instant before = before("countInactive.olderThan", olderThan, tools.clock().now());
        return handles.read(handle -> tools.retention(handle).countInactive(before));
    }

    long countPurgeable(Duration olderThan) {
        access.refuseLimited();
        Instant before = before("countPurgeable.olderThan", olderThan, tools.clock().now());
        return handles.read(handle -> tools.retention(handle).countDeleted(before));
    }

    private static Instant before(String field, Duration age, Instant now) {
        if (age.isNegative() || age.compareTo(LONGEST) > 0) {
            throw new InvalidValueException(field, "0 seconds to 36,500 days", age.toString());
        }
        return MicroClock.bound(now.minus(age));
    }

    private void refuseWithin(String deed) {
        if (!handles.standAlone()) {
            throw new TransactionException(
                    deed
                            + " commits batch by batch; call it on the storage itself, not on the stores of a"
                            + " transaction or a connection.");
        }
    }

    private static String ids(List<OldSession> sessions) {
        return JsonLists.of(sessions, old -> old.sessionId().value());
    }

    private static String list(List<SessionId> ids) {
        return JsonLists.of(ids, SessionId::value);
    }
}
