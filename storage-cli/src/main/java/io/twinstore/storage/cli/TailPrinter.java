package io.twinstore.storage.cli;

import io.twinstore.storage.TailEvent;

/** How the events of a session are shown. */
interface TailPrinter {

    void print(TailEvent event);
}
