package io.twinstore.storage.jdbi;

import io.twinstore.storage.AppId;
import io.twinstore.storage.Json;
import io.twinstore.storage.Membership;
import io.twinstore.storage.Page;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.Participant;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.Tail;
import io.twinstore.storage.UserId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Measures every operation of a session store. A new operation of the interface has to be added
 * here, or in one of the classes above, or this does not compile.
 */
final class MeteredSessionStore extends MeteredTranscripts {

    MeteredSessionStore(SessionStore to, Meter meter) {
        super(to, meter);
    }

    @Override
    public SessionStore asUser(UserId user) {
        return new MeteredSessionStore(to.asUser(user), meter);
    }

    @Override
    public SessionStore asApplication(AppId app) {
        return new MeteredSessionStore(to.asApplication(app), meter);
    }

    @Override
    public Participant addParticipant(SessionId id, UserId user, ParticipantRole role) {
        return meter.time("sessions.addParticipant", id, () -> to.addParticipant(id, user, role));
    }

    @Override
    public boolean removeParticipant(SessionId id, UserId user) {
        return meter.time("sessions.removeParticipant", id, () -> to.removeParticipant(id, user));
    }

    @Override
    public List<Participant> participants(SessionId id) {
        return meter.time("sessions.participants", id, () -> to.participants(id));
    }

    @Override
    public Participant updateRole(SessionId id, UserId user, ParticipantRole role) {
        return meter.time("sessions.updateRole", id, () -> to.updateRole(id, user, role));
    }

    @Override
    public Participant updatePermissions(SessionId id, UserId user, Json permissions) {
        return meter.time(
                "sessions.updatePermissions",
                id,
                () -> to.updatePermissions(id, user, permissions));
    }

    @Override
    public Optional<ParticipantRole> roleOf(SessionId id, UserId user) {
        return meter.time("sessions.roleOf", id, () -> to.roleOf(id, user));
    }

    @Override
    public Page<Membership> sessionsOf(UserId user, PageRequest page) {
        return meter.time("sessions.sessionsOf", null, () -> to.sessionsOf(user, page));
    }

    @Override
    public Tail tail(SessionId id, long afterSequence) {
        return meter.time("sessions.tail", id, () -> to.tail(id, afterSequence));
    }

    @Override
    public Tail tailAll(UserId user) {
        return meter.time("sessions.tailAll", null, () -> to.tailAll(user));
    }

    @Override
    public Tail tailAll(UserId user, Map<SessionId, Long> after) {
        return meter.time("sessions.tailAll", null, () -> to.tailAll(user, after));
    }
}
