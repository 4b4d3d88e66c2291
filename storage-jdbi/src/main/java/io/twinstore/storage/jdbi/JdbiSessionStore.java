package io.twinstore.storage.jdbi;

import io.twinstore.storage.AppId;
import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.Appended;
import io.twinstore.storage.Json;
import io.twinstore.storage.Membership;
import io.twinstore.storage.Message;
import io.twinstore.storage.MessageRange;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.Page;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.Participant;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionFilter;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.SessionUpdate;
import io.twinstore.storage.Transcript;
import io.twinstore.storage.UserId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The face of the session aggregate; each group of operations stands in a class of its own. */
final class JdbiSessionStore implements SessionStore {

    private final SessionRecords records;
    private final SessionLists lists;
    private final SessionDeletion deletion;
    private final Appending appending;
    private final Transcripts transcripts;
    private final Participants participants;

    JdbiSessionStore(Handles handles, StoreTools tools) {
        records = new SessionRecords(handles, tools);
        lists = new SessionLists(handles, tools);
        deletion = new SessionDeletion(handles, tools);
        appending = new Appending(handles, tools);
        transcripts = new Transcripts(handles, tools);
        participants = new Participants(handles, tools);
    }

    @Override
    public Session create(NewSession session) {
        return records.create(session);
    }

    @Override
    public Optional<Session> find(SessionId id) {
        return records.find(id);
    }

    @Override
    public boolean exists(SessionId id) {
        return records.exists(id);
    }

    @Override
    public long count(SessionFilter filter) {
        return lists.count(filter);
    }

    @Override
    public Page<Session> list(SessionFilter filter, PageRequest page) {
        return lists.list(filter, page);
    }

    @Override
    public Session update(SessionId id, SessionUpdate update) {
        return records.update(id, update);
    }

    @Override
    public Session touch(SessionId id, AppId app) {
        return records.touch(id, app);
    }

    @Override
    public Appended append(SessionId id, List<NewMessage> messages, AppendOptions options) {
        return appending.append(id, messages, options);
    }

    @Override
    public Page<Message> messages(SessionId id, MessageRange range, PageRequest page) {
        return transcripts.messages(id, range, page);
    }

    @Override
    public List<Message> lastMessages(SessionId id, int n) {
        return transcripts.last(id, n);
    }

    @Override
    public Transcript transcript(SessionId id) {
        return transcripts.whole(id);
    }

    @Override
    public void streamTranscript(SessionId id, Consumer<? super Message> consumer) {
        transcripts.stream(id, consumer);
    }

    @Override
    public boolean delete(SessionId id) {
        return deletion.delete(id);
    }

    @Override
    public boolean restore(SessionId id) {
        return deletion.restore(id);
    }

    @Override
    public boolean purge(SessionId id) {
        return deletion.purge(id);
    }

    @Override
    public Participant addParticipant(SessionId id, UserId user, ParticipantRole role) {
        return participants.add(id, user, role);
    }

    @Override
    public boolean removeParticipant(SessionId id, UserId user) {
        return participants.remove(id, user);
    }

    @Override
    public List<Participant> participants(SessionId id) {
        return participants.list(id);
    }

    @Override
    public Participant updateRole(SessionId id, UserId user, ParticipantRole role) {
        return participants.updateRole(id, user, role);
    }

    @Override
    public Participant updatePermissions(SessionId id, UserId user, Json permissions) {
        return participants.updatePermissions(id, user, permissions);
    }

    @Override
    public Optional<ParticipantRole> roleOf(SessionId id, UserId user) {
        return participants.roleOf(id, user);
    }

    @Override
    public Page<Membership> sessionsOf(UserId user, PageRequest page) {
        return lists.sessionsOf(user, page);
    }
}
