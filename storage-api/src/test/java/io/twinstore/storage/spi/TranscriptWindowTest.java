package io.twinstore.storage.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.Json;
import io.twinstore.storage.Message;
import io.twinstore.storage.SessionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TranscriptWindowTest {

    private static final int CASES = 20_000;

    /** A message as it was made up: the ids that it calls and answers, and how it is written. */
    private record Made(Set<Integer> calls, Set<Integer> answers, String body) {}

    private static List<Message> messages(List<String> bodies) {
        List<Message> messages = new ArrayList<>();
        for (String body : bodies) {
            messages.add(
                    new Message(
                            SessionId.of("s"),
                            messages.size() + 1,
                            null,
                            Json.of(body.replace('\'', '"')),
                            Instant.EPOCH));
        }
        return messages;
    }

    private static Iterator<Message> newestFirst(List<Message> messages) {
        List<Message> copy = new ArrayList<>(messages);
        Collections.reverse(copy);
        return copy.iterator();
    }

    private static List<Long> window(int n, List<String> bodies) {
        return TranscriptWindow.of(newestFirst(messages(bodies)), n).stream()
                .map(Message::sequence)
                .toList();
    }

    private static List<Long> range(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(Long::valueOf).toList();
    }

    @Test
    void agreesWithTheDefinition() {
        int reached = 0;
        for (int seed = 0; seed < CASES; seed++) {
            Random random = new Random(seed);
            List<Made> made =
                    Stream.generate(() -> made(random)).limit(1 + random.nextInt(14)).toList();
            int n = 1 + random.nextInt(6);
            int start = start(made, n);
            reached += start < Math.max(1, made.size() - n + 1) ? 1 : 0;
            assertThat(window(n, made.stream().map(Made::body).toList()))
                    .as("seed %s: the last %s of %s", seed, n, made)
                    .isEqualTo(range(start, made.size()));
        }
        assertThat(reached).as("cases that reach back").isGreaterThan(CASES / 5);
    }

    /** Looks at every result again and again until none is without its call. */
    private static int start(List<Made> made, int n) {
        int start = Math.max(1, made.size() - n + 1);
        boolean moved = true;
        while (moved) {
            moved = false;
            for (int at = start; at <= made.size(); at++) {
                for (int id : made.get(at - 1).answers()) {
                    int call = at;
                    while (call > 0 && !made.get(call - 1).calls().contains(id)) {
                        call--;
                    }
                    if (call > 0 && call < start) {
                        start = call;
                        moved = true;
                    }
                }
            }
        }
        return start;
    }

    private static Made made(Random random) {
        Set<Integer> some = new TreeSet<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            some.add(random.nextInt(5));
        }
        int one = some.iterator().next();
        return switch (random.nextInt(10)) {
            case 0, 1 ->
                    new Made(some, Set.of(), joined("{'tool_calls':[%s]}", "{'id':'%s'}", some));
            case 2 -> new Made(Set.of(), Set.of(one), "{'tool_call_id':'" + one + "'}");
            case 3 -> new Made(Set.of(), some, joined("{'tool_call_ids':[%s]}", "'%s'", some));
            case 4 ->
                    new Made(
                            some,
                            Set.of(),
                            joined("{'content':[%s]}", "{'type':'tool_use','id':'%s'}", some));
            case 5 ->
                    new Made(
                            Set.of(),
                            some,
                            joined(
                                    "{'content':[%s]}",
                                    "{'type':'tool_result','tool_use_id':'%s'}", some));
            case 6 ->
                    new Made(
                            Set.of(one),
                            some,
                            joined(
                                    "{'tool_calls':[{'id':'" + one + "'}],'tool_call_ids':[%s]}",
                                    "'%s'",
                                    some));
            case 7 ->
                    random.nextBoolean()
                            ? new Made(Set.of(-1), Set.of(), "{'function_call':{}}")
                            : new Made(Set.of(), Set.of(-1), "{'role':'function'}");
            default -> new Made(Set.of(), Set.of(), "{'role':'user'}");
        };
    }

    private static String joined(String whole, String each, Set<Integer> ids) {
        return whole.formatted(
                ids.stream().map(id -> each.formatted(id)).collect(Collectors.joining(",")));
    }

    @Test
    void readsNoFurtherThanNeeded() {
        List<String> bodies = new ArrayList<>(Collections.nCopies(50, "1"));
        bodies.add("{'tool_calls':[{'id':'a'}]}");
        bodies.add("{'tool_call_id':'a'}");
        Iterator<Message> reading = newestFirst(messages(bodies));
        assertThat(TranscriptWindow.of(reading, 1)).hasSize(2);
        assertThat(reading.next().sequence()).isEqualTo(50);
    }

    @Test
    void looksBackAThousandMessages() {
        for (int between : List.of(TranscriptWindow.LOOK_BACK - 1, TranscriptWindow.LOOK_BACK)) {
            List<String> bodies = new ArrayList<>(List.of("1", "{'tool_calls':[{'id':'a'}]}"));
            bodies.addAll(Collections.nCopies(between, "1"));
            bodies.add("{'tool_call_id':'a'}");
            assertThat(window(1, bodies))
                    .isEqualTo(
                            between < TranscriptWindow.LOOK_BACK
                                    ? range(2, bodies.size())
                                    : range(bodies.size(), bodies.size()));
            assertThat(window(3, bodies)).contains((long) bodies.size() - 2);
        }
    }

    @Test
    void anEmptyTranscriptHasAnEmptyWindow() {
        assertThat(window(3, List.of())).isEmpty();
        assertThat(window(3, List.of("1", "2"))).containsExactly(1L, 2L);
    }
}
