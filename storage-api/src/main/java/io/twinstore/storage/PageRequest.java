package io.twinstore.storage;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How much of a list to return, and from where.
 *
 * @param size at most this many items, 1 to 1000
 * @param cursor where to start, or null for the first page
 */
public record PageRequest(int size, @Nullable Cursor cursor) {

    /** The size of a page where none is asked for. */
    public static final int DEFAULT_SIZE = 50;

    /** The largest page there is. */
    public static final int MAX_SIZE = 1000;

    /**
     * @throws InvalidValueException when the size is out of bounds
     */
    public PageRequest {
        if (size < 1 || size > MAX_SIZE) {
            throw new InvalidValueException(
                    "page.size", "1 to " + MAX_SIZE, Integer.toString(size));
        }
    }

    /** Asks for the first page, of 50 items. */
    public static PageRequest first() {
        return new PageRequest(DEFAULT_SIZE, null);
    }

    /** Asks for the first page, of this size. */
    public static PageRequest ofSize(int size) {
        return new PageRequest(size, null);
    }

    /** Asks for the page that starts at the cursor. */
    public PageRequest from(Cursor value) {
        return new PageRequest(size, value);
    }

    /** Asks for the page after the given one, or nothing when that was the last. */
    public Optional<PageRequest> after(Page<?> page) {
        return page.next().map(this::from);
    }
}
