package io.twinstore.storage.cli;

import io.twinstore.storage.Message;
import io.twinstore.storage.MessageRange;
import io.twinstore.storage.Page;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Pages through a transcript from its beginning, and keeps a little of it to show. */
final class ReadBack {

    /** What a page may weigh in memory, so that long messages come in short pages. */
    private static final long PAGE_BYTES = 32L << 20;

    private static final int SHOWN_FIRST = 5;
    private static final int SHOWN_LAST = 2;

    private final TranscriptDigest digest = new TranscriptDigest();
    private final List<MessageView> beginning = new ArrayList<>();
    private final Deque<Message> recent = new ArrayDeque<>();
    private long count;
    private int pages;

    private ReadBack() {}

    /**
     * Reads the whole transcript.
     *
     * @param longest the length of its longest message, in bytes
     */
    static ReadBack of(SessionStore sessions, SessionId id, long longest) {
        ReadBack result = new ReadBack();
        int size = (int) Math.max(1, Math.min(50, PAGE_BYTES / Math.max(1, longest)));
        Optional<PageRequest> next = Optional.of(PageRequest.ofSize(size));
        while (next.isPresent()) {
            Page<Message> page = sessions.messages(id, MessageRange.all(), next.get());
            page.items().forEach(result::add);
            result.pages++;
            next = next.get().after(page);
        }
        return result;
    }

    private void add(Message message) {
        count++;
        digest.add(message.body());
        if (beginning.size() < SHOWN_FIRST) {
            beginning.add(MessageView.of(message));
            return;
        }
        recent.addLast(message);
        if (recent.size() > SHOWN_LAST) {
            recent.removeFirst();
        }
    }

    long count() {
        return count;
    }

    int pages() {
        return pages;
    }

    TranscriptDigest digest() {
        return digest;
    }

    /** Returns the first messages. */
    List<MessageView> beginning() {
        return List.copyOf(beginning);
    }

    /** Returns the last messages that are not among the first. */
    List<MessageView> end() {
        return recent.stream().map(MessageView::of).toList();
    }
}
