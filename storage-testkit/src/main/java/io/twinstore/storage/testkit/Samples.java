package io.twinstore.storage.testkit;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Values that databases and drivers are known to stumble over. */
final class Samples {

    /**
     * One code point, two UTF-16 units: what is counted shows in a length, what is compared in an
     * order.
     */
    static final String EMOJI = "\uD83D\uDE80";

    static final String NUL = "a\0b";

    static final String LONE_SURROGATE = "a\uD83Db";

    /** Ids as hosts have them, and as nobody expects them. */
    static final List<String> IDS =
            List.of(
                    "auth0|42",
                    "o'neil \"the\" \\ great",
                    "'; drop table sessions; --",
                    "100%_of *?",
                    ":id ? $1 {x} <y> ${z}",
                    " leading and trailing ",
                    "Grüße, \u0645\u0631\u062D\u0628\u0627, \u4F60\u597D, " + EMOJI,
                    "e\u0301 decomposed",
                    "\u00E9 composed",
                    "tab\tnew\nline\r",
                    "../../etc/passwd",
                    "null",
                    "0",
                    "550e8400-e29b-41d4-a716-446655440000",
                    "550E8400-E29B-41D4-A716-446655440000",
                    EMOJI.repeat(250));

    /** Bodies that must come back byte for byte. */
    static final List<String> BODIES =
            List.of(
                    "{\"role\":\"tool\",\"content\":\"a\\u0000b\"}",
                    "{\"content\":\"half \\ud83d of a pair\"}",
                    "{\"n\":1e3,\"m\":1.10,\"z\":-0.0,\"big\":1E400}",
                    "{\"a\":1,\"a\":2}",
                    "{\"z\":1, \"a\" : [ 1,2 ,3]\t,\r\n \"m\":{}}",
                    " {\"padded\":true} ",
                    "{\"content\":\"\\u00e9 \u00E9 \\/ / " + EMOJI + " \\ud83d\\ude80\"}",
                    "123456789012345678901234567890.123456789012345678901234567890",
                    "\"just text\"",
                    "null",
                    "[]",
                    "[[[[[[[[[[]]]]]]]]]]");

    private Samples() {}

    /** YAML that lists this many tools. */
    static String tools(int count) {
        return IntStream.range(0, count)
                .mapToObj(
                        i ->
                                "  - name: tool-"
                                        + i
                                        + "\n    description: \"Grüße "
                                        + EMOJI
                                        + " #"
                                        + i
                                        + "\"\n")
                .collect(
                        Collectors.joining(
                                "", "# many tools\r\ntools:\n", "# the end, no new line"));
    }

    /** YAML that grows to a billion nodes when its aliases are followed. */
    static String aliasBomb() {
        return IntStream.range(1, 10)
                .mapToObj(
                        i ->
                                "a"
                                        + i
                                        + ": &a"
                                        + i
                                        + " ["
                                        + String.join(
                                                ",",
                                                List.of(
                                                        ("*a" + (i - 1) + " ")
                                                                .repeat(9)
                                                                .strip()
                                                                .split(" ")))
                                        + "]\n")
                .collect(Collectors.joining("", "a0: &a0 [x,x,x,x,x,x,x,x,x]\n", ""));
    }
}
