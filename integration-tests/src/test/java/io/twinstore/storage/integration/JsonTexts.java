package io.twinstore.storage.integration;

import io.twinstore.storage.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Makes JSON texts from a seed: small alphabets, so that duplicates, near misses and edges are
 * frequent.
 */
final class JsonTexts {

    private static final List<String> NAMES =
            List.of(
                    "a", "b", "aa", "ab", "B", "", "é", "ÿÿ", "€", "\uFFFF", "😀", "\\u0061", "\\n",
                    "a b", "\\\"");
    private static final List<String> STRINGS =
            List.of(
                    "",
                    "a",
                    "A",
                    "\\u0041",
                    "\\/",
                    "/",
                    "\\b\\f\\n\\r\\t",
                    "\\u001f",
                    "\\u007F",
                    "\u007f",
                    "\u0080",
                    "\u2028",
                    "\\ud83d\\ude00",
                    "😀",
                    "\\\\u0000",
                    "\\u00e9",
                    "\uFEFF",
                    "<&'>",
                    "\\\"\\\\");
    private static final List<String> REFUSED_STRINGS =
            List.of(
                    "\\u0000",
                    "x\\u0000y",
                    "\\ud800",
                    "\\udc00",
                    "\\ud800\\ud800",
                    "\\udc00\\ud800",
                    "\\ud83dx");
    private static final List<String> SPACES = List.of("", "", "", " ", "\n", "\t\r\n ");

    private static final Json ONE = Json.of("1");
    private static final List<Json> ONES = List.of(ONE, Json.of("1.0"), Json.of("10e-1"));

    private final Random random;

    JsonTexts(long seed) {
        random = new Random(seed);
    }

    /** Any document; in about one of ten PostgreSQL's jsonb refuses something. */
    String document() {
        boolean mayBeRefused = random.nextInt(3) == 0;
        StringBuilder out = new StringBuilder();
        value(out, random.nextInt(5), mayBeRefused);
        return out.toString();
    }

    /** A value over small alphabets, as Java values whose scalars are documents. */
    Object small(int depth) {
        int kind = random.nextInt(depth == 0 ? 2 : 8);
        if (kind < 2) {
            return scalar();
        }
        int members = random.nextInt(4);
        if (kind < 5) {
            Map<String, Object> object = new LinkedHashMap<>();
            for (int i = 0; i < members; i++) {
                object.put(pick(List.of("a", "b", "c")), small(depth - 1));
            }
            return object;
        }
        List<Object> array = new ArrayList<>();
        for (int i = 0; i < members; i++) {
            array.add(small(depth - 1));
        }
        return array;
    }

    /**
     * A part of such a value that it contains, or that just misses: one place in about twelve is
     * changed.
     */
    Object part(Object whole) {
        if (chance(5)) {
            return small(1);
        }
        if (whole instanceof Map<?, ?> object) {
            Map<Object, Object> part = new LinkedHashMap<>();
            object.forEach(
                    (name, value) -> {
                        if (!chance(3)) {
                            part.put(name, part(value));
                        }
                    });
            return part;
        }
        if (whole instanceof List<?> array) {
            List<Object> part = new ArrayList<>();
            for (int i = array.isEmpty() ? 0 : random.nextInt(4); i > 0; i--) {
                part.add(part(array.get(random.nextInt(array.size()))));
            }
            return chance(8) && part.size() == 1 ? part.get(0) : part;
        }
        return whole.equals(ONE) ? pick(ONES) : whole;
    }

    /**
     * The value as text; of some members an earlier one has the same name, which does not count.
     */
    String written(Object value) {
        if (value instanceof Map<?, ?> object) {
            return object.entrySet().stream()
                    .map(
                            member ->
                                    earlier(member.getKey())
                                            + member(member.getKey(), member.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        } else if (value instanceof List<?> array) {
            return array.stream().map(this::written).collect(Collectors.joining(",", "[", "]"));
        }
        return Json.from(value).text();
    }

    private String earlier(Object name) {
        return chance(6) ? member(name, small(1)) + "," : "";
    }

    private String member(Object name, Object value) {
        return Json.from(name).text() + ":" + written(value);
    }

    private Json scalar() {
        return Json.of(pick(List.of("1", "2", "\"1\"", "\"a\"", "true", "false", "null")));
    }

    /** The text with one or two small damages, of which some leave it valid. */
    String damaged(String text) {
        StringBuilder out = new StringBuilder(text);
        for (int i = random.nextInt(2); i >= 0; i--) {
            int at = random.nextInt(out.length() + 1);
            if (random.nextInt(3) == 0
                    && at < out.length()
                    && !Character.isSurrogate(out.charAt(at))) {
                out.deleteCharAt(at);
            } else if (at == 0 || !Character.isHighSurrogate(out.charAt(at - 1))) {
                out.insert(
                        at,
                        pick(
                                List.of(
                                        ",", ":", "\"", "[", "]", "{", "}", "0", "-", "+", ".", "e",
                                        "\\", "u", " ", "\n", "\u0001", "\f", "\u00a0", "\uFEFF",
                                        "\u0661", "\u0130", "NaN", "null", "/**/", "'")));
            }
        }
        return out.isEmpty() ? "0" : out.toString();
    }

    boolean chance(int oneOf) {
        return random.nextInt(oneOf) == 0;
    }

    private void value(StringBuilder out, int depth, boolean mayBeRefused) {
        out.append(pick(SPACES));
        int kind = random.nextInt(depth == 0 ? 5 : 10);
        if (kind < 2) {
            out.append(number(mayBeRefused));
        } else if (kind < 4) {
            string(out, STRINGS, mayBeRefused);
        } else if (kind == 4) {
            out.append(pick(List.of("true", "false", "null")));
        } else {
            container(out, kind < 8, depth, mayBeRefused);
        }
        out.append(pick(SPACES));
    }

    private void container(StringBuilder out, boolean object, int depth, boolean mayBeRefused) {
        out.append(object ? '{' : '[').append(pick(SPACES));
        int members = random.nextInt(5);
        for (int i = 0; i < members; i++) {
            out.append(i == 0 ? "" : ",").append(pick(SPACES));
            if (object) {
                string(out, NAMES, mayBeRefused);
                out.append(pick(SPACES)).append(':');
            }
            value(out, depth - 1, mayBeRefused);
        }
        out.append(object ? '}' : ']');
    }

    private void string(StringBuilder out, List<String> parts, boolean mayBeRefused) {
        boolean refused = mayBeRefused && chance(12);
        out.append('"').append(pick(parts)).append(refused ? pick(REFUSED_STRINGS) : "");
        out.append(chance(4) ? pick(parts) : "").append('"');
    }

    private String number(boolean mayBeRefused) {
        StringBuilder out = new StringBuilder(chance(3) ? "-" : "");
        out.append(chance(2) ? "0" : Integer.toString(1 + random.nextInt(1200)));
        if (chance(2)) {
            out.append('.').append("0".repeat(random.nextInt(4))).append(random.nextInt(1200));
            out.append("0".repeat(random.nextInt(3)));
        }
        if (chance(2)) {
            int exponent =
                    mayBeRefused && chance(10)
                            ? 10_000 + random.nextInt(200_000)
                            : random.nextInt(30);
            out.append(pick(List.of("e", "E", "e+", "E-", "e-0", "e00"))).append(exponent);
        }
        return out.toString();
    }

    private <T> T pick(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
