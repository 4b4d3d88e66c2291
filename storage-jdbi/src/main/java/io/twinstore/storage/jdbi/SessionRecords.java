package io.twinstore.storage.jdbi;

import io.twinstore.storage.AlreadyExistsException;
import io.twinstore.storage.AppId;
import io.twinstore.storage.ConflictException;
import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.Json;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.NotFoundException;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.ReferenceException;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionUpdate;
import io.twinstore.storage.StorageException;
import io.twinstore.storage.UserId;
import io.twinstore.storage.spi.MergePatch;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Creates, reads and changes the record of a session. */
final class SessionRecords {

    /** Makes the incarnations of sessions: no two under one id are alike. */
    private static final SecureRandom RANDOM = new SecureRandom();

    private static final int TRIES = 100;

    private final Handles handles;
    private final StoreTools tools;
    private final Access access;

    SessionRecords(Handles handles, StoreTools tools, Access access) {
        this.handles = handles;
        this.tools = tools;
        this.access = access;
    }

    Session create(NewSession given) {
        NewSession session = access.limited(given);
        Json metadata = FieldRules.object("session.metadata", session.metadata());
        Instant now = tools.clock().now();
        SessionId id = session.id() != null ? session.id() : SessionId.of(tools.ids().next());
        SessionRow row =
                new SessionRow(
                        id,
                        session.configId(),
                        session.owner(),
                        session.app(),
                        null,
                        session.status(),
                        metadata,
                        1,
                        0,
                        0,
                        0,
                        now,
                        now,
                        null,
                        now,
                        null,
                        null);
        Session created = handles.write(handle -> insert(handle, row));
        handles.tell(Notice.of("session_created", created.id(), session.owner()));
        return created;
    }

    private Session insert(Handle handle, SessionRow wanted) {
        // The shared lock keeps the config from being deleted until the session is there for the
        // deletion to hide.
        boolean live =
                tools.configs(handle)
                        .lockShared(wanted.configId())
                        .filter(config -> config.deletedAt() == null)
                        .isPresent();
        if (!live) {
            throw new ReferenceException("config", wanted.configId().value());
        }
        SessionRow row = insertRecord(handle, wanted);
        tools.sessions(handle).insertHead(row.sessionId(), RANDOM.nextLong());
        if (row.ownerUserId() != null) {
            tools.participants(handle)
                    .insert(
                            new ParticipantRow(
                                    row.sessionId(),
                                    row.ownerUserId(),
                                    ParticipantRole.OWNER,
                                    row.createdAt(),
                                    row.createdAt(),
                                    Json.emptyObject()));
        }
        return row.toSession();
    }

    /** A limited store passes over ids that are taken: to refuse one would tell that it is. */
    private SessionRow insertRecord(Handle handle, SessionRow wanted) {
        SessionRow row = wanted;
        for (int i = 0; i < TRIES; i++) {
            if (tools.sessions(handle).insert(row) == 1) {
                return row;
            }
            if (!access.isLimited()) {
                throw new AlreadyExistsException("session", row.sessionId().value());
            }
            row = row.withId(SessionId.of(tools.ids().next()));
        }
        throw new StorageException(
                ErrorCode.INTERNAL,
                "Of " + TRIES + " ids that the generator made none is free: it must make new ones.",
                null);
    }

    Optional<Session> find(SessionId id) {
        return access.read(
                handles,
                id,
                handle -> tools.sessions(handle).findLive(id).map(SessionRow::toSession),
                Optional::empty);
    }

    boolean exists(SessionId id) {
        return access.read(handles, id, handle -> tools.sessions(handle).exists(id), () -> false);
    }

    Session update(SessionId id, SessionUpdate update) {
        Json replacement =
                update.metadata() == null
                        ? null
                        : FieldRules.object("session.metadata", update.metadata());
        if (update.metadataPatch() != null) {
            FieldRules.object("session.metadataPatch", update.metadataPatch());
        }
        Session updated =
                handles.write(
                        handle -> {
                            SessionRow old = lock(handle, id, ParticipantRole.OWNER);
                            refuseOtherVersion(old, update.expectedVersion());
                            Instant now = tools.clock().nowAfter(old.updatedAt());
                            SessionRow row = merge(old, update, replacement, now);
                            tools.sessions(handle).update(row);
                            if (update.owner() != null) {
                                makeOwner(handle, id, update.owner(), now);
                            }
                            if (update.owner() != null || row.status() != old.status()) {
                                tools.sessions(handle).markChanged(id);
                            }
                            return row.toSession();
                        });
        handles.tell(Notice.of("session_updated", id, update.owner()));
        return updated;
    }

    private static void refuseOtherVersion(SessionRow old, @Nullable Long expected) {
        if (expected != null && expected != old.version()) {
            throw new ConflictException(
                    ConflictException.Reason.VERSION,
                    old.sessionId().value(),
                    expected.toString(),
                    Long.toString(old.version()));
        }
    }

    private static SessionRow merge(
            SessionRow old, SessionUpdate update, @Nullable Json replacement, Instant now) {
        Json metadata = replacement != null ? replacement : old.metadata();
        if (update.metadataPatch() != null) {
            metadata =
                    FieldRules.object(
                            "session.metadata", MergePatch.apply(metadata, update.metadataPatch()));
        }
        return new SessionRow(
                old.sessionId(),
                old.configId(),
                update.owner() != null ? update.owner() : old.ownerUserId(),
                old.createdByAppId(),
                old.lastAccessedByAppId(),
                update.status() != null ? update.status() : old.status(),
                metadata,
                old.version() + 1,
                old.lastSeq(),
                old.baseSeq(),
                old.messageCount(),
                old.createdAt(),
                now,
                old.lastAccessedAt(),
                later(old.lastActivityAt(), now),
                old.lastMessageAt(),
                old.deletedAt());
    }

    private void makeOwner(Handle handle, SessionId id, UserId user, Instant now) {
        ParticipantDao dao = tools.participants(handle);
        Optional<ParticipantRow> present = dao.find(id, user);
        if (present.isEmpty()) {
            dao.insert(
                    new ParticipantRow(
                            id, user, ParticipantRole.OWNER, now, now, Json.emptyObject()));
        } else {
            ParticipantRow row = present.get();
            Instant active = row.lastActiveAt() == null ? now : later(row.lastActiveAt(), now);
            dao.update(
                    new ParticipantRow(
                            id,
                            user,
                            ParticipantRole.OWNER,
                            row.joinedAt(),
                            active,
                            row.permissions()));
        }
    }

    Session touch(SessionId id, AppId app) {
        access.refuseOther(app);
        return handles.write(
                handle -> {
                    // It moves the session in everybody's list, so it takes more than to read.
                    SessionRow old = lock(handle, id, ParticipantRole.EDITOR);
                    Instant now = tools.clock().nowAfter(old.lastAccessedAt());
                    SessionDao dao = tools.sessions(handle);
                    dao.touch(id, app, now, later(old.lastActivityAt(), now));
                    return existing(dao, id).toSession();
                });
    }

    private SessionRow lock(Handle handle, SessionId id, ParticipantRole least) {
        if (!HeadRow.isLive(access.lockHead(handle, id, least))) {
            throw new NotFoundException("session", id.value());
        }
        return existing(tools.sessions(handle), id);
    }

    private static SessionRow existing(SessionDao dao, SessionId id) {
        return dao.find(id).orElseThrow(() -> new NotFoundException("session", id.value()));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
