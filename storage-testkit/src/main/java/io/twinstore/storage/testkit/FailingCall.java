package io.twinstore.storage.testkit;

import io.twinstore.storage.AlreadyExistsException;
import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.ConflictException;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.NotFoundException;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.ReferenceException;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionLease;
import io.twinstore.storage.SessionUpdate;
import io.twinstore.storage.StorageException;
import io.twinstore.storage.Stores;
import io.twinstore.storage.UserId;
import java.time.Duration;
import java.util.List;

/**
 * A call that fails with a typed error, which must neither leave anything behind nor spoil a
 * transaction.
 */
record FailingCall(Class<? extends StorageException> error, OnStores call) {

    /** Something to call on stores, whatever they run on. */
    @FunctionalInterface
    interface OnStores {
        void on(Stores stores);
    }

    /**
     * Returns one call for each way to fail on this session, which holds one message under the key
     * "key".
     */
    static List<FailingCall> all(ClauseContext given, Session session, UserId owner) {
        SessionId id = session.id();
        UserId stranger = given.user("stranger");
        var unknown = given.sessionId();
        var noConfig = given.configId();
        NewSession again = NewSession.on(session.configId()).id(id).owner(stranger);
        List<NewMessage> messages = AppendClauses.batch(2);
        SessionUpdate update = SessionUpdate.nothing().owner(stranger).expectVersion(9);
        return List.of(
                new FailingCall(AlreadyExistsException.class, tx -> tx.sessions().create(again)),
                new FailingCall(
                        ReferenceException.class,
                        tx -> tx.sessions().create(NewSession.on(noConfig).id(unknown))),
                new FailingCall(NotFoundException.class, tx -> tx.sessions().get(unknown)),
                new FailingCall(ConflictException.class, tx -> tx.sessions().update(id, update)),
                new FailingCall(
                        ConflictException.class,
                        tx -> tx.sessions().append(id, messages, AppendOptions.expectEmpty())),
                new FailingCall(
                        ConflictException.class,
                        tx -> tx.sessions().append(id, messages, AppendOptions.once("key"))),
                new FailingCall(
                        ConflictException.class,
                        tx -> tx.sessions().append(id, messages, AppendOptions.fenced(7))),
                new FailingCall(
                        ConflictException.class,
                        tx ->
                                tx.sessions()
                                        .replaceTranscript(
                                                id, messages, AppendOptions.once("key"))),
                new FailingCall(
                        ConflictException.class,
                        tx -> tx.sessions().renew(forged(id), Duration.ofMinutes(1))),
                new FailingCall(
                        ConflictException.class, tx -> tx.sessions().removeParticipant(id, owner)),
                new FailingCall(
                        ReferenceException.class,
                        tx ->
                                tx.sessions()
                                        .addParticipant(
                                                unknown, stranger, ParticipantRole.VIEWER)));
    }

    private static SessionLease forged(SessionId id) {
        return new SessionLease(id, "nobody", 7, ClauseContext.START);
    }
}
