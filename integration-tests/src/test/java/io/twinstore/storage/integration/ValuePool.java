package io.twinstore.storage.integration;

import io.twinstore.storage.AppId;
import io.twinstore.storage.ConfigId;
import io.twinstore.storage.Json;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStatus;
import io.twinstore.storage.UserId;
import io.twinstore.storage.Visibility;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Few values, so that operations meet on the same records; those that databases order, compare or
 * refuse differently when they are left to themselves.
 */
final class ValuePool {

    private static final String EMOJI = "\uD83D\uDE80";

    // U+FFFD comes before the emoji by code point and after it by UTF-16.
    private static final List<String> IDS =
            List.of("a", "A", "b ", EMOJI, "\uFFFD", "made-1", "made-2", "made-9");

    private static final List<String> NAMES =
            List.of("bot", "Bot", "b\u00F6t", "bo\u0308t", " bot", EMOJI, "%", "_ot");

    private static final List<String> WRONG_NAMES =
            List.of("", "nul\0", "half\uD83D", "x".repeat(256));

    private static final List<String> YAML =
            List.of("", "a: 1\r\n", "tools:\n  - x\n", "a: &b 1\nc: *b\n", "# \u00E9 " + EMOJI);

    private static final List<String> WRONG_YAML = List.of("a: [1", "\ta: 1", "a: *b");

    private static final List<String> OBJECTS =
            List.of(
                    "{}",
                    "{\"env\":\"dev\"}",
                    "{\"env\":\"prod\",\"n\":1}",
                    "{ \"n\" : 1.0 }",
                    "{\"n\":1e2,\"n\":100}",
                    "{\"tools\":[\"a\",\"b\",{\"deep\":[1,2,null]}]}",
                    "{\"tools\":[\"b\"]}",
                    "{\"tools\":[{\"deep\":[2]}]}",
                    "{\"env\":null}",
                    "{\"\u00E9\":{\"x\":true,\"\":\"" + EMOJI + "\"}}",
                    "{\"\u00E9\":{\"x\":true}}",
                    "{\"big\":123456789012345678901234567890.10}",
                    "{\"n\":-0.0}",
                    "{\"n\":0}");

    private static final List<String> WRONG_OBJECTS =
            List.of(
                    "[]",
                    "null",
                    "\"text\"",
                    "{\"a\":\"\\u0000\"}",
                    "{\"a\":\"\\ud83d\"}",
                    "{\"a\":1e400000}");

    private static final List<String> BODIES =
            List.of(
                    "{\"role\":\"user\",\"content\":\"hi\"}",
                    "{\"content\":\"hi\",\"role\":\"user\"}",
                    "{\"role\":\"tool\",\"content\":\"a\\u0000b \\ud83d\"}",
                    " {\"role\":7} ",
                    "{\"role\":\"\\u0000\"}",
                    "{\"role\":\"a\",\"role\":\"b\"}",
                    "{\"n\":1e3}",
                    "{\"n\":1000}",
                    "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"a\"}]}",
                    "{\"role\":\"tool\",\"tool_call_id\":\"a\"}",
                    "[1, 2]",
                    "null",
                    "\"" + EMOJI + "\\/\"");

    private final Random random;

    ValuePool(Random random) {
        this.random = random;
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** Returns true once in so many times. */
    boolean rarely(int times) {
        return random.nextInt(times) == 0;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    ConfigId config() {
        return one(configs());
    }

    /** The configs that are made at the start. */
    static List<ConfigId> configs() {
        return IDS.subList(0, 5).stream().map(ConfigId::of).toList();
    }

    /** The sessions that are made at the start. */
    static List<SessionId> sessions() {
        return IDS.stream().map(SessionId::of).toList();
    }

    SessionId session() {
        return SessionId.of(rarely(40) ? "nobody's" : one(IDS));
    }

    UserId user() {
        return UserId.of(one(IDS.subList(1, rarely(4) ? 5 : 4)));
    }

    AppId app() {
        return AppId.of(one(IDS.subList(0, 3)));
    }

    String name() {
        return rarely(25) ? one(WRONG_NAMES) : one(NAMES);
    }

    String yaml() {
        return rarely(15) ? one(WRONG_YAML) : one(YAML);
    }

    Json object() {
        return Json.of(rarely(25) ? one(WRONG_OBJECTS) : one(OBJECTS));
    }

    SessionStatus status() {
        return one(List.of(SessionStatus.values()));
    }

    ParticipantRole role() {
        return one(List.of(ParticipantRole.values()));
    }

    Visibility visibility() {
        return rarely(2) ? Visibility.LIVE : one(List.of(Visibility.values()));
    }

    List<NewMessage> messages() {
        if (rarely(40)) {
            return List.of();
        }
        if (rarely(3)) {
            return List.of(NewMessage.of(BODIES.get(below(2))));
        }
        int count = rarely(3) ? 1 + below(4) : 1;
        return new ArrayList<>(
                Stream.generate(() -> NewMessage.of(one(BODIES))).limit(count).toList());
    }

    PageRequest page() {
        return PageRequest.ofSize(1 + below(4));
    }

    /** How far the clock moves: not at all, less than is stored, a little, over a minute, back. */
    Duration step() {
        return one(
                List.of(
                        Duration.ZERO,
                        Duration.ofNanos(700),
                        Duration.ofNanos(1_000),
                        Duration.ofMillis(1),
                        Duration.ofSeconds(59),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(61),
                        Duration.ofDays(40),
                        Duration.ofNanos(-1_500),
                        Duration.ofMinutes(-1),
                        Duration.ofDays(-3)));
    }
}
