package io.twinstore.storage.jdbi;

import io.twinstore.storage.ConflictException;
import io.twinstore.storage.Json;
import io.twinstore.storage.NotFoundException;
import io.twinstore.storage.Participant;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.ReferenceException;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.StorageException;
import io.twinstore.storage.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Keeps who takes part in a session. Every change holds the session's head, so a session never
 * loses its last owner.
 */
final class Participants {

    private final Handles handles;
    private final StoreTools tools;
    private final Access access;

    Participants(Handles handles, StoreTools tools, Access access) {
        this.handles = handles;
        this.tools = tools;
        this.access = access;
    }

    Participant add(SessionId id, UserId user, ParticipantRole role) {
        return told(
                "participant_added",
                id,
                user,
                handle -> {
                    lock(
                            handle,
                            id,
                            ParticipantRole.OWNER,
                            () -> new ReferenceException("session", id.value()));
                    ParticipantDao dao = tools.participants(handle);
                    Optional<ParticipantRow> present = dao.find(id, user);
                    ParticipantRow row;
                    if (present.isPresent()) {
                        row = active(present.get());
                        dao.update(row);
                    } else {
                        row =
                                new ParticipantRow(
                                        id,
                                        user,
                                        role,
                                        tools.clock().now(),
                                        null,
                                        Json.emptyObject());
                        dao.insert(row);
                    }
                    keepOwner(handle, id);
                    return row.toParticipant();
                });
    }

    boolean remove(SessionId id, UserId user) {
        return told(
                "participant_removed",
                id,
                user,
                handle -> {
                    // Everybody may leave.
                    ParticipantRole least =
                            user.equals(access.user())
                                    ? ParticipantRole.VIEWER
                                    : ParticipantRole.OWNER;
                    lock(handle, id, least, () -> missing(id));
                    refuseLastOwner(handle, id, user);
                    boolean removed = tools.participants(handle).delete(id, user) == 1;
                    keepOwner(handle, id);
                    return removed;
                });
    }

    List<Participant> list(SessionId id) {
        return access.read(
                handles,
                id,
                handle -> {
                    if (!tools.sessions(handle).exists(id)) {
                        throw missing(id);
                    }
                    return tools.participants(handle).list(id).stream()
                            .map(ParticipantRow::toParticipant)
                            .toList();
                },
                () -> {
                    throw missing(id);
                });
    }

    Participant updateRole(SessionId id, UserId user, ParticipantRole role) {
        return told(
                "participant_role_changed",
                id,
                user,
                handle -> {
                    ParticipantRow old = locked(handle, id, user);
                    if (role != ParticipantRole.OWNER) {
                        refuseLastOwner(handle, id, user);
                    }
                    ParticipantRow active = active(old);
                    ParticipantRow row =
                            new ParticipantRow(
                                    id,
                                    user,
                                    role,
                                    active.joinedAt(),
                                    active.lastActiveAt(),
                                    active.permissions());
                    tools.participants(handle).update(row);
                    keepOwner(handle, id);
                    return row.toParticipant();
                });
    }

    Participant updatePermissions(SessionId id, UserId user, Json permissions) {
        Json checked = FieldRules.object("participant.permissions", permissions);
        return handles.write(
                handle -> {
                    ParticipantRow old = locked(handle, id, user);
                    ParticipantRow row =
                            new ParticipantRow(
                                    id,
                                    user,
                                    old.role(),
                                    old.joinedAt(),
                                    old.lastActiveAt(),
                                    checked);
                    tools.participants(handle).update(row);
                    return row.toParticipant();
                });
    }

    Optional<ParticipantRole> roleOf(SessionId id, UserId user) {
        return access.read(
                handles,
                id,
                handle -> tools.participants(handle).roleOf(id, user),
                Optional::empty);
    }

    private <T> T told(String action, SessionId id, UserId user, Handles.Work<T> work) {
        T result = handles.write(work);
        handles.tell(Notice.of(action, id, user));
        return result;
    }

    private void lock(
            Handle handle,
            SessionId id,
            ParticipantRole least,
            Supplier<StorageException> missing) {
        if (!HeadRow.isLive(access.lockHead(handle, id, least))) {
            throw missing.get();
        }
    }

    private static NotFoundException missing(SessionId id) {
        return new NotFoundException("session", id.value());
    }

    private ParticipantRow locked(Handle handle, SessionId id, UserId user) {
        lock(handle, id, ParticipantRole.OWNER, () -> missing(id));
        return tools.participants(handle)
                .find(id, user)
                .orElseThrow(() -> new NotFoundException("participant", user.value()));
    }

    private ParticipantRow active(ParticipantRow row) {
        Instant now = tools.clock().nowAfter(row.lastActiveAt());
        return new ParticipantRow(
                row.sessionId(), row.userId(), row.role(), row.joinedAt(), now, row.permissions());
    }

    private void refuseLastOwner(Handle handle, SessionId id, UserId user) {
        if (tools.participants(handle).owners(id).equals(List.of(user))) {
            throw new ConflictException(
                    ConflictException.Reason.LAST_OWNER, id.value(), "another owner", user.value());
        }
    }

    /**
     * Keeps the session's first owner one who is an owner: the present one, else the one who joined
     * first.
     */
    private void keepOwner(Handle handle, SessionId id) {
        tools.sessions(handle).markChanged(id);
        SessionRow session =
                tools.sessions(handle)
                        .find(id)
                        .orElseThrow(() -> new NotFoundException("session", id.value()));
        List<UserId> owners = tools.participants(handle).owners(id);
        @Nullable UserId present = session.ownerUserId();
        if (present != null && owners.contains(present)) {
            return;
        }
        @Nullable UserId next = owners.isEmpty() ? null : owners.get(0);
        if (!Objects.equals(present, next)) {
            tools.sessions(handle)
                    .changeOwner(id, next, tools.clock().nowAfter(session.updatedAt()));
        }
    }
}
