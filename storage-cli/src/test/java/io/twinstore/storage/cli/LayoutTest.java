package io.twinstore.storage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LayoutTest {

    private static final MessageView CALL =
            new MessageView(
                    7,
                    "assistant",
                    List.of("Let me look.", "One moment."),
                    3,
                    List.of("ls {}"),
                    false);

    @Test
    void messagesAreAligned() {
        assertThat(printed(Map.of(), false, CALL))
                .isEqualTo(
                        """
                             7  assistant   Let me look.
                                            One moment.
                                            … 3 more lines
                                            → ls {}
                        """);
    }

    @Test
    void anEmptyMessageIsStillALine() {
        assertThat(
                        printed(
                                Map.of(),
                                false,
                                new MessageView(1, "user", List.of(), 0, List.of(), false)))
                .isEqualTo("     1  user        (empty)\n");
    }

    @Test
    void longLinesEndAtTheWidth() {
        MessageView wide =
                new MessageView(
                        1, "user", List.of("x".repeat(300)), 0, List.of("y".repeat(300)), false);
        assertThat(printed(Map.of("COLUMNS", "80"), false, wide).lines())
                .allSatisfy(line -> assertThat(line.length()).isEqualTo(80));
    }

    @Test
    void longTextIsBrokenOnceAtASpace() {
        MessageView prose =
                new MessageView(
                        1, "user", List.of("word ".repeat(40).strip()), 0, List.of(), false);
        List<String> rows = printed(Map.of("COLUMNS", "80"), false, prose).lines().toList();
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0)).endsWith("word").hasSizeLessThanOrEqualTo(80);
        assertThat(rows.get(1)).endsWith("…").hasSize(80);
    }

    @Test
    void aWholeMessageIsFoldedAndNothingIsLost() {
        String words = "word ".repeat(60).strip();
        MessageView whole =
                new MessageView(
                        1, "user", List.of(words, "x".repeat(150)), 0, List.of(words), true);
        String printed = printed(Map.of("COLUMNS", "60"), false, whole);
        assertThat(printed.lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(60));
        assertThat(printed).doesNotContain("…");
        assertThat(printed.split("word", -1)).hasSize(121);
        assertThat(printed.chars().filter(c -> c == 'x').count()).isEqualTo(150);
    }

    @Test
    void coloursOnlyForAPersonWhoWantsThem() {
        assertThat(printed(Map.of(), true, CALL)).contains("\u001b[");
        assertThat(printed(Map.of(), false, CALL)).doesNotContain("\u001b");
        assertThat(printed(Map.of("NO_COLOR", "1"), true, CALL)).doesNotContain("\u001b");
        assertThat(printed(Map.of("NO_COLOR", ""), true, CALL)).contains("\u001b[");
        assertThat(printed(Map.of("TERM", "dumb"), true, CALL)).doesNotContain("\u001b");
    }

    @Test
    void timesAndCountsReadWell() {
        assertThat(Layout.time(Duration.ofNanos(140_000))).isEqualTo("0.14 ms");
        assertThat(Layout.time(Duration.ofMillis(312))).isEqualTo("312 ms");
        assertThat(Layout.time(Duration.ofMillis(4_240))).isEqualTo("4.2 s");
        assertThat(Layout.counted(1, "page")).isEqualTo("1 page");
        assertThat(Layout.counted(12_000, "message")).isEqualTo("12,000 messages");
    }

    @Test
    void momentsAreInTheReadersTime() {
        Layout layout = new Layout(terminal(Map.of(), false, new ByteArrayOutputStream()));
        assertThat(layout.moment(Instant.parse("2026-11-20T09:30:12.345678Z")))
                .isEqualTo("2026-11-20 11:30:12 +02:00");
        assertThat(layout.moment(null)).isEqualTo("-");
    }

    private static String printed(
            Map<String, String> environment, boolean interactive, MessageView view) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Terminal terminal = terminal(environment, interactive, out);
        new Layout(terminal).message(view);
        terminal.finish();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Terminal terminal(
            Map<String, String> environment, boolean interactive, ByteArrayOutputStream out) {
        return new Terminal(
                environment,
                InputStream.nullInputStream(),
                out,
                out,
                interactive,
                ZoneOffset.ofHours(2));
    }
}
