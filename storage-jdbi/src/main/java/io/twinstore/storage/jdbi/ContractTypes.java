package io.twinstore.storage.jdbi;

import io.twinstore.storage.AppId;
import io.twinstore.storage.ConfigId;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.Secret;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStatus;
import io.twinstore.storage.UserId;
import java.sql.Types;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.ArgumentFactory;
import org.jdbi.v3.core.mapper.ColumnMapper;
import org.jdbi.v3.core.spi.JdbiPlugin;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import org.jspecify.annotations.Nullable;

/**
 * The types that both databases store alike, as text. Times and documents are the adapter's own
 * plugin's to say.
 */
public final class ContractTypes implements JdbiPlugin {

    /** Sets Jdbi up for the engine: SQL Objects, these types, and the adapter's own. */
    public static Jdbi prepared(Jdbi jdbi, JdbiPlugin adapterTypes) {
        return jdbi.installPlugin(new SqlObjectPlugin())
                .installPlugin(new ContractTypes())
                .installPlugin(adapterTypes);
    }

    @Override
    public void customizeJdbi(Jdbi jdbi) {
        text(jdbi, SessionId.class, SessionId::value, SessionId::of);
        text(jdbi, ConfigId.class, ConfigId::value, ConfigId::of);
        text(jdbi, UserId.class, UserId::value, UserId::of);
        text(jdbi, AppId.class, AppId::value, AppId::of);
        text(jdbi, SessionStatus.class, SessionStatus::text, SessionStatus::of);
        text(jdbi, Secret.class, Secret::reveal, Secret::of);
        text(jdbi, ParticipantRole.class, ParticipantRole::text, ParticipantRole::of);
    }

    private static <T> void text(
            Jdbi jdbi, Class<T> type, Function<T, String> write, Function<String, T> read) {
        bind(
                jdbi,
                type,
                Types.VARCHAR,
                value ->
                        (position, statement, context) ->
                                statement.setString(position, write.apply(value)));
        ColumnMapper<@Nullable T> mapper =
                (row, column, context) -> {
                    String text = row.getString(column);
                    return text == null ? null : read.apply(text);
                };
        jdbi.registerColumnMapper(type, mapper);
    }

    /**
     * Registers how to bind a type.
     *
     * @param nullType the {@link Types} to bind null as
     */
    public static <T> void bind(
            Jdbi jdbi, Class<T> type, int nullType, Function<T, Argument> write) {
        // Preparable, since the values of a map are bound by such factories first: a plain one
        // would
        // lose to Jdbi's own, which binds an Instant in SQLite as a number.
        ArgumentFactory.Preparable factory =
                (declared, config) ->
                        declared == type
                                ? Optional.of(value -> argument(type, nullType, write, value))
                                : Optional.empty();
        jdbi.registerArgument(factory);
    }

    private static <T> Argument argument(
            Class<T> type, int nullType, Function<T, Argument> write, @Nullable Object value) {
        return value == null
                ? (position, statement, context) -> statement.setNull(position, nullType)
                : write.apply(type.cast(value));
    }
}
