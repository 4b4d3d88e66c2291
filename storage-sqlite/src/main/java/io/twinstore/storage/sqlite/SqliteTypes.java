package io.twinstore.storage.sqlite;

import io.twinstore.storage.Json;
import io.twinstore.storage.jdbi.ContractTypes;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.ColumnMapper;
import org.jdbi.v3.core.spi.JdbiPlugin;
import org.jspecify.annotations.Nullable;

/** Times are UTC text of fixed width, {@code 2026-11-20T09:30:12.345678Z}; documents are text. */
final class SqliteTypes implements JdbiPlugin {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    @Override
    public void customizeJdbi(Jdbi jdbi) {
        ContractTypes.bind(
                jdbi,
                Instant.class,
                Types.VARCHAR,
                value ->
                        (position, statement, context) ->
                                statement.setString(position, text(value)));
        ContractTypes.bind(
                jdbi,
                Json.class,
                Types.VARCHAR,
                value ->
                        (position, statement, context) ->
                                statement.setString(position, value.text()));
        ColumnMapper<@Nullable Instant> instants =
                (row, column, context) -> {
                    String text = row.getString(column);
                    return text == null ? null : Instant.parse(text);
                };
        ColumnMapper<@Nullable Json> documents =
                (row, column, context) -> {
                    String text = row.getString(column);
                    return text == null ? null : Json.stored(text);
                };
        jdbi.registerColumnMapper(Instant.class, instants);
        jdbi.registerColumnMapper(Json.class, documents);
    }

    static String text(Instant instant) {
        return TIME.format(instant);
    }
}
