package io.twinstore.storage.postgres;

import io.twinstore.storage.Json;
import io.twinstore.storage.jdbi.ContractTypes;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.ColumnMapper;
import org.jdbi.v3.core.spi.JdbiPlugin;
import org.jspecify.annotations.Nullable;

/**
 * Times are {@code timestamptz}. Documents are sent untyped, so that the column says whether they
 * are json or jsonb.
 */
final class PostgresTypes implements JdbiPlugin {

    @Override
    public void customizeJdbi(Jdbi jdbi) {
        ContractTypes.bind(
                jdbi,
                Instant.class,
                Types.TIMESTAMP_WITH_TIMEZONE,
                value ->
                        (position, statement, context) ->
                                statement.setObject(position, time(value)));
        ContractTypes.bind(
                jdbi,
                Json.class,
                Types.OTHER,
                value ->
                        (position, statement, context) ->
                                statement.setObject(position, value.text(), Types.OTHER));
        ColumnMapper<@Nullable Instant> instants =
                (row, column, context) -> {
                    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
                    return time == null ? null : time.toInstant();
                };
        ColumnMapper<@Nullable Json> documents =
                (row, column, context) -> {
                    String text = row.getString(column);
                    return text == null ? null : Json.stored(text);
                };
        jdbi.registerColumnMapper(Instant.class, instants);
        jdbi.registerColumnMapper(Json.class, documents);
    }

    static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
