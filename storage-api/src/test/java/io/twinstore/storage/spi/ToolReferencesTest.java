package io.twinstore.storage.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.Json;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToolReferencesTest {

    private static ToolReferences of(String json) {
        return ToolReferences.of(Json.of(json));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'tool_calls':[{'id':'a'},{'id':'b'}]} | {'tool_call_id':'a'}"
                        + " | {'tool_call_ids':['b']}",
                "{'content':[{'type':'text'},{'type':'tool_use','id':'a'},"
                        + "{'type':'server_tool_use','id':'b'}]}"
                        + " | {'content':[{'type':'tool_result','tool_use_id':'a'}]}"
                        + " | {'content':[{'type':'web_search_tool_result','tool_use_id':'b'}]}",
                "{'tool_calls':[{'id':'a'},{'id':'b','function':{'arguments':'{\\'id\\':1}'}}]}"
                        + " | {'type':'function_call_output','call_id':'a'}"
                        + " | {'content':[{'tool_use_id':'b'}],'role':'user'}",
            })
    void knowsCallsAndTheirAnswers(String call, String one, String other) {
        ToolReferences calls = of(call.replace("\\'", "\\\"").replace('\'', '"'));
        Set<String> first = of(one.replace('\'', '"')).answers();
        Set<String> second = of(other.replace('\'', '"')).answers();
        assertThat(calls.answers()).isEmpty();
        assertThat(first).hasSize(1).isNotEqualTo(second);
        assertThat(second).hasSize(1);
        assertThat(calls.calls()).hasSize(2).containsAll(first).containsAll(second);
    }

    @Test
    void knowsItemsAndCallsWithoutIds() {
        assertThat(of("{\"type\":\"function_call\",\"call_id\":\"a\"}").calls())
                .isEqualTo(
                        of("{\"call_id\":\"a\",\"type\":\"custom_tool_call_output\"}").answers());
        assertThat(of("{\"role\":\"assistant\",\"function_call\":{\"name\":\"f\"}}").calls())
                .hasSize(1)
                .isEqualTo(of("{\"role\":\"function\",\"name\":\"f\"}").answers());
    }

    @Test
    void anIdIsNoCallWithoutId() {
        Set<String> withoutId = of("{\"role\":\"function\"}").answers();
        for (String id : new String[] {"", "before", "id before"}) {
            assertThat(of("{\"tool_call_id\":\"" + id + "\"}").answers())
                    .hasSize(1)
                    .doesNotContainAnyElementsOf(withoutId);
        }
    }

    @Test
    void whatAnswersItselfNeedsNothing() {
        ToolReferences both =
                of(
                        "{\"content\":[{\"type\":\"server_tool_use\",\"id\":\"a\"},"
                                + "{\"type\":\"web_search_tool_result\",\"tool_use_id\":\"a\"}]}");
        assertThat(both.calls()).hasSize(1);
        assertThat(both.answers()).isEmpty();
    }

    @Test
    void readsWhatIsEscapedAndTheLastOfAName() {
        assertThat(of("{\"tool\\u005fcall_id\":\"\\u0061\"}"))
                .isEqualTo(of("{\"tool_call_id\":\"z\",\"tool_call_id\":\"a\"}"));
        assertThat(of("{\"tool_call_id\":\"a\",\"tool_call_id\":null}").answers()).isEmpty();
        assertThat(of("{\"tool_calls\":[{\"id\":\"a\"}],\"tool_calls\":{}}").calls()).isEmpty();
        assertThat(of("{\"tool_call_id\":\"\\ud800 \\u0000\"}").answers()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "1e400",
                "\"tool_call_id\"",
                "[{\"tool_call_id\":\"a\"}]",
                "{}",
                "{\"tool_calls\":null,\"content\":\"tool_use\",\"tool_call_ids\":7}",
                "{\"tool_calls\":[null,7,[],{\"id\":7},{\"id\":{\"id\":\"a\"}},{}]}",
                "{\"tool_call_id\":[\"a\"],\"tool_call_ids\":[1,null,[\"a\"],{\"a\":\"b\"}]}",
                "{\"content\":[\"a\",null,[{\"tool_use_id\":\"a\"}],{\"type\":\"tool_use\"}]}",
                "{\"content\":{\"tool_use_id\":\"a\"},\"type\":\"message\",\"call_id\":\"a\"}",
                "{\"function_call\":\"auto\",\"role\":[\"function\"]}",
                "{\"nested\":{\"tool_call_id\":\"a\",\"tool_calls\":[{\"id\":\"a\"}]}}"
            })
    void oddShapesMakeAndAnswerNothing(String json) {
        assertThat(of(json)).isEqualTo(of("{}"));
        assertThat(of(json).calls()).isEmpty();
        assertThat(of(json).answers()).isEmpty();
    }

    @Test
    void whatIsNoJsonIsNoCall() {
        Json foreign = Json.stored("{\"tool_call_id\": NaN, \"tool_call_ids\": [\"a\"]}");
        assertThat(ToolReferences.of(foreign).answers()).isEmpty();
    }
}
