package io.twinstore.storage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.Participant;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.Storage;
import io.twinstore.storage.Stores;
import io.twinstore.storage.UserId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Stores in the host's own transaction, and the host's own SQL in the storage's pool. */
final class ConnectionClauses {

    @Clause(id = "TXN-ON-001", needs = Capability.ON_CONNECTION)
    void hostCommits(ClauseContext given) throws SQLException {
        Session session = given.session();
        SessionId id = given.sessionId();
        Connection connection = given.connection();
        Stores stores = given.storage().on(connection);
        stores.sessions().create(NewSession.on(session.configId()).id(id));
        stores.sessions().append(session.id(), AppendClauses.batch(2), AppendOptions.plain());

        assertThat(stores.sessions().find(id)).as("seen inside, before the commit").isPresent();
        assertThat(given.sessions().find(id)).as("seen outside, before the commit").isEmpty();
        connection.commit();
        assertThat(given.sessions().find(id)).as("seen after the commit").isPresent();
        assertThat(given.sessions().transcript(session.id()).messages()).as("messages").hasSize(2);
    }

    @Clause(id = "TXN-ON-002", needs = Capability.ON_CONNECTION)
    void hostRollsBack(ClauseContext given) throws SQLException {
        Session session = given.session();
        SessionId id = given.sessionId();
        Connection connection = given.connection();
        Stores stores = given.storage().on(connection);
        stores.sessions().create(NewSession.on(session.configId()).id(id));
        stores.sessions().append(session.id(), AppendClauses.batch(2), AppendOptions.plain());

        connection.rollback();

        assertThat(given.sessions().find(id)).as("the session").isEmpty();
        assertThat(given.sessions().append(session.id(), NewMessage.user("a")).firstSequence())
                .as("the next sequence")
                .isEqualTo(1);
    }

    @Clause(id = "TXN-ON-003", needs = Capability.ON_CONNECTION)
    void autocommitIsRefused(ClauseContext given) throws SQLException {
        Session session = given.session();
        Connection connection = given.connection();
        connection.setAutoCommit(true);

        InvalidValueException refusal =
                Expect.thrown(
                        InvalidValueException.class,
                        () -> given.storage().on(connection).sessions().find(session.id()));

        assertThat(refusal.field()).as("the field that is named").startsWith("connection");

        assertThat(connection.getAutoCommit()).as("autocommit").isTrue();
    }

    @Clause(id = "TXN-ON-004", needs = Capability.ON_CONNECTION)
    void connectionStaysTheHosts(ClauseContext given) throws SQLException {
        Session session = given.session();
        Connection connection = given.connection();
        given.storage().on(connection).sessions().get(session.id());
        given.storage().on(connection).sessions().append(session.id(), NewMessage.user("a"));

        assertThat(connection.isClosed()).as("closed").isFalse();
        assertThat(connection.getAutoCommit()).as("autocommit").isFalse();
        connection.commit();
        assertThat(given.sessions().get(session.id()).lastSequence()).as("messages").isEqualTo(1);
    }

    @Clause(id = "TXN-ON-005", needs = Capability.ON_CONNECTION)
    void typedErrorsLeaveItUsable(ClauseContext given) throws SQLException {
        UserId owner = given.user("owner");
        Session session = given.sessionOf(owner);
        given.sessions().append(session.id(), AppendClauses.batch(1), AppendOptions.once("key"));
        SessionId added = given.sessionId();
        List<FailingCall> calls = FailingCall.all(given, session, owner);
        Connection connection = given.connection();
        Stores stores = given.storage().on(connection);

        for (FailingCall failing : calls) {
            Expect.thrown(failing.error(), () -> failing.call().on(stores));
        }
        stores.sessions().create(NewSession.on(session.configId()).id(added));
        connection.commit();

        assertThat(given.sessions().find(added)).as("what came after the errors").isPresent();
        assertThat(given.sessions().participants(session.id()))
                .extracting(Participant::userId)
                .as("participants")
                .containsExactly(owner);
        assertThat(given.sessions().get(session.id()).lastSequence()).as("messages").isEqualTo(1);
    }

    @Clause(id = "TXN-ON-007", needs = Capability.ON_CONNECTION)
    void connectionToAnotherDatabaseIsRefused(ClauseContext given) throws SQLException {
        Session session = given.session();
        ClauseContext other = given.fresh();
        other.config();
        Connection elsewhere = other.connection();

        InvalidValueException refusal =
                Expect.thrown(
                        InvalidValueException.class,
                        () -> given.storage().on(elsewhere).sessions().find(session.id()));

        assertThat(refusal.field()).as("the field that is named").startsWith("connection");
    }

    @Clause(id = "TXN-ON-006")
    void isThereIfDeclared(ClauseContext given) throws SQLException {
        boolean declared = given.harness().capabilities().contains(Capability.ON_CONNECTION);
        Session session = given.session();
        Connection connection = given.connection();

        Throwable refusal =
                catchThrowable(() -> given.storage().on(connection).sessions().get(session.id()));

        if (declared) {
            assertThat(refusal).as("what a declared capability throws").isNull();
        } else {
            assertThat(refusal)
                    .as("what a capability that is not declared throws")
                    .isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Clause(id = "TXN-WITH-001")
    void hostsOwnSql(ClauseContext given) throws SQLException {
        Storage storage = given.fresh().storage();

        storage.withConnection(
                connection -> {
                    assertThat(connection.getAutoCommit()).as("autocommit").isTrue();
                    execute(connection, "create table kit_notes (n integer)");
                    execute(connection, "insert into kit_notes values (41), (1)");
                    return true;
                });

        assertThat(sum(storage)).as("what another call reads").isEqualTo(42);
    }

    @Clause(id = "TXN-WITH-002")
    void uncommittedIsRolledBack(ClauseContext given) throws SQLException {
        Storage storage = given.fresh().storage();
        storage.withConnection(
                connection -> {
                    execute(connection, "create table kit_notes (n integer)");
                    execute(connection, "insert into kit_notes values (1)");
                    connection.setAutoCommit(false);
                    execute(connection, "insert into kit_notes values (2)");
                    return true;
                });

        assertThat(sum(storage)).as("what is left").isEqualTo(1);
        storage.withConnection(
                connection -> {
                    assertThat(connection.getAutoCommit()).as("autocommit of the next").isTrue();
                    return true;
                });
    }

    @Clause(id = "TXN-WITH-003")
    void handsOnWhatTheWorkThrows(ClauseContext given) {
        Session session = given.session();
        SQLException own = new SQLException("the host's own");
        // More often than a pool has connections: each one must come back.
        for (int i = 0; i < 25; i++) {
            Throwable thrown =
                    Expect.thrown(
                            SQLException.class,
                            () ->
                                    given.storage()
                                            .withConnection(
                                                    connection -> {
                                                        throw own;
                                                    }));
            assertThat(thrown).as("what is handed on").isSameAs(own);
        }
        assertThat(given.sessions().append(session.id(), NewMessage.user("on")).firstSequence())
                .isEqualTo(1);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int sum(Storage storage) throws SQLException {
        return storage.withConnection(
                connection -> {
                    try (Statement statement = connection.createStatement();
                            ResultSet rows =
                                    statement.executeQuery("select sum(n) from kit_notes")) {
                        assertThat(rows.next()).as("a row").isTrue();
                        return rows.getInt(1);
                    }
                });
    }
}
