package io.twinstore.storage.integration.histories;

import io.twinstore.storage.Message;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Scanner;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A process that tails all sessions of a round and notes every message; it goes on where the notes
 * of its predecessors end. Says {@code tailing} once it has noted something. A number on its
 * standard input tells how many messages there are in all; after the last it says how late they
 * came, and ends.
 */
final class TailingProcess {

    /** Above those that append. */
    private static final int NUMBER = 100;

    private static final Duration PATIENCE = Duration.ofMillis(200);

    private TailingProcess() {}

    /**
     * Runs the process.
     *
     * @param args the folder of the round, and how many predecessors were killed
     */
    public static void main(String[] args) throws Exception {
        Round round = Round.open(Path.of(args[0]), Integer.MAX_VALUE);
        int incarnation = Integer.parseInt(args[1]);
        AtomicLong all = new AtomicLong(Long.MAX_VALUE);
        Thread listener = new Thread(() -> listen(all), "listener");
        listener.setDaemon(true);
        listener.start();
        Delays delays = new Delays();
        try (Storage storage = Databases.open(StorageOptions.fromEnvironment());
                RecordedTail tail =
                        Databases.tail(
                                () ->
                                        new RecordedTail(
                                                storage.sessions(),
                                                round,
                                                round.reader(0),
                                                NUMBER,
                                                incarnation,
                                                0))) {
            boolean said = false;
            while (tail.count() < all.get()) {
                Optional<Message> message = tail.next(PATIENCE);
                message.ifPresent(m -> delays.add(m.createdAt()));
                if (!said && message.isPresent()) {
                    System.out.println("tailing");
                    said = true;
                }
            }
            if (!said) {
                System.out.println("tailing");
            }
        }
        System.out.println(delays);
        System.exit(0);
    }

    private static void listen(AtomicLong all) {
        try (Scanner in = new Scanner(System.in, StandardCharsets.UTF_8)) {
            // At the end of input, whoever started it is gone, and nothing is left to wait for.
            all.set(in.hasNextLong() ? in.nextLong() : 0);
        }
    }
}
