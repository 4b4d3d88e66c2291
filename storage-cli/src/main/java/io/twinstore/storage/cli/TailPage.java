package io.twinstore.storage.cli;

import io.twinstore.storage.TailEvent;

/** Events for a person, messages as {@code show} has them. */
record TailPage(Layout page, boolean full) implements TailPrinter {

    @Override
    public void print(TailEvent event) {
        if (event instanceof TailEvent.MessageAppended appended) {
            page.message(MessageView.of(appended.message(), full));
        } else {
            page.line(page.style().dim("· " + Printable.line(text(event))));
        }
    }

    private static String text(TailEvent event) {
        if (event instanceof TailEvent.TranscriptReplaced replaced) {
            return "the transcript was replaced; it begins after sequence "
                    + replaced.baseSequence();
        }
        if (event instanceof TailEvent.StatusChanged changed) {
            return "the status is " + changed.status().text() + " now";
        }
        String user = event.userId().map(id -> " " + id.value()).orElse("");
        return event.action().replace('_', ' ') + user;
    }
}
