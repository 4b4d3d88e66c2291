package io.twinstore.storage.testkit.history;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * How a client's log is laid out: 64-bit words in chunks of a megabyte; records one after the
 * other, none across chunks; a word of zero where a chunk's records end.
 *
 * <p>A record's first word is written last, so that what a killed process left is whole. An
 * append's record is written before the call, and its last word, the outcome, after it.
 *
 * <pre>
 * append   head: 1, keyed, count | invoked | session, client of the batch | number
 *          | expected | first | last | completed, kind of outcome, replayed (0: never)
 * read     head: 2, to end, count | invoked | completed | session | after, then twice as many words as
 *          count: sequence, identity (-1: none)
 * </pre>
 */
final class LogFormat {

    static final VarHandle WORD =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    static final int CHUNK = 1 << 20;
    static final int APPEND_WORDS = 8;
    static final int READ_WORDS = 5;
    static final int MOST_SIGHTINGS = 10_000;

    static final int APPEND = 1;
    static final int READ = 2;
    static final long NOBODY = -1;

    private LogFormat() {}

    static long head(int type, boolean flag, int count) {
        return (long) type << 56 | (flag ? 1L << 48 : 0) | count;
    }

    static int type(long head) {
        return (int) (head >>> 56);
    }

    static boolean flag(long head) {
        return (head >>> 48 & 1) != 0;
    }

    static int count(long head) {
        return (int) head;
    }

    static long pair(int high, int low) {
        return (long) high << 32 | low;
    }

    static int high(long pair) {
        return (int) (pair >>> 32);
    }

    static int low(long pair) {
        return (int) pair;
    }

    static long outcome(AppendOutcome outcome, long completed) {
        return completed << 3 | (long) code(outcome.kind()) << 1 | (outcome.replayed() ? 1 : 0);
    }

    private static int code(AppendOutcome.Kind kind) {
        return switch (kind) {
            case OK -> 1;
            case FAILED -> 2;
            case UNKNOWN -> 3;
        };
    }

    static AppendOutcome.Kind kind(long outcome) {
        return switch ((int) (outcome >>> 1) & 3) {
            case 1 -> AppendOutcome.Kind.OK;
            case 2 -> AppendOutcome.Kind.FAILED;
            default -> AppendOutcome.Kind.UNKNOWN;
        };
    }

    /** Returns how many words the record with this head has. */
    static int words(long head) {
        return type(head) == APPEND ? APPEND_WORDS : READ_WORDS + 2 * count(head);
    }
}
