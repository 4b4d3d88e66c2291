package io.twinstore.storage.cli;

import io.twinstore.storage.AccessDeniedException;
import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.Json;
import io.twinstore.storage.Message;
import io.twinstore.storage.MessageRange;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.SearchResult;
import io.twinstore.storage.SearchScope;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.StorageException;
import io.twinstore.storage.UserId;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one who may only read finds, and what is refused to such a person.
 *
 * @param user who it is
 * @param word what was searched for, or null where the transcript has no word for it
 * @param hits how many messages were found, of the first page
 * @param more whether there are more
 */
record Guarded(UserId user, @Nullable String word, int hits, boolean more) {

    private static final int LOOKED_AT = 5;
    private static final PageRequest PAGE = PageRequest.ofSize(50);

    /** Searches as a viewer, and sees that an append of the same person is refused. */
    static Guarded of(SessionStore all, SessionId id, UserId viewer) {
        SessionStore limited = all.asUser(viewer);
        String word = word(limited, id).orElse(null);
        int hits = 0;
        boolean more = false;
        if (word != null) {
            SearchResult found = limited.search(word, SearchScope.of(id), PAGE);
            hits = found.hits().size();
            more = found.next().isPresent();
        }
        requireFound(word, hits);
        requireRefused(limited, id);
        return new Guarded(viewer, word, hits, more);
    }

    /** Returns the longest plain word of the first messages; a role would be in every one. */
    private static Optional<String> word(SessionStore sessions, SessionId id) {
        return sessions
                .messages(id, MessageRange.all(), PageRequest.ofSize(LOOKED_AT))
                .items()
                .stream()
                .map(Message::body)
                .flatMap(body -> body.at("/content").map(Json::toJava).stream())
                .filter(String.class::isInstance)
                .flatMap(content -> Arrays.stream(((String) content).split("\\s+")))
                .filter(word -> word.matches("[a-z]{4,20}") && !word.equals("assistant"))
                .max(Comparator.comparingInt(String::length));
    }

    private static void requireFound(@Nullable String word, int hits) {
        if (word != null && hits == 0) {
            throw new StorageException(
                    ErrorCode.INTERNAL, "A search for a word of the transcript found nothing.");
        }
    }

    private static void requireRefused(SessionStore limited, SessionId id) {
        try {
            limited.append(id, NewMessage.user("May I?"));
        } catch (AccessDeniedException e) {
            return;
        }
        throw new StorageException(ErrorCode.INTERNAL, "A viewer was allowed to append.");
    }
}
