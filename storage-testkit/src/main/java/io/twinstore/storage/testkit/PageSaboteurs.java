package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.Deeds.losesAtPageBorders;
import static io.twinstore.storage.testkit.Deeds.startsAgain;
import static io.twinstore.storage.testkit.Saboteur.configs;
import static io.twinstore.storage.testkit.Saboteur.sessions;

import io.twinstore.storage.Cursor;
import io.twinstore.storage.Page;
import io.twinstore.storage.PageRequest;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Breaks what {@link PageClauses} check. */
final class PageSaboteurs {

    private PageSaboteurs() {}

    static List<Saboteur> all() {
        return List.of(
                configs("PAG-SIZE-001", "list", "always promises more", promisingMore()),
                sessions("PAG-SIZE-001", "list", "always promises more", promisingMore()),
                sessions("PAG-SIZE-001", "sessionsOf", "always promises more", promisingMore()),
                sessions("PAG-SIZE-001", "messages", "always promises more", promisingMore()),
                sessions("PAG-SIZE-002", "list", "keeps pages short", PageSaboteurs::shortened),
                configs("PAG-CURSOR-001", "list", "starts again at bad cursors", startsAgain()),
                sessions("PAG-CURSOR-001", "list", "starts again at bad cursors", startsAgain()),
                sessions(
                        "PAG-CURSOR-001",
                        "sessionsOf",
                        "starts again at bad cursors",
                        startsAgain()),
                sessions(
                        "PAG-CURSOR-001", "messages", "starts again at bad cursors", startsAgain()),
                configs("PAG-CURSOR-002", "list", "takes cursors of other lists", startsAgain()),
                sessions(
                        "PAG-CURSOR-002",
                        "messages",
                        "takes cursors of other lists",
                        startsAgain()),
                configs("PAG-CURSOR-003", "list", "takes cursors of other filters", startsAgain()),
                sessions("PAG-CURSOR-003", "list", "takes cursors of other filters", startsAgain()),
                sessions(
                        "PAG-CURSOR-004",
                        "sessionsOf",
                        "takes cursors of other users",
                        startsAgain()),
                sessions(
                        "PAG-CURSOR-004",
                        "messages",
                        "takes cursors of other ranges",
                        startsAgain()),
                sessions(
                        "PAG-CURSOR-005",
                        "list",
                        "keeps to the size of the first page",
                        PageSaboteurs::oneByOne),
                sessions(
                        "PAG-CURSOR-006",
                        "sessionsOf",
                        "puts text into cursors",
                        call -> {
                            Page<?> page = call.proceedToPage();
                            Cursor next = page.nextCursor();
                            return new Page<>(
                                    page.items(),
                                    next == null ? null : Cursor.of("a&b=" + next.token()));
                        }),
                sessions("PAG-CURSOR-007", "list", "keeps cursors in memory", inMemory()),
                sessions(
                        "PAG-CURSOR-008",
                        "list",
                        "loses an item between pages",
                        losesAtPageBorders()));
    }

    private static Interceptor promisingMore() {
        return call -> {
            Page<?> page = call.proceedToPage();
            Cursor next = page.nextCursor();
            return new Page<>(page.items(), next == null ? Cursor.of("more") : next);
        };
    }

    private static Object shortened(Call call) throws Throwable {
        Page<?> page = call.proceedToPage();
        List<?> items = page.items();
        return new Page<>(items.subList(0, Math.min(items.size(), 2)), page.nextCursor());
    }

    private static @Nullable Object oneByOne(Call call) throws Throwable {
        PageRequest request = call.arg(PageRequest.class);
        return call.proceedWith(
                request.cursor() == null ? request : new PageRequest(1, request.cursor()));
    }

    /** Knows only the storage that it saw first, and starts again in any other. */
    private static Interceptor inMemory() {
        AtomicReference<@Nullable Object> first = new AtomicReference<>();
        return call -> {
            first.compareAndSet(null, call.target());
            boolean known = call.target() == first.get();
            int size = call.arg(PageRequest.class).size();
            return known ? call.proceed() : call.proceedWith(PageRequest.ofSize(size));
        };
    }
}
