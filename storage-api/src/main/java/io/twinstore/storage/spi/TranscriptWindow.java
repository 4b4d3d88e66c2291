package io.twinstore.storage.spi;

import io.twinstore.storage.Message;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Decides how far a window on the end of a transcript must reach back so that no tool result stands
 * in it without its call; for adapters, so that all decide alike.
 *
 * <p>A result belongs to the nearest call of its id before it. A window that reaches back to a call
 * holds all that lies between, whose own results may need earlier calls: it grows until none does.
 */
public final class TranscriptWindow {

    /**
     * How many messages before those that were asked for are looked at: a result whose call is not
     * among them stands alone.
     */
    public static final int LOOK_BACK = 1_000;

    private final List<Message> inside = new ArrayList<>();
    private final Set<String> unmatchedInside = new HashSet<>();
    private final List<Message> before = new ArrayList<>();
    private final Set<String> unmatchedBefore = new HashSet<>();

    private TranscriptWindow() {}

    /**
     * Returns the last messages and those before that they need, oldest first.
     *
     * @param newestFirst the current transcript from its end; read no further than needed
     * @param n how many messages to return at least, where there are as many; from 1
     */
    public static List<Message> of(Iterator<Message> newestFirst, int n) {
        TranscriptWindow window = new TranscriptWindow();
        while (window.inside.size() < n && newestFirst.hasNext()) {
            window.take(newestFirst.next());
        }
        for (int i = 0; i < LOOK_BACK && window.isUnmatched() && newestFirst.hasNext(); i++) {
            window.consider(newestFirst.next());
        }
        Collections.reverse(window.inside);
        return Collections.unmodifiableList(window.inside);
    }

    private boolean isUnmatched() {
        return !unmatchedInside.isEmpty();
    }

    private void take(Message message) {
        ToolReferences references = ToolReferences.of(message.body());
        inside.add(message);
        unmatchedInside.removeAll(references.calls());
        unmatchedInside.addAll(references.answers());
    }

    /** Reaches back to the message where it makes a call that is missed, and only then. */
    private void consider(Message message) {
        ToolReferences references = ToolReferences.of(message.body());
        boolean missed = unmatchedInside.removeAll(references.calls());
        before.add(message);
        unmatchedBefore.removeAll(references.calls());
        unmatchedBefore.addAll(references.answers());
        if (missed) {
            inside.addAll(before);
            unmatchedInside.addAll(unmatchedBefore);
            before.clear();
            unmatchedBefore.clear();
        }
    }
}
