package io.twinstore.storage.testkit;

import io.twinstore.storage.AppId;
import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.ConfigId;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.SearchScope;
import io.twinstore.storage.SessionFilter;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionLease;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.Stores;
import io.twinstore.storage.UserId;
import io.twinstore.storage.Visibility;
import io.twinstore.storage.testkit.AccessMatrix.Caller;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What one operation of a limited store is tried on: a session with messages, owners, a lease and
 * an application, or the names of one that is not there.
 *
 * @param config a config on which the session is the only one
 * @param owner its first owner, who is never the caller
 * @param follower the caller, or a participant where the caller is an application
 * @param newcomer who takes no part
 * @param toucher the application to touch it for
 */
record AccessGround(
        SessionId id,
        ConfigId config,
        UserId owner,
        UserId follower,
        UserId newcomer,
        AppId toucher,
        SessionLease lease) {

    private static final List<NewMessage> MESSAGES =
            List.of(NewMessage.user("one"), NewMessage.user("two"));
    private static final SessionLease NOBODYS =
            new SessionLease(SessionId.of("nobody's"), "worker", 1, ClauseContext.START);

    /** Makes a session in which the caller has the role that it stands for. */
    static AccessGround of(ClauseContext given, Caller caller, UserId self, AppId app) {
        UserId owner = given.user("first-owner");
        AccessGround names =
                new AccessGround(
                        given.sessionId(),
                        given.configId(),
                        owner,
                        self,
                        given.user("newcomer"),
                        app,
                        NOBODYS);
        AppId creator = caller == Caller.OTHER_APPLICATION ? given.app("creator") : app;
        // In one transaction, since there are many grounds.
        SessionLease lease =
                given.storage().transaction(tx -> names.make(tx, creator, caller.followersRole()));
        return names.under(names.id, names.config, owner, lease);
    }

    private SessionLease make(Stores tx, AppId creator, Optional<ParticipantRole> role) {
        SessionStore sessions = tx.sessions();
        tx.configs().create(NewConfig.named("ground").id(config));
        sessions.create(NewSession.on(config).id(id).owner(owner).app(creator));
        role.ifPresent(r -> sessions.addParticipant(id, follower, r));
        sessions.append(id, MESSAGES, AppendOptions.once("earlier"));
        return sessions.acquire(id, "worker", Duration.ofMinutes(1));
    }

    private AccessGround under(
            SessionId otherId, ConfigId otherConfig, UserId otherOwner, SessionLease otherLease) {
        return new AccessGround(
                otherId, otherConfig, otherOwner, follower, newcomer, toucher, otherLease);
    }

    /** Returns the same, of a session that never was; the caller is the same. */
    AccessGround unknown(ClauseContext given) {
        SessionId nobodys = given.sessionId();
        return under(
                nobodys,
                given.configId(),
                given.user("nobody"),
                new SessionLease(nobodys, lease.holder(), lease.token(), lease.expiresAt()));
    }

    SessionFilter filter(Visibility visibility) {
        return SessionFilter.builder().config(config).visibility(visibility).build();
    }

    SearchScope scope() {
        return SearchScope.builder().config(config).build();
    }

    /** Returns everything that there is of the session. */
    String state(SessionStore sessions) {
        String record =
                String.valueOf(sessions.list(filter(Visibility.ANY), PageRequest.first()).items());
        return sessions.exists(id)
                ? record
                        + sessions.transcript(id)
                        + sessions.participants(id)
                        + sessions.leaseOf(id)
                : record;
    }

    /** Returns the text with this ground's own names taken out. */
    String nameless(String text) {
        return text.replace(id.value(), "<session>")
                .replace(config.value(), "<config>")
                .replace(owner.value(), "<owner>");
    }
}
