package io.twinstore.storage.jdbi;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.Appended;
import io.twinstore.storage.ConflictException;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NotFoundException;
import io.twinstore.storage.OutcomeUnknownException;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.spi.JsonMeaning;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Decides about appends.
 *
 * <p>Without a key the adapter's one statement decides and writes; only when it did nothing is the
 * reason looked up. With a key, or in a limited store, the head is locked in a first statement, and
 * role and key looked up after it: a single one would not see what a concurrent retry, or whoever
 * took the role away, committed while it waited for the lock.
 */
final class Appending {

    private static final int MAX_MESSAGES = 10_000;
    private static final long MAX_BYTES = 256_000_000;

    private final Handles handles;
    private final StoreTools tools;
    private final Access access;

    Appending(Handles handles, StoreTools tools, Access access) {
        this.handles = handles;
        this.tools = tools;
        this.access = access;
    }

    Appended append(SessionId id, List<NewMessage> messages, AppendOptions options) {
        List<NewMessage> checked = checked(messages);
        String key = options.idempotencyKey();
        return key == null && !access.isLimited()
                ? plain(id, lines(checked), options)
                : locked(id, checked, options, key);
    }

    private static List<NewMessage> checked(List<NewMessage> messages) {
        if (messages.isEmpty() || messages.size() > MAX_MESSAGES) {
            throw new InvalidValueException(
                    "append.messages",
                    "1 to " + MAX_MESSAGES + " messages",
                    Integer.toString(messages.size()));
        }
        List<NewMessage> copy = List.copyOf(messages);
        long bytes = 0;
        for (NewMessage message : copy) {
            bytes += message.body().utf8Length();
        }
        if (bytes > MAX_BYTES) {
            throw new InvalidValueException(
                    "append.messages",
                    "at most " + MAX_BYTES + " bytes together",
                    Long.toString(bytes));
        }
        return copy;
    }

    private static List<AppendRequest.Line> lines(List<NewMessage> messages) {
        if (messages.size() == 1) {
            return List.of(AppendRequest.Line.of(messages.get(0)));
        }
        return messages.stream().map(AppendRequest.Line::of).toList();
    }

    private Appended plain(SessionId id, List<AppendRequest.Line> lines, AppendOptions options) {
        while (true) {
            AppendRequest request =
                    new AppendRequest(
                            id,
                            lines,
                            options.expectedLastSequence(),
                            options.fencingToken(),
                            tools.clock().now());
            OptionalLong before =
                    handles.standAlone()
                            ? toldIfUnknown(id, () -> alone(request))
                            : within(request);
            if (before.isPresent()) {
                Appended appended = appended(request, before.getAsLong());
                // One that stands alone was told of by whoever committed it.
                return handles.standAlone() ? appended : told(appended);
            }
            // It may be that what refused the append has changed since; then it is tried again.
            handles.read(
                    handle -> {
                        HeadRow head = present(tools.sessions(handle).findHead(id), id);
                        refuse(head, id, options);
                        return Boolean.TRUE;
                    });
        }
    }

    private OptionalLong alone(AppendRequest request) {
        return handles.alone(() -> tools.adapter().appends().alone(request, handles::tell));
    }

    private OptionalLong within(AppendRequest request) {
        return handles.write(handle -> tools.adapter().appends().within(handle, request));
    }

    static HeadRow present(@Nullable HeadRow head, SessionId id) {
        if (head == null || head.deleted()) {
            throw new NotFoundException("session", id.value());
        }
        return head;
    }

    /** Refuses what the head does not allow: first by its fence, then by its last sequence. */
    static void refuse(HeadRow head, SessionId id, AppendOptions options) {
        refuse(ConflictException.Reason.FENCED, id, options.fencingToken(), head.fence());
        refuse(
                ConflictException.Reason.SEQUENCE,
                id,
                options.expectedLastSequence(),
                head.lastSeq());
    }

    private static void refuse(
            ConflictException.Reason reason, SessionId id, @Nullable Long expected, long actual) {
        if (expected != null && expected != actual) {
            throw new ConflictException(
                    reason, id.value(), expected.toString(), Long.toString(actual));
        }
    }

    private Appended locked(
            SessionId id, List<NewMessage> messages, AppendOptions options, @Nullable String key) {
        byte[] digest = key == null ? new byte[0] : digest(messages);
        // Before the lock: each body is read for its role.
        List<AppendRequest.Line> lines = lines(messages);
        Appended appended =
                toldIfUnknown(
                        id,
                        () ->
                                handles.write(
                                        handle -> {
                                            HeadRow head =
                                                    present(
                                                            access.lockHead(
                                                                    handle,
                                                                    id,
                                                                    ParticipantRole.EDITOR),
                                                            id);
                                            Optional<AppendRow> earlier =
                                                    key == null
                                                            ? Optional.empty()
                                                            : tools.messages(handle)
                                                                    .findAppend(id, key);
                                            if (earlier.isPresent()) {
                                                return replay(earlier.get(), digest);
                                            }
                                            refuse(head, id, options);
                                            return first(handle, id, lines, key, digest);
                                        }));
        return appended.replayed() ? appended : told(appended);
    }

    /** Tells also of what may have been committed; who looks in vain loses nothing. */
    private <T> T toldIfUnknown(SessionId id, Supplier<T> append) {
        try {
            return append.get();
        } catch (OutcomeUnknownException e) {
            handles.tell(Notice.appended(id, 0));
            throw e;
        }
    }

    private Appended told(Appended appended) {
        handles.tell(Notice.appended(appended.sessionId(), appended.lastSequence()));
        return appended;
    }

    private static Appended replay(AppendRow earlier, byte[] digest) {
        earlier.refuseOther(false, digest);
        return new Appended(earlier.sessionId(), earlier.firstSeq(), earlier.lastSeq(), true);
    }

    private Appended first(
            Handle handle,
            SessionId id,
            List<AppendRequest.Line> lines,
            @Nullable String key,
            byte[] digest)
            throws SQLException {
        AppendRequest request = new AppendRequest(id, lines, null, null, tools.clock().now());
        OptionalLong before = tools.adapter().appends().within(handle, request);
        Appended appended =
                appended(
                        request,
                        before.orElseThrow(() -> new NotFoundException("session", id.value())));
        if (key != null) {
            tools.messages(handle)
                    .insertAppend(
                            new AppendRow(
                                    id,
                                    key,
                                    appended.firstSequence(),
                                    appended.lastSequence(),
                                    digest,
                                    null,
                                    null,
                                    request.now()));
        }
        return appended;
    }

    private static Appended appended(AppendRequest request, long before) {
        return new Appended(request.session(), before + 1, before + request.count(), false);
    }

    /** Digests what the messages mean, so that a retry may serialise them differently. */
    static byte[] digest(List<NewMessage> messages) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(messages.size()).array());
            messages.forEach(message -> sha.update(JsonMeaning.digest(message.body())));
            return sha.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
