package io.twinstore.storage.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.ConfigId;
import io.twinstore.storage.ConfigStore;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageException;
import io.twinstore.storage.UserId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The same records in both databases, to see that both refuse a wrong call alike. */
final class FilledSides implements AutoCloseable {

    static final ConfigId CONFIG = ConfigId.of("config");
    static final SessionId SESSION = SessionId.of("session");
    static final UserId USER = UserId.of("user");
    static final NewMessage MESSAGE = NewMessage.user("hello");

    private final List<Side> sides;

    FilledSides() {
        sides = List.of(new Side(new SqliteHarness()), new Side(new PostgresHarness()));
        sides.forEach(side -> fill(side.storage()));
    }

    private static void fill(Storage storage) {
        for (String id : List.of("config", "other", "third")) {
            storage.configs().create(NewConfig.named(id).id(ConfigId.of(id)));
        }
        for (String id : List.of("session", "second", "third")) {
            storage.sessions().create(NewSession.on(CONFIG).id(SessionId.of(id)).owner(USER));
        }
        storage.sessions().append(SESSION, List.of(MESSAGE, MESSAGE), AppendOptions.once("key"));
    }

    /** SQLite and PostgreSQL. */
    List<Side> all() {
        return sides;
    }

    /** A call of either store. */
    interface Call {
        void on(ConfigStore configs, SessionStore sessions) throws Exception;
    }

    /** Makes the call on both databases: the same error, and no row is other than before. */
    <E extends StorageException> E refused(Class<E> type, Call call) {
        List<E> refusals = sides.stream().map(side -> refused(type, side, call)).toList();
        assertThat(refusals.get(0)).hasMessage(refusals.get(1).getMessage());
        return refusals.get(0);
    }

    private static <E extends StorageException> E refused(Class<E> type, Side side, Call call) {
        List<String> before = rows(side);
        ThrowingCallable wrong = () -> call.on(side.storage().configs(), side.storage().sessions());
        E refusal = Refusal.of(type, wrong);
        assertThat(rows(side)).isEqualTo(before);
        return refusal;
    }

    /** Makes the call on both databases, which must name this field as out of bounds. */
    void invalid(String field, Call call) {
        assertThat(refused(InvalidValueException.class, call).field()).isEqualTo(field);
    }

    private static List<String> rows(Side side) {
        try (Connection connection = side.tables()) {
            return SchemaFacts.lines(
                    connection,
                    "select 'config ' || config_id || name || version || updated_at from configs"
                            + " union all select 'session ' || session_id || status || version ||"
                            + " updated_at from sessions union all select 'head ' || session_id ||"
                            + " last_seq from session_heads union all select 'message ' || session_id"
                            + " || seq from session_messages union all select 'append ' || session_id"
                            + " || idempotency_key from session_appends union all select 'participant '"
                            + " || session_id || user_id || role from session_participants union all"
                            + " select 'lease ' || session_id || holder || token || expires_at from"
                            + " session_leases order by 1");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        sides.forEach(Side::close);
    }
}
