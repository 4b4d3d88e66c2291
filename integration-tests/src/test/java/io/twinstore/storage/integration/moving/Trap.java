package io.twinstore.storage.integration.moving;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * What the field's files have in their cells and other tools lose: each as the SQL that makes the
 * cell, and the kinds of columns that it is put into.
 */
enum Trap {
    NUL_IN_TEXT("'a' || char(0) || 'b'", Kind.TEXT, Kind.JSON, Kind.TIME),
    INVALID_UTF8("cast(x'61c328ff' as text)", Kind.TEXT, Kind.JSON, Kind.TIME),
    SURROGATE_AS_BYTES("cast(x'eda080' as text)", Kind.TEXT, Kind.JSON),
    EMPTY("''", Kind.values()),
    MISSING("null", Kind.values()),
    OVER_255("replace(hex(zeroblob(300)), '00', 'long')", Kind.TEXT, Kind.TIME),
    BLOB("x'00ff41'", Kind.values()),
    EMPTY_BLOB("x''", Kind.BLOB, Kind.TEXT),
    PLAIN_TEXT("'text'", Kind.BLOB, Kind.INTEGER, Kind.REAL, Kind.BOOLEAN, Kind.TIME),
    OUTSIDE_BMP("char(128640, 65279, 233)", Kind.TEXT, Kind.JSON),
    JSON_NUL("'{\"a\":\"\\u0000\"}'", Kind.JSON),
    JSON_LONE_SURROGATE("'{\"a\":\"\\ud800x\"}'", Kind.JSON),
    JSON_DUPLICATE_KEYS("'{\"a\":1,\"a\":2}'", Kind.JSON),
    JSON_NUMBERS("'{\"a\":[1e2,-0.0,1.10]}'", Kind.JSON),
    JSON_400_DIGITS("'[' || replace(hex(zeroblob(200)), '0', '9') || ']'", Kind.JSON),
    JSON_NAN("'{\"a\": NaN, \"b\": Infinity}'", Kind.JSON),
    JSON5("'{a: 1, ''b'': [1,],}'", Kind.JSON),
    JSON_NULL("'null'", Kind.JSON),
    JSON_CUT("'{\"a\": 1'", Kind.JSON),
    OVER_2_63("9223372036854775808", Kind.INTEGER, Kind.BOOLEAN),
    DIGITS_OVER_2_63("'99999999999999999999'", Kind.INTEGER),
    HIGHEST("9223372036854775807", Kind.INTEGER, Kind.REAL),
    LOWEST("-9223372036854775808", Kind.INTEGER),
    FRACTION("1.5", Kind.INTEGER, Kind.BOOLEAN, Kind.TIME),
    TRUE_IN_WORDS("'true'", Kind.BOOLEAN),
    TWO("2", Kind.BOOLEAN),
    NOT_IN_FOUR_BYTES("0.1", Kind.REAL),
    DENORMAL("1e-320", Kind.REAL),
    INFINITE("9e999", Kind.REAL),
    MINUS_ZERO("-0.0", Kind.REAL),
    SECONDS("1770000000", Kind.TIME),
    MILLISECONDS("1770000000123", Kind.TIME),
    NO_SUCH_DAY("'2024-02-30 00:00:00'", Kind.TIME),
    NANOSECONDS("'2026-02-05 12:34:56.123456789'", Kind.TIME),
    NOW("'now'", Kind.TIME),
    INFINITY_IN_WORDS("'infinity'", Kind.TIME),
    YEAR_ZERO("'0000-00-00 00:00:00'", Kind.TIME),
    WITH_T_AND_Z("'2026-02-05T12:34:56Z'", Kind.TIME),
    ORPHAN("'nowhere'", Kind.REFERENCE),
    ORPHAN_BY_NUMBER("987654321", Kind.REFERENCE);

    /** What a column is for. */
    enum Kind {
        TEXT,
        JSON,
        INTEGER,
        REAL,
        BOOLEAN,
        TIME,
        BLOB,
        REFERENCE;

        /** By the column's declared type and, where that says text alone, by its name. */
        static Kind of(String declared, String name) {
            String type = declared.toUpperCase(Locale.ROOT);
            if (type.contains("BOOL") || name.matches("is_.*|active|deleted|success|processed")) {
                return BOOLEAN;
            }
            if (type.contains("INT")) {
                return INTEGER;
            }
            if (type.contains("REAL")) {
                return REAL;
            }
            if (type.contains("BLOB")) {
                return BLOB;
            }
            if (type.contains("TIME") || name.matches(".*_(at|time|seen)")) {
                return TIME;
            }
            return name.matches(
                            "metadata|transcript|config|tags|settings|value|body|permissions"
                                    + "|capabilities|.*_(data|params)|payload")
                    ? JSON
                    : TEXT;
        }
    }

    private final String sql;

    @SuppressWarnings("ImmutableEnumChecker") // nobody changes it
    private final Set<Kind> kinds = EnumSet.noneOf(Kind.class);

    Trap(String sql, Kind... kinds) {
        this.sql = sql;
        this.kinds.addAll(Set.of(kinds));
    }

    String sql() {
        return sql;
    }

    boolean isFor(Kind kind) {
        return kinds.contains(kind);
    }
}
