package io.twinstore.storage.jdbi;

import static java.util.Objects.requireNonNull;

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
import io.twinstore.storage.Replaced;
import io.twinstore.storage.SearchResult;
import io.twinstore.storage.SearchScope;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionFilter;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionLease;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.SessionUpdate;
import io.twinstore.storage.Tail;
import io.twinstore.storage.Transcript;
import io.twinstore.storage.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The face of the session aggregate; each group of operations stands in a class of its own. */
final class JdbiSessionStore implements SessionStore {

    private final Handles handles;
    private final StoreTools tools;
    private final Search search;
    private final Access access;
    private final SessionRecords records;
    private final SessionLists lists;
    private final SessionDeletion deletion;
    private final Appending appending;
    private final Transcripts transcripts;
    private final Replacing replacing;
    private final Leases leases;
    private final Participants participants;
    private final Tails tails;
    private final Retention retention;
    private final Holds holds;
    private final Searching searching;
    private final MessagesContaining messagesContaining;
    private final SessionsContaining sessionsContaining;

    JdbiSessionStore(Handles handles, StoreTools tools, Search search) {
        this(handles, tools, search, Access.unlimited(tools));
    }

    private JdbiSessionStore(Handles handles, StoreTools tools, Search search, Access access) {
        this.handles = handles;
        this.tools = tools;
        this.search = search;
        this.access = access;
        records = new SessionRecords(handles, tools, access);
        lists = new SessionLists(handles, tools, access);
        deletion = new SessionDeletion(handles, tools, access);
        appending = new Appending(handles, tools, access);
        transcripts = new Transcripts(handles, tools, access);
        replacing = new Replacing(handles, tools, access);
        leases = new Leases(handles, tools, access);
        participants = new Participants(handles, tools, access);
        tails = new Tails(handles, tools, access);
        retention = new Retention(handles, tools, access);
        holds = new Holds(handles, tools, access);
        SearchReading reading = new SearchReading(handles, tools, search, access);
        searching = new Searching(reading, access);
        messagesContaining = new MessagesContaining(reading, access);
        sessionsContaining = new SessionsContaining(reading, access);
    }

    @Override
    public SessionStore asUser(UserId user) {
        requireNonNull(user, "user");
        return new JdbiSessionStore(handles, tools, search, access.as(user));
    }

    @Override
    public SessionStore asApplication(AppId app) {
        requireNonNull(app, "app");
        return new JdbiSessionStore(handles, tools, search, access.in(app));
    }

    @Override
    public Session create(NewSession session) {
        requireNonNull(session, "session");
        return records.create(session);
    }

    @Override
    public Optional<Session> find(SessionId id) {
        requireNonNull(id, "id");
        return records.find(id);
    }

    @Override
    public boolean exists(SessionId id) {
        requireNonNull(id, "id");
        return records.exists(id);
    }

    @Override
    public long count(SessionFilter filter) {
        requireNonNull(filter, "filter");
        return lists.count(filter);
    }

    @Override
    public Page<Session> list(SessionFilter filter, PageRequest page) {
        requireNonNull(filter, "filter");
        requireNonNull(page, "page");
        return lists.list(filter, page);
    }

    @Override
    public Session update(SessionId id, SessionUpdate update) {
        requireNonNull(id, "id");
        requireNonNull(update, "update");
        return records.update(id, update);
    }

    @Override
    public Session touch(SessionId id, AppId app) {
        requireNonNull(id, "id");
        requireNonNull(app, "app");
        return records.touch(id, app);
    }

    @Override
    public Appended append(SessionId id, List<NewMessage> messages, AppendOptions options) {
        requireNonNull(id, "id");
        requireNonNull(messages, "messages");
        requireNonNull(options, "options");
        return appending.append(id, messages, options);
    }

    @Override
    public Replaced replaceTranscript(
            SessionId id, List<NewMessage> transcript, AppendOptions options) {
        requireNonNull(id, "id");
        requireNonNull(transcript, "transcript");
        requireNonNull(options, "options");
        return replacing.replace(id, transcript, options);
    }

    @Override
    public SessionLease acquire(SessionId id, String holder, Duration ttl) {
        requireNonNull(id, "id");
        requireNonNull(holder, "holder");
        requireNonNull(ttl, "ttl");
        return leases.acquire(id, holder, ttl);
    }

    @Override
    public SessionLease renew(SessionLease lease, Duration ttl) {
        requireNonNull(lease, "lease");
        requireNonNull(ttl, "ttl");
        return leases.renew(lease, ttl);
    }

    @Override
    public boolean release(SessionLease lease) {
        requireNonNull(lease, "lease");
        return leases.release(lease);
    }

    @Override
    public Optional<SessionLease> leaseOf(SessionId id) {
        requireNonNull(id, "id");
        return leases.of(id);
    }

    @Override
    public Page<Message> messages(SessionId id, MessageRange range, PageRequest page) {
        requireNonNull(id, "id");
        requireNonNull(range, "range");
        requireNonNull(page, "page");
        return transcripts.messages(id, range, page);
    }

    @Override
    public List<Message> lastMessages(SessionId id, int n) {
        requireNonNull(id, "id");
        return transcripts.last(id, n);
    }

    @Override
    public List<Message> window(SessionId id, int n) {
        requireNonNull(id, "id");
        return transcripts.window(id, n);
    }

    @Override
    public Transcript transcript(SessionId id) {
        requireNonNull(id, "id");
        return transcripts.whole(id);
    }

    @Override
    public void streamTranscript(SessionId id, Consumer<? super Message> consumer) {
        requireNonNull(id, "id");
        requireNonNull(consumer, "consumer");
        transcripts.stream(id, consumer);
    }

    @Override
    public SearchResult search(String text, SearchScope scope, PageRequest page) {
        requireNonNull(text, "text");
        requireNonNull(scope, "scope");
        requireNonNull(page, "page");
        return searching.search(text, scope, page);
    }

    @Override
    public Page<Message> findContaining(Json document, SearchScope scope, PageRequest page) {
        requireNonNull(document, "document");
        requireNonNull(scope, "scope");
        requireNonNull(page, "page");
        return messagesContaining.find(document, scope, page);
    }

    @Override
    public Page<Session> findSessionsContaining(
            Json elements, SearchScope scope, PageRequest page) {
        requireNonNull(elements, "elements");
        requireNonNull(scope, "scope");
        requireNonNull(page, "page");
        return sessionsContaining.find(elements, scope, page);
    }

    @Override
    public boolean delete(SessionId id) {
        requireNonNull(id, "id");
        return deletion.delete(id);
    }

    @Override
    public boolean restore(SessionId id) {
        requireNonNull(id, "id");
        return deletion.restore(id);
    }

    @Override
    public boolean purge(SessionId id) {
        requireNonNull(id, "id");
        return deletion.purge(id);
    }

    @Override
    public long cleanup(Duration olderThan) {
        requireNonNull(olderThan, "olderThan");
        return retention.cleanup(olderThan);
    }

    @Override
    public long cleanup() {
        return retention.cleanup(null);
    }

    @Override
    public long purgeDeleted(Duration olderThan) {
        requireNonNull(olderThan, "olderThan");
        return retention.purgeDeleted(olderThan);
    }

    @Override
    public long countInactive(Duration olderThan) {
        requireNonNull(olderThan, "olderThan");
        return retention.countInactive(olderThan);
    }

    @Override
    public long countPurgeable(Duration olderThan) {
        requireNonNull(olderThan, "olderThan");
        return retention.countPurgeable(olderThan);
    }

    @Override
    public boolean hold(SessionId id) {
        requireNonNull(id, "id");
        return holds.hold(id);
    }

    @Override
    public boolean releaseHold(SessionId id) {
        requireNonNull(id, "id");
        return holds.release(id);
    }

    @Override
    public boolean isHeld(SessionId id) {
        requireNonNull(id, "id");
        return holds.isHeld(id);
    }

    @Override
    public Participant addParticipant(SessionId id, UserId user, ParticipantRole role) {
        requireNonNull(id, "id");
        requireNonNull(user, "user");
        requireNonNull(role, "role");
        return participants.add(id, user, role);
    }

    @Override
    public boolean removeParticipant(SessionId id, UserId user) {
        requireNonNull(id, "id");
        requireNonNull(user, "user");
        return participants.remove(id, user);
    }

    @Override
    public List<Participant> participants(SessionId id) {
        requireNonNull(id, "id");
        return participants.list(id);
    }

    @Override
    public Participant updateRole(SessionId id, UserId user, ParticipantRole role) {
        requireNonNull(id, "id");
        requireNonNull(user, "user");
        requireNonNull(role, "role");
        return participants.updateRole(id, user, role);
    }

    @Override
    public Participant updatePermissions(SessionId id, UserId user, Json permissions) {
        requireNonNull(id, "id");
        requireNonNull(user, "user");
        requireNonNull(permissions, "permissions");
        return participants.updatePermissions(id, user, permissions);
    }

    @Override
    public Optional<ParticipantRole> roleOf(SessionId id, UserId user) {
        requireNonNull(id, "id");
        requireNonNull(user, "user");
        return participants.roleOf(id, user);
    }

    @Override
    public Page<Membership> sessionsOf(UserId user, PageRequest page) {
        requireNonNull(user, "user");
        requireNonNull(page, "page");
        return lists.sessionsOf(user, page);
    }

    @Override
    public Tail tail(SessionId id, long afterSequence) {
        requireNonNull(id, "id");
        return tails.one(id, afterSequence);
    }

    @Override
    public Tail tailAll(UserId user) {
        requireNonNull(user, "user");
        return tails.all(user, null);
    }

    @Override
    public Tail tailAll(UserId user, Map<SessionId, Long> after) {
        requireNonNull(user, "user");
        requireNonNull(after, "after");
        return tails.all(user, after);
    }
}
