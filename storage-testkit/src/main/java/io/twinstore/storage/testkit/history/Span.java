package io.twinstore.storage.testkit.history;

/**
 * From when to when a call ran, by a clock that all clients of the history share: of two calls, the
 * one was over before the other began exactly if its completion is the lower number.
 *
 * @param invoked taken before the call
 * @param completed taken after it; {@link #NEVER} when the client was killed before it returned
 */
public record Span(long invoked, long completed) {

    /** The completion of a call that never returned. */
    public static final long NEVER = Long.MAX_VALUE;

    /**
     * @throws IllegalArgumentException when it ends before it begins
     */
    public Span {
        if (completed < invoked) {
            throw new IllegalArgumentException(
                    "A call cannot end at " + completed + " that began at " + invoked + ".");
        }
    }

    @Override
    public String toString() {
        return "[" + invoked + ", " + (completed == NEVER ? "never" : completed) + "]";
    }
}
