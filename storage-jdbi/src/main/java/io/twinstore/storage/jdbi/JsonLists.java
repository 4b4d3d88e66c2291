package io.twinstore.storage.jdbi;

import io.twinstore.storage.jdbi.SearchCandidate.MessageKey;
import io.twinstore.storage.spi.JsonQuoting;
import java.util.Collection;
import java.util.function.Function;

/** Lists as JSON arrays, which both databases take as one parameter, however long they are. */
final class JsonLists {

    private JsonLists() {}

    /** Returns the texts of these as an array. */
    static <T> String of(Collection<T> values, Function<T, String> text) {
        StringBuilder list = new StringBuilder("[");
        for (T value : values) {
            JsonQuoting.append(list.append(list.length() == 1 ? "" : ","), text.apply(value));
        }
        return list.append(']').toString();
    }

    /** Returns the messages as an array of arrays of session and sequence. */
    static String ofMessages(Collection<MessageKey> messages) {
        StringBuilder list = new StringBuilder("[");
        for (MessageKey message : messages) {
            JsonQuoting.append(list.append(list.length() == 1 ? "[" : ",["), message.sessionId());
            list.append(',').append(message.seq()).append(']');
        }
        return list.append(']').toString();
    }
}
