package io.twinstore.storage.jdbi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EntryIdsTest {

    private static final long TIME = 1_763_631_012_345_678L;

    /** Who finds a place taken asks for the next: where many crowd, each asks past all others. */
    @Test
    void spreadChunksMessagesAndSessionsOfOneTime() {
        assertThat(steps(1, 1, 20_000)).isLessThan(1_000);
        assertThat(steps(1, 20_000, 1)).isLessThan(1_000);
        assertThat(steps(20_000, 1, 1)).isLessThan(1_000);
        assertThat(steps(20, 100, 100)).isLessThan(40_000);
    }

    /** Returns how many places were asked for that were taken. */
    private static int steps(int sessions, int messages, int chunks) {
        Set<Long> taken = new HashSet<>();
        int steps = 0;
        for (int session = 0; session < sessions; session++) {
            for (int sequence = 1; sequence <= messages; sequence++) {
                for (int chunk = 0; chunk < chunks; chunk++) {
                    long id = EntryIds.suggested("session-" + session, sequence, chunk, TIME);
                    for (; !taken.add(id); steps++) {
                        id = EntryIds.next(id);
                    }
                }
            }
        }
        assertThat(taken).allMatch(id -> EntryIds.slotOf(id) == EntryIds.first(TIME));
        return steps;
    }
}
