package io.twinstore.storage.jdbi;

import io.twinstore.storage.OutcomeUnknownException;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.StorageBusyException;
import io.twinstore.storage.StorageException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** The calls that a leader writes, its own first, and how they are answered. */
final class CombinedBatch {

    private final List<CombinedCall> calls = new ArrayList<>(1);

    CombinedBatch(CombinedCall leader) {
        calls.add(leader);
    }

    AppendRequest first() {
        return calls.get(0).request();
    }

    int size() {
        return calls.size();
    }

    void add(CombinedCall call) {
        calls.add(call);
    }

    List<CombinedCall> calls() {
        return calls;
    }

    /**
     * Writes the calls and answers them.
     *
     * @return false when they were refused for a reason that may lie in one of them
     */
    boolean wrote(Flushing.Turn turn) {
        try {
            List<OptionalLong> answers = turn.write(requests());
            for (int i = 0; i < calls.size(); i++) {
                calls.get(i).answer(answers.get(i));
            }
            return true;
        } catch (StorageException e) {
            if (calls.size() > 1 && !concernsAll(e)) {
                return false;
            }
            fail(e);
            return true;
        }
    }

    /** Tells of what was written, one notice for each session. */
    void tell(Consumer<Notice> committed) {
        if (calls.size() == 1) {
            long last = calls.get(0).last();
            if (last > 0) {
                committed.accept(Notice.appended(first().session(), last));
            }
            return;
        }
        Map<SessionId, Long> ends = new LinkedHashMap<>();
        for (CombinedCall call : calls) {
            if (call.last() > 0) {
                ends.put(call.request().session(), call.last());
            }
        }
        ends.forEach((session, last) -> committed.accept(Notice.appended(session, last)));
    }

    private List<AppendRequest> requests() {
        return calls.size() == 1
                ? List.of(first())
                : calls.stream().map(CombinedCall::request).toList();
    }

    private static boolean concernsAll(StorageException fault) {
        return fault instanceof OutcomeUnknownException || fault instanceof StorageBusyException;
    }

    /** Fails those that have no answer yet, each with an exception of its own. */
    void fail(StorageException fault) {
        StorageException own = fault;
        for (CombinedCall call : calls) {
            if (!call.isDone()) {
                call.fail(own);
                own = SharedFaults.another(fault);
            }
        }
    }

    /** Lets nobody wait for ever when what is broken is broken in a way that nobody foresaw. */
    void abandon() {
        for (int i = 0; i < calls.size(); i++) {
            CombinedCall call = calls.get(i);
            if (!call.isDone()) {
                call.abandon();
            }
        }
    }
}
