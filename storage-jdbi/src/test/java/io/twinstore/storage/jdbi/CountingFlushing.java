package io.twinstore.storage.jdbi;

import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.StorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writes to transcripts in memory, knows some sessions and not others, and refuses some messages;
 * and the callers that check what they are answered.
 */
final class CountingFlushing implements Flushing {

    static final int EACH = 2_000;
    private static final String BAD = "bad";

    private final Map<SessionId, List<String>> transcripts = new ConcurrentHashMap<>();
    private final Queue<String> problems = new ConcurrentLinkedQueue<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger largest = new AtomicInteger();

    @Override
    public Turn turn() {
        return new Turn() {
            @Override
            public List<OptionalLong> write(List<AppendRequest> requests) {
                return CountingFlushing.this.write(requests);
            }

            @Override
            public void close() {
                // Nothing was lent.
            }
        };
    }

    private List<OptionalLong> write(List<AppendRequest> requests) {
        largest.accumulateAndGet(requests.size(), Math::max);
        if (requests.stream().anyMatch(r -> r.lines().get(0).body().startsWith(BAD))) {
            throw new StorageException(ErrorCode.INTERNAL, "refused");
        }
        SessionId session = requests.get(0).session();
        List<String> transcript = transcripts.computeIfAbsent(session, id -> new ArrayList<>());
        // Not a synchronized list: of one lane, only one may be here at a time.
        List<OptionalLong> answers = new ArrayList<>();
        for (AppendRequest request : requests) {
            answers.add(OptionalLong.of(transcript.size()));
            request.lines().forEach(line -> transcript.add(line.body()));
        }
        return answers;
    }

    /** Makes calls and notes every answer that is not its own. */
    void check(Combiner combiner, int number) {
        long last = -1;
        for (int i = 0; i < EACH; i++) {
            boolean bad = i % 7 == number % 7;
            String text = (bad ? BAD : "good") + " " + number + "-" + i;
            AppendRequest request = CombinerTest.request(CombinerTest.SESSION, text, 1 + i % 3);
            try {
                long before = combiner.append(request, told -> {}).orElse(-1);
                if (bad || before <= last || !text.equals(at(before))) {
                    problems.add(text + " was answered " + before);
                }
                last = before;
            } catch (StorageException e) {
                if (!bad) {
                    problems.add(text + " got " + e);
                }
            }
            calls.incrementAndGet();
        }
    }

    private String at(long place) {
        List<String> transcript = transcripts.getOrDefault(CombinerTest.SESSION, List.of());
        return place < 0 ? "nothing" : transcript.get((int) place);
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    int calls() {
        return calls.get();
    }

    int largest() {
        return largest.get();
    }
}
