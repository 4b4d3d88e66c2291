package io.twinstore.storage.integration;

import io.twinstore.storage.Page;
import io.twinstore.storage.PageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Follows the cursors of a list. */
final class Paging {

    private Paging() {}

    /** Returns every page with its cursor: they are the same in every adapter. */
    static <T> List<Page<T>> all(PageRequest first, Function<PageRequest, Page<T>> list) {
        List<Page<T>> pages = new ArrayList<>();
        for (Optional<PageRequest> next = Optional.of(first); next.isPresent(); ) {
            PageRequest request = next.get();
            Page<T> page = list.apply(request);
            pages.add(page);
            next = request.after(page);
        }
        return pages;
    }
}
