package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.Deeds.insteadOf;
import static io.twinstore.storage.testkit.Saboteur.sessions;

import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Message;
import io.twinstore.storage.MessageRange;
import io.twinstore.storage.NotFoundException;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.SessionId;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Breaks what {@link WindowClauses} check. */
final class WindowSaboteurs {

    private WindowSaboteurs() {}

    static List<Saboteur> all() {
        return List.of(
                breaking("WIN-PLAIN-001", "turns it around", Deeds.rearranging(Deeds::reversed)),
                breaking("WIN-PLAIN-001", "takes all", WindowSaboteurs::whole),
                breaking(
                        "WIN-PLAIN-002",
                        "takes any number",
                        insteadOf(InvalidValueException.class, Deeds.claims(List.of()))),
                breaking(
                        "WIN-PLAIN-002",
                        "finds nothing where no session is",
                        insteadOf(NotFoundException.class, Deeds.claims(List.of()))),
                breaking("WIN-FORM-001", "cuts calls off", WindowSaboteurs::cut),
                breaking("WIN-FORM-001", "leaves out what is between", WindowSaboteurs::without),
                breaking("WIN-FORM-002", "does not know blocks", WindowSaboteurs::cut),
                breaking("WIN-FORM-003", "does not know lists of ids", WindowSaboteurs::cut),
                breaking("WIN-FORM-004", "does not know calls without ids", WindowSaboteurs::cut),
                breaking("WIN-FORM-004", "takes the first call", WindowSaboteurs::whole),
                breaking("WIN-FORM-005", "does not know items", WindowSaboteurs::cut),
                breaking("WIN-REACH-001", "reaches once", WindowSaboteurs::once),
                breaking("WIN-REACH-002", "asks for the last result only", WindowSaboteurs::cut),
                breaking("WIN-REACH-003", "takes the first call", WindowSaboteurs::whole),
                breaking("WIN-REACH-004", "takes all", WindowSaboteurs::whole),
                breaking("WIN-REACH-004", "takes one more", WindowSaboteurs::oneMore),
                breaking("WIN-ORPHAN-001", "takes all for an orphan", WindowSaboteurs::whole),
                breaking("WIN-ORPHAN-002", "looks back without end", WindowSaboteurs::whole),
                breaking("WIN-ORPHAN-002", "looks back ten messages", WindowSaboteurs::cut),
                breaking("WIN-ODD-001", "stumbles", WindowSaboteurs::stumble),
                breaking("WIN-GEN-001", "looks into earlier ones", WindowSaboteurs::everything),
                breaking("WIN-RACE-001", "reads in parts", WindowSaboteurs::once));
    }

    private static Saboteur breaking(String clause, String deed, Interceptor how) {
        return sessions(clause, "window", deed, how);
    }

    private static SessionId id(Call call) {
        return call.arg(SessionId.class);
    }

    private static List<Message> honest(Call call) throws Throwable {
        return ((List<?>) Objects.requireNonNull(call.proceed()))
                .stream().map(Message.class::cast).toList();
    }

    private static Object cut(Call call) {
        return call.sessions().lastMessages(id(call), call.arg(Integer.class));
    }

    private static Object whole(Call call) {
        return call.sessions().transcript(id(call)).messages();
    }

    private static Object everything(Call call) {
        return call.sessions()
                .messages(id(call), MessageRange.all(), PageRequest.ofSize(1000))
                .items();
    }

    /** Keeps the ends of a window that was extended, and drops what lies between. */
    private static Object without(Call call) throws Throwable {
        List<Message> window = honest(call);
        return window.size() > 2 ? List.of(window.get(0), window.get(window.size() - 1)) : window;
    }

    /** Drops the first message of a window that was extended by more than one. */
    private static Object once(Call call) throws Throwable {
        List<Message> window = honest(call);
        return window.size() > call.arg(Integer.class) + 1
                ? window.subList(1, window.size())
                : window;
    }

    private static Object oneMore(Call call) throws Throwable {
        List<Message> window = honest(call);
        long first = window.get(0).sequence();
        Stream<Message> earlier =
                call.sessions().transcript(id(call)).messages().stream()
                        .filter(m -> m.sequence() == first - 1);
        return Stream.concat(earlier, window.stream()).toList();
    }

    private static Object stumble(Call call) throws Throwable {
        List<Message> window = honest(call);
        if (window.stream().anyMatch(m -> !m.body().text().startsWith("{"))) {
            throw new InvalidValueException("message", "an object", null);
        }
        return window;
    }
}
