package io.twinstore.storage.jdbi;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.Appended;
import io.twinstore.storage.Json;
import io.twinstore.storage.Message;
import io.twinstore.storage.MessageRange;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.Page;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.Replaced;
import io.twinstore.storage.SearchResult;
import io.twinstore.storage.SearchScope;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionLease;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.StorageMetrics;
import io.twinstore.storage.Transcript;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Measures the operations on transcripts, and on who may write to them. */
abstract class MeteredTranscripts extends MeteredSessions {

    MeteredTranscripts(SessionStore to, Meter meter) {
        super(to, meter);
    }

    @Override
    public Appended append(SessionId id, List<NewMessage> messages, AppendOptions options) {
        // By far the most frequent, so nothing is made for it, not even what a lambda keeps.
        long start = meter.start();
        Appended appended;
        try {
            appended = to.append(id, messages, options);
        } catch (Throwable t) {
            meter.end("sessions.append", id, start, Meter.outcome(t));
            throw t;
        }
        meter.end("sessions.append", id, start, StorageMetrics.OK);
        return appended;
    }

    @Override
    public Replaced replaceTranscript(
            SessionId id, List<NewMessage> transcript, AppendOptions options) {
        return meter.time(
                "sessions.replaceTranscript",
                id,
                () -> to.replaceTranscript(id, transcript, options));
    }

    @Override
    public SessionLease acquire(SessionId id, String holder, Duration ttl) {
        return meter.time("sessions.acquire", id, () -> to.acquire(id, holder, ttl));
    }

    @Override
    public SessionLease renew(SessionLease lease, Duration ttl) {
        return meter.time("sessions.renew", lease, () -> to.renew(lease, ttl));
    }

    @Override
    public boolean release(SessionLease lease) {
        return meter.time("sessions.release", lease, () -> to.release(lease));
    }

    @Override
    public Optional<SessionLease> leaseOf(SessionId id) {
        return meter.time("sessions.leaseOf", id, () -> to.leaseOf(id));
    }

    @Override
    public Page<Message> messages(SessionId id, MessageRange range, PageRequest page) {
        return meter.time("sessions.messages", id, () -> to.messages(id, range, page));
    }

    @Override
    public List<Message> lastMessages(SessionId id, int n) {
        return meter.time("sessions.lastMessages", id, () -> to.lastMessages(id, n));
    }

    @Override
    public List<Message> window(SessionId id, int n) {
        return meter.time("sessions.window", id, () -> to.window(id, n));
    }

    @Override
    public Transcript transcript(SessionId id) {
        return meter.time("sessions.transcript", id, () -> to.transcript(id));
    }

    @Override
    public void streamTranscript(SessionId id, Consumer<? super Message> consumer) {
        meter.run("sessions.streamTranscript", id, () -> to.streamTranscript(id, consumer));
    }

    @Override
    public SearchResult search(String text, SearchScope scope, PageRequest page) {
        return meter.time("sessions.search", null, () -> to.search(text, scope, page));
    }

    @Override
    public Page<Message> findContaining(Json document, SearchScope scope, PageRequest page) {
        return meter.time(
                "sessions.findContaining", null, () -> to.findContaining(document, scope, page));
    }

    @Override
    public Page<Session> findSessionsContaining(
            Json elements, SearchScope scope, PageRequest page) {
        return meter.time(
                "sessions.findSessionsContaining",
                null,
                () -> to.findSessionsContaining(elements, scope, page));
    }
}
