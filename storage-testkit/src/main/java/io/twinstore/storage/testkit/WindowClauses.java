package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.ToolMessages.USER;
import static io.twinstore.storage.testkit.ToolMessages.call;
import static io.twinstore.storage.testkit.ToolMessages.messages;
import static io.twinstore.storage.testkit.ToolMessages.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.Message;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

/** Windows on the end of a transcript, which keep tool results with their calls. */
final class WindowClauses {

    private static final int LOOK_BACK = 1_000;

    private static SessionId session(ClauseContext given, String... bodies) {
        SessionId id = given.session().id();
        if (bodies.length > 0) {
            given.sessions().append(id, messages(bodies), AppendOptions.plain());
        }
        return id;
    }

    /** Asserts that the window on the last n messages begins with this sequence. */
    private static void begins(ClauseContext given, SessionId id, int n, long first) {
        long last = given.sessions().get(id).lastSequence();
        assertThat(window(given, id, n))
                .as("sequences of the window on the last %s messages", n)
                .isEqualTo(LongStream.rangeClosed(first, last).boxed().toList());
    }

    private static List<Long> window(ClauseContext given, SessionId id, int n) {
        return Expect.answer(() -> given.sessions().window(id, n)).stream()
                .map(Message::sequence)
                .toList();
    }

    @Clause(id = "WIN-PLAIN-001")
    void lastMessages(ClauseContext given) {
        SessionId id = session(given, USER, "1", "null", USER);

        begins(given, id, 2, 3);
        begins(given, id, 1, 4);
        begins(given, id, 4, 1);
        begins(given, id, 1000, 1);
        assertThat(given.sessions().window(id, 3))
                .as("the window on three messages")
                .isEqualTo(given.sessions().lastMessages(id, 3));
        assertThat(window(given, session(given), 5)).as("of an empty transcript").isEmpty();
    }

    @Clause(id = "WIN-PLAIN-002")
    void bounds(ClauseContext given) {
        SessionId id = session(given, USER);
        SessionId unknown = given.sessionId();
        Session deleted = given.session();
        given.sessions().delete(deleted.id());

        for (int wrong : new int[] {0, -1, 1001, Integer.MAX_VALUE}) {
            Expect.refused("n", () -> given.sessions().window(id, wrong));
        }
        Expect.notFound("session", unknown, () -> given.sessions().window(unknown, 1));
        Expect.notFound("session", deleted.id(), () -> given.sessions().window(deleted.id(), 1));
    }

    @Clause(id = "WIN-FORM-001")
    void openAi(ClauseContext given) {
        SessionId id = session(given, USER, call("a", "b"), result("a"), result("b"), USER);

        begins(given, id, 1, 5);
        begins(given, id, 2, 2);
        begins(given, id, 3, 2);
        begins(given, id, 5, 1);
    }

    @Clause(id = "WIN-FORM-002")
    void anthropic(ClauseContext given) {
        SessionId id =
                session(
                        given,
                        USER,
                        "{'role':'assistant','content':[{'type':'text','text':'I look'},"
                                + "{'type':'tool_use','id':'a','name':'f','input':{}}]}",
                        "{'role':'user','content':[{'type':'tool_result','tool_use_id':'a',"
                                + "'content':'done'}]}",
                        "{'role':'assistant','content':'There it is.'}");

        begins(given, id, 1, 4);
        begins(given, id, 2, 2);
    }

    @Clause(id = "WIN-FORM-003")
    void listsOfIds(ClauseContext given) {
        SessionId id =
                session(
                        given,
                        USER,
                        call("a", "b"),
                        USER,
                        "{'role':'tool','tool_call_ids':['a','b'],'content':'done'}");

        begins(given, id, 1, 2);
    }

    @Clause(id = "WIN-FORM-004")
    void callsWithoutIds(ClauseContext given) {
        String call = "{'role':'assistant','function_call':{'name':'f','arguments':'{}'}}";
        String result = "{'role':'function','name':'f','content':'done'}";
        SessionId id = session(given, call, result, call, USER, result);

        begins(given, id, 1, 3);
        begins(given, id, 4, 1);
    }

    @Clause(id = "WIN-FORM-005")
    void items(ClauseContext given) {
        SessionId id =
                session(
                        given,
                        "{'type':'message','role':'user','content':[]}",
                        "{'type':'function_call','call_id':'a','id':'fc_1','name':'f'}",
                        "{'type':'function_call','call_id':'b','id':'fc_2','name':'f'}",
                        "{'type':'function_call_output','call_id':'a','output':'done'}",
                        "{'type':'function_call_output','call_id':'b','output':'done'}");

        begins(given, id, 1, 2);
    }

    @Clause(id = "WIN-REACH-001")
    void reachesUntilItHolds(ClauseContext given) {
        // Each call stands among the results of the one before.
        SessionId id =
                session(
                        given,
                        USER,
                        call("a"),
                        USER,
                        call("b"),
                        result("a"),
                        USER,
                        call("c"),
                        result("b"),
                        result("c"),
                        USER);

        begins(given, id, 2, 2);
        begins(given, id, 1, 10);
    }

    @Clause(id = "WIN-REACH-002")
    void resultsInAnyOrder(ClauseContext given) {
        SessionId id =
                session(
                        given,
                        USER,
                        call("a", "b", "c"),
                        result("c"),
                        result("a"),
                        result("a"),
                        result("b"));

        begins(given, id, 1, 2);
        begins(given, id, 4, 2);
    }

    @Clause(id = "WIN-REACH-003")
    void idsUsedAgain(ClauseContext given) {
        SessionId id =
                session(given, call("a"), result("a"), USER, call("a"), USER, result("a"), USER);

        begins(given, id, 2, 4);
        begins(given, id, 5, 3);
        begins(given, id, 6, 1);
    }

    @Clause(id = "WIN-REACH-004")
    void noFurtherThanNeeded(ClauseContext given) {
        SessionId id =
                session(given, USER, call("a"), result("a"), call("b"), result("b"), call("c"));

        begins(given, id, 1, 6);
        begins(given, id, 2, 4);
        begins(given, id, 3, 4);
        begins(given, id, 4, 2);
    }

    @Clause(id = "WIN-ORPHAN-001")
    void resultsWithoutCalls(ClauseContext given) {
        SessionId id =
                session(given, USER, result("b"), call("a"), USER, result("gone"), result("a"));

        begins(given, id, 1, 3);
        begins(given, id, 2, 3);
        begins(given, id, 5, 2);
    }

    @Clause(id = "WIN-ORPHAN-002")
    void looksBackAThousandMessages(ClauseContext given) {
        for (int between : new int[] {LOOK_BACK - 1, LOOK_BACK}) {
            List<NewMessage> bodies = new ArrayList<>(messages(USER, call("a")));
            bodies.addAll(Collections.nCopies(between, NewMessage.of("1")));
            bodies.addAll(messages(result("a")));
            SessionId id = given.session().id();
            given.sessions().append(id, bodies, AppendOptions.plain());

            begins(given, id, 1, between < LOOK_BACK ? 2 : bodies.size());
        }
    }

    @Clause(id = "WIN-ODD-001")
    void oddShapes(ClauseContext given) {
        SessionId id =
                session(
                        given,
                        "null",
                        "[{'tool_call_id':'a'}]",
                        "'tool_call_id'",
                        "1e400",
                        "{'tool_calls':[null,7,{'id':7},[]],'content':{'tool_use_id':'a'}}",
                        "{'tool_call_ids':{'a':1},'tool_call_id':['a'],'function_call':'auto'}",
                        "{'content':[null,'a',{'tool_use_id':null},{'type':'tool_use'}]}",
                        "{'tool_call_id':'\\ud800\\u0000'}");

        for (int n = 1; n <= 8; n++) {
            begins(given, id, n, 9 - n);
        }
    }

    @Clause(id = "WIN-GEN-001")
    void currentTranscriptAlone(ClauseContext given) {
        SessionId id = session(given, call("a"), USER);

        given.sessions().replaceTranscript(id, messages(result("a")), AppendOptions.plain());

        begins(given, id, 1, 3);
        begins(given, id, 10, 3);
    }

    @Clause(id = "WIN-RACE-001")
    void isOfOneInstant(ClauseContext given) {
        SessionId id = session(given, call("a"), USER, result("a"));
        AtomicInteger writing = new AtomicInteger(2);

        List<Outcome<Boolean>> outcomes =
                Together.run(
                        3,
                        thread ->
                                thread == 0
                                        ? readsPairs(given, id, writing)
                                        : writesPairs(given, id, thread, writing));

        assertThat(Outcome.errors(outcomes)).as("errors").isEmpty();
    }

    private static boolean writesPairs(
            ClauseContext given, SessionId id, int thread, AtomicInteger writing) {
        try {
            for (int i = 0; i < 30; i++) {
                String name = thread + "-" + i;
                List<NewMessage> pair = messages(call(name), USER, result(name));
                if (i % 3 == 0) {
                    given.sessions().replaceTranscript(id, pair, AppendOptions.plain());
                } else {
                    given.sessions().append(id, pair, AppendOptions.plain());
                }
            }
            return true;
        } finally {
            writing.decrementAndGet();
        }
    }

    private static boolean readsPairs(ClauseContext given, SessionId id, AtomicInteger writing) {
        boolean last = false;
        while (!last) {
            last = writing.get() == 0;
            List<Long> seen = window(given, id, 1);
            assertThat(seen).as("a call, what follows, and its result").hasSize(3);
            assertThat(seen)
                    .as("sequences of a window")
                    .isEqualTo(LongStream.range(seen.get(0), seen.get(0) + 3).boxed().toList());
        }
        return true;
    }
}
