package io.twinstore.storage.testkit;

import io.twinstore.storage.NewMessage;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Messages of conversations with tools; with single quotes for double ones, to be read more easily.
 */
final class ToolMessages {

    /** A message without tools. */
    static final String USER = "{'role':'user','content':'hello'}";

    private ToolMessages() {}

    /** Returns a message that calls tools under these ids. */
    static String call(String... ids) {
        return Stream.of(ids)
                .map("{'id':'%s','type':'function','function':{'name':'f'}}"::formatted)
                .collect(
                        Collectors.joining(
                                ",", "{'role':'assistant','content':null,'tool_calls':[", "]}"));
    }

    /** Returns the message that answers a call. */
    static String result(String id) {
        return "{'role':'tool','tool_call_id':'" + id + "','content':'done'}";
    }

    /** Returns messages with these bodies. */
    static List<NewMessage> messages(String... bodies) {
        return Stream.of(bodies).map(body -> NewMessage.of(body.replace('\'', '"'))).toList();
    }
}
