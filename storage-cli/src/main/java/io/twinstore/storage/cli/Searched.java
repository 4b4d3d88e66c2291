package io.twinstore.storage.cli;

import io.twinstore.storage.ConfigId;
import io.twinstore.storage.Cursor;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.SearchScope;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStatus;
import io.twinstore.storage.UserId;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a command that searches was asked for.
 *
 * @param command its name
 * @param text what it looks for
 * @param acting for whom
 * @param options where, as it was given
 * @param request which page
 */
record Searched(
        String command,
        String text,
        ActingFor acting,
        Map<String, String> options,
        PageRequest request) {

    /** Returns where to look. */
    SearchScope scope() {
        return new SearchScope(
                option("--user", UserId::of),
                option("--session", SessionId::of),
                option("--config", ConfigId::of),
                null,
                option("--status", SessionStatus::of),
                option("--since", value -> instant("--since", value)),
                option("--until", value -> instant("--until", value)));
    }

    private <T> @Nullable T option(String name, Function<String, T> read) {
        return Optional.ofNullable(options.get(name)).map(read).orElse(null);
    }

    private static Instant instant(String name, String value) {
        try {
            return Instant.parse(value);
        } catch (DateTimeParseException e) {
            throw new InvalidValueException(name, "an instant as 2026-11-20T09:30:00Z", value);
        }
    }

    /** Shows how to see the next page, if there is one. */
    void showNext(Layout layout, Terminal terminal, Optional<Cursor> next) {
        if (next.isPresent()) {
            StringBuilder again = new StringBuilder(terminal.command());
            again.append(' ').append(command).append(' ').append(Printable.quoted(text));
            options.forEach(
                    (name, value) ->
                            again.append(' ')
                                    .append(name)
                                    .append(' ')
                                    .append(Printable.quoted(value)));
            layout.line("");
            layout.line(
                    layout.style()
                                    .dim(
                                            "Next page: "
                                                    + again
                                                    + acting.options()
                                                    + " --limit "
                                                    + request.size())
                            + " --cursor "
                            + Printable.line(next.get().token()));
        }
    }

    /** Returns the line above what is shown of a message that was found. */
    static String head(
            Layout layout, SessionId session, long sequence, @Nullable String role, Instant at) {
        String shown = role == null ? "-" : Printable.clipped(role, 24);
        return layout.style().cyan(Printable.line(session.value()))
                + "  "
                + sequence
                + "  "
                + layout.style().role(shown, shown)
                + "  "
                + layout.style().dim(layout.moment(at));
    }
}
