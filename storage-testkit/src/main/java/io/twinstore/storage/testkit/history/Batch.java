package io.twinstore.storage.testkit.history;

import io.twinstore.storage.NewMessage;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The messages of one append: consecutive ones of one client. Two appends of the same batch are two
 * attempts at the same thing.
 *
 * @param client the client that made the messages
 * @param number the number of the first
 * @param count how many there are, from 1
 */
public record Batch(int client, long number, int count) {

    /**
     * @throws IllegalArgumentException when there is no message, or no such one
     */
    public Batch {
        new MessageIdentity(client, number);
        new MessageIdentity(client, number + count - 1);
        if (count < 1) {
            throw new IllegalArgumentException("A batch has one message at least.");
        }
    }

    /** Returns which message stands at this place, from 0. */
    public MessageIdentity identity(int place) {
        return new MessageIdentity(client, number + place);
    }

    /** Returns the key under which every attempt at this batch is made that has one. */
    public String key() {
        return client + "/" + number;
    }

    /** Returns the messages. */
    public List<NewMessage> messages() {
        return IntStream.range(0, count).mapToObj(i -> identity(i).message()).toList();
    }

    @Override
    public String toString() {
        return client + "/" + number + (count == 1 ? "" : ".." + (number + count - 1));
    }
}
