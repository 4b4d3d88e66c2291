package io.twinstore.storage.migrate;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Defaults of columns that mean the same in both databases. */
final class Defaults {

    private Defaults() {}

    /** Returns the default for the target, or nothing where there is none or it has no like. */
    static Optional<String> translated(@Nullable String sql, Codec codec) {
        if (sql == null) {
            return Optional.empty();
        }
        String bare = sql.strip();
        String upper = bare.toUpperCase(Locale.ROOT);
        if (upper.equals("NULL")) {
            return Optional.of("null");
        }
        if (upper.equals("CURRENT_TIMESTAMP")
                || upper.replace(" ", "").matches("\\(?DATETIME\\('NOW'\\)\\)?")) {
            return now(codec);
        }
        boolean text = bare.matches("(?s)'(?:[^']++|'')*+'") && bare.indexOf('\0') < 0;
        boolean number = bare.matches("[+-]?\\d{1,18}(\\.\\d{1,15})?");
        return switch (codec.label()) {
            case "boolean" -> Optional.of(bare).filter(b -> b.matches("[01]")).map(Defaults::truth);
            case "bigint" -> Optional.of(bare).filter(b -> b.matches("[+-]?\\d{1,18}"));
            case "double" -> Optional.of(bare).filter(b -> number);
            case "text" -> Optional.of(bare).filter(b -> text);
            default -> Optional.empty();
        };
    }

    private static String truth(String bit) {
        return bit.equals("1") ? "true" : "false";
    }

    private static Optional<String> now(Codec codec) {
        return switch (codec.label()) {
            case "text" ->
                    Optional.of("to_char(now() at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS')");
            case "timestamptz:seconds" -> Optional.of("date_trunc('second', now())");
            default -> codec instanceof TimeCodec ? Optional.of("now()") : Optional.empty();
        };
    }
}
