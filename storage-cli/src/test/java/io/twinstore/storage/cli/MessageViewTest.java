package io.twinstore.storage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.Json;
import io.twinstore.storage.Message;
import io.twinstore.storage.SessionId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MessageViewTest {

    @Test
    void showsTheFirstLinesAndCountsTheRest() {
        MessageView view =
                view("user", "{\"content\":\"one\\n\\ntwo\\r\\nthree\\nfour\\nfive\\nsix\"}");
        assertThat(view.role()).isEqualTo("user");
        assertThat(view.lines()).containsExactly("one", "two", "three", "four");
        assertThat(view.hidden()).isEqualTo(2);
    }

    @Test
    void namesTheToolsThatAreCalled() {
        MessageView view =
                view(
                        "assistant",
                        """
                        {"content":null,"tool_calls":[
                          {"id":"1","type":"function","function":{"name":"ls","arguments":"{\\"path\\":\\"/\\"}"}},
                          {"name":"cat","arguments":{"file":"a"}},
                          17]}""");
        assertThat(view.lines()).isEmpty();
        assertThat(view.calls()).containsExactly("ls {\"path\":\"/\"}", "cat {\"file\":\"a\"}");
    }

    @Test
    void readsTheOlderFunctionCallAndListsOfParts() {
        assertThat(
                        view(
                                        "assistant",
                                        "{\"content\":\"\",\"function_call\":{\"name\":\"f\",\"arguments\":\"{}\"}}")
                                .calls())
                .containsExactly("f {}");
        MessageView parts =
                view(
                        "assistant",
                        """
                        {"content":[{"type":"text","text":"Look:"},{"type":"image_url"},
                          {"type":"tool_use","name":"g","input":{"x":1}},
                          {"type":"tool_result","content":[{"type":"text","text":"done"}]}, "plain", null]}""");
        assertThat(parts.lines()).containsExactly("Look:", "[image_url]", "done", "plain");
        assertThat(parts.hidden()).isEqualTo(1);
        assertThat(parts.calls()).containsExactly("g {\"x\":1}");
    }

    @Test
    void whateverElseIsShownAsItIs() {
        assertThat(view(null, "[1, 2]").lines()).containsExactly("[1, 2]");
        assertThat(view(null, "\"text\"").lines()).containsExactly("text");
        assertThat(view(null, "null").role()).isEqualTo("-");
        assertThat(view("x", "{\"kind\":\"ping\"}").lines()).containsExactly("{\"kind\":\"ping\"}");
        assertThat(view("x", "{\"n\":1e99999999999}").lines())
                .containsExactly("{\"n\":1e99999999999}");
    }

    @Test
    void isHarmlessToATerminal() {
        MessageView view =
                view(
                        "\u001b[2J",
                        """
                        {"content":"\\u001b[31m \\u0000 \\ud800","tool_calls":[{"name":"\\u001bc"}]}""");
        assertThat(view.role()).isEqualTo("\\u001b[2J");
        assertThat(view.lines()).containsExactly("\\u001b[31m \\u0000 \\ud800");
        assertThat(view.calls()).containsExactly("\\u001bc");
    }

    @Test
    void aVeryLongMessageIsNotTakenApart() {
        MessageView view = view("tool", "{\"content\":\"" + "x".repeat(2_000_000) + "\"}");
        assertThat(view.lines()).containsExactly("(2,000,014 bytes of JSON) …");
    }

    @Test
    void theWholeIsShownWhenAskedFor() {
        Json body =
                Json.of(
                        "{\"content\":\"a\\n\\nb\\nc\\nd\\ne\\n"
                                + "x".repeat(500)
                                + "\",\"tool_calls\":[{\"name\":\"f\",\"arguments\":\""
                                + "y".repeat(500)
                                + "\"}]}");
        Message message = new Message(SessionId.of("s"), 1, "user", body, Instant.EPOCH);
        MessageView view = MessageView.of(message, true);
        assertThat(view.lines()).containsExactly("a", "", "b", "c", "d", "e", "x".repeat(500));
        assertThat(view.calls()).containsExactly("f " + "y".repeat(500));
        assertThat(view.hidden()).isZero();
    }

    private static MessageView view(@org.jspecify.annotations.Nullable String role, String body) {
        return MessageView.of(
                new Message(SessionId.of("s"), 1, role, Json.of(body), Instant.EPOCH));
    }
}
