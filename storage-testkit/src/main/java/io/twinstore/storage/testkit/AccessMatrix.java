package io.twinstore.storage.testkit;

import static io.twinstore.storage.ParticipantRole.EDITOR;
import static io.twinstore.storage.ParticipantRole.OWNER;
import static io.twinstore.storage.ParticipantRole.VIEWER;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.Json;
import io.twinstore.storage.Message;
import io.twinstore.storage.MessageRange;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.SessionUpdate;
import io.twinstore.storage.Tail;
import io.twinstore.storage.Visibility;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what: a row for each operation of the session store, a cell for each caller of a
 * limited store.
 */
final class AccessMatrix {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Json USERS = Json.of("{\"role\":\"user\"}");
    private static final Json ANY = Json.of("[{\"role\":\"user\"}]");

    private AccessMatrix() {}

    /** For whom a store is limited. */
    enum Caller {
        STRANGER("no role"),
        VIEWER("viewer"),
        EDITOR("editor"),
        OWNER("owner"),
        APPLICATION("its application"),
        OTHER_APPLICATION("another application");

        private final String text;

        Caller(String text) {
            this.text = text;
        }

        boolean isApplication() {
            return this == APPLICATION || this == OTHER_APPLICATION;
        }

        /** Returns the role in the session, or null where there is none. */
        @Nullable ParticipantRole role() {
            return switch (this) {
                case VIEWER -> ParticipantRole.VIEWER;
                case EDITOR -> ParticipantRole.EDITOR;
                case OWNER, APPLICATION -> ParticipantRole.OWNER;
                case STRANGER, OTHER_APPLICATION -> null;
            };
        }

        /** Returns the role of whom the ground calls the follower. */
        Optional<ParticipantRole> followersRole() {
            return isApplication()
                    ? Optional.of(ParticipantRole.OWNER)
                    : Optional.ofNullable(role());
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** What a caller gets of an operation. */
    enum Answer {
        YES("yes"),
        DENIED("denied"),
        ABSENT("–");

        private final String text;

        Answer(String text) {
            this.text = text;
        }
    }

    /** An operation on a ground that was made for it. */
    @FunctionalInterface
    interface Act {
        @Nullable Object on(SessionStore store, AccessGround ground) throws Exception;
    }

    /**
     * An operation, and who may use it.
     *
     * @param operation its signature
     * @param note what is particular about this use of it, or nothing
     * @param least the lowest role that may, or null where all get the same
     * @param tooLow what a lower role gets, or all
     * @param deleted whether the session is deleted before
     * @param changes whether it changes something where it is allowed
     */
    record Row(
            String operation,
            String note,
            @Nullable ParticipantRole least,
            Answer tooLow,
            boolean deleted,
            boolean changes,
            Act act) {

        Answer answer(Caller caller) {
            if (least == null) {
                return tooLow;
            }
            ParticipantRole role = caller.role();
            if (role == null) {
                return Answer.ABSENT;
            }
            return role.compareTo(least) <= 0 ? Answer.YES : tooLow;
        }

        Row note(String value) {
            return new Row(operation, value, least, tooLow, deleted, changes, act);
        }

        Row onDeleted(String value) {
            return new Row(operation, value, least, tooLow, true, changes, act);
        }

        Row changing() {
            return new Row(operation, note, least, tooLow, deleted, true, act);
        }

        Row hiddenBelow() {
            return new Row(operation, note, least, Answer.ABSENT, deleted, changes, act);
        }

        @Override
        public String toString() {
            return note.isEmpty() ? operation : operation + ", " + note;
        }
    }

    private static Row row(String operation, @Nullable ParticipantRole least, Act act) {
        Answer tooLow = least == null ? Answer.YES : Answer.DENIED;
        return new Row(operation, "", least, tooLow, false, false, act);
    }

    private static Row deniedToAll(String operation, Act act) {
        return new Row(operation, "", null, Answer.DENIED, false, false, act);
    }

    /** Returns every row, in the order of the documentation. */
    static List<Row> rows() {
        Stream<Row> changing =
                Stream.concat(writing().stream(), managing().stream()).map(Row::changing);
        return Stream.of(reading().stream(), listing().stream(), changing, running().stream())
                .flatMap(rows -> rows)
                .toList();
    }

    private static List<Row> reading() {
        return List.of(
                row("find(SessionId)", VIEWER, (s, on) -> s.find(on.id())),
                row("get(SessionId)", VIEWER, (s, on) -> s.get(on.id())),
                row("exists(SessionId)", VIEWER, (s, on) -> s.exists(on.id())),
                row(
                        "messages(SessionId, MessageRange, PageRequest)",
                        VIEWER,
                        (s, on) -> s.messages(on.id(), MessageRange.all(), PageRequest.first())),
                row("lastMessages(SessionId, int)", VIEWER, (s, on) -> s.lastMessages(on.id(), 5)),
                row("window(SessionId, int)", VIEWER, (s, on) -> s.window(on.id(), 5)),
                row("transcript(SessionId)", VIEWER, (s, on) -> s.transcript(on.id())),
                row("streamTranscript(SessionId, Consumer)", VIEWER, AccessMatrix::streamed),
                row("participants(SessionId)", VIEWER, (s, on) -> s.participants(on.id())),
                row("roleOf(SessionId, UserId)", VIEWER, (s, on) -> s.roleOf(on.id(), on.owner())),
                row("leaseOf(SessionId)", VIEWER, (s, on) -> s.leaseOf(on.id())),
                row("tail(SessionId, long)", VIEWER, (s, on) -> first(s.tail(on.id(), 0), on)));
    }

    private static List<Row> listing() {
        return List.of(
                row(
                        "list(SessionFilter, PageRequest)",
                        VIEWER,
                        (s, on) -> s.list(on.filter(Visibility.LIVE), PageRequest.first())),
                row(
                                "list(SessionFilter, PageRequest)",
                                OWNER,
                                (s, on) ->
                                        s.list(on.filter(Visibility.DELETED), PageRequest.first()))
                        .onDeleted("of deleted ones")
                        .hiddenBelow(),
                row("count(SessionFilter)", VIEWER, (s, on) -> s.count(on.filter(Visibility.LIVE))),
                row("count(SessionFilter)", OWNER, (s, on) -> s.count(on.filter(Visibility.ANY)))
                        .onDeleted("of deleted ones")
                        .hiddenBelow(),
                row(
                        "sessionsOf(UserId, PageRequest)",
                        VIEWER,
                        (s, on) -> s.sessionsOf(on.owner(), PageRequest.first())),
                row(
                        "search(String, SearchScope, PageRequest)",
                        VIEWER,
                        (s, on) -> s.search("two", on.scope(), PageRequest.first())),
                row(
                        "findContaining(Json, SearchScope, PageRequest)",
                        VIEWER,
                        (s, on) -> s.findContaining(USERS, on.scope(), PageRequest.first())),
                row(
                        "findSessionsContaining(Json, SearchScope, PageRequest)",
                        VIEWER,
                        (s, on) -> s.findSessionsContaining(ANY, on.scope(), PageRequest.first())),
                row("tailAll(UserId)", VIEWER, (s, on) -> first(s.tailAll(on.follower()), on)),
                row(
                        "tailAll(UserId, Map)",
                        VIEWER,
                        (s, on) -> first(s.tailAll(on.follower(), Map.of(on.id(), 1L)), on)));
    }

    private static List<Row> writing() {
        List<NewMessage> messages = List.of(NewMessage.user("more"));
        return List.of(
                row("create(NewSession)", null, (s, on) -> s.create(NewSession.on(on.config()))),
                row(
                        "append(SessionId, List, AppendOptions)",
                        EDITOR,
                        (s, on) -> s.append(on.id(), messages, AppendOptions.once("key"))),
                row(
                        "append(SessionId, NewMessage)",
                        EDITOR,
                        (s, on) -> s.append(on.id(), messages.get(0))),
                row(
                        "replaceTranscript(SessionId, List, AppendOptions)",
                        EDITOR,
                        (s, on) -> s.replaceTranscript(on.id(), messages, AppendOptions.plain())),
                row("touch(SessionId, AppId)", EDITOR, (s, on) -> s.touch(on.id(), on.toucher())),
                row(
                        "acquire(SessionId, String, Duration)",
                        EDITOR,
                        (s, on) -> s.acquire(on.id(), "worker", MINUTE)),
                row(
                        "renew(SessionLease, Duration)",
                        EDITOR,
                        (s, on) -> s.renew(on.lease(), MINUTE)),
                row("release(SessionLease)", EDITOR, (s, on) -> s.release(on.lease())));
    }

    private static List<Row> managing() {
        SessionUpdate update = SessionUpdate.nothing().metadata(Json.of("{\"a\":1}"));
        return List.of(
                row(
                        "update(SessionId, SessionUpdate)",
                        OWNER,
                        (s, on) -> s.update(on.id(), update)),
                row(
                        "addParticipant(SessionId, UserId, ParticipantRole)",
                        OWNER,
                        (s, on) -> s.addParticipant(on.id(), on.newcomer(), VIEWER)),
                row(
                        "removeParticipant(SessionId, UserId)",
                        OWNER,
                        (s, on) -> s.removeParticipant(on.id(), on.owner())),
                row(
                                "removeParticipant(SessionId, UserId)",
                                VIEWER,
                                (s, on) -> s.removeParticipant(on.id(), on.follower()))
                        .note("of oneself"),
                row(
                        "updateRole(SessionId, UserId, ParticipantRole)",
                        OWNER,
                        (s, on) -> s.updateRole(on.id(), on.owner(), EDITOR)),
                row(
                        "updatePermissions(SessionId, UserId, Json)",
                        OWNER,
                        (s, on) -> s.updatePermissions(on.id(), on.owner(), Json.of("{\"a\":1}"))),
                row("delete(SessionId)", OWNER, (s, on) -> s.delete(on.id())),
                row("restore(SessionId)", OWNER, (s, on) -> s.restore(on.id()))
                        .onDeleted("of a deleted one"),
                row("purge(SessionId)", OWNER, (s, on) -> s.purge(on.id())),
                row("purge(SessionId)", OWNER, (s, on) -> s.purge(on.id()))
                        .onDeleted("of a deleted one"));
    }

    private static List<Row> running() {
        return List.of(
                deniedToAll("hold(SessionId)", (s, on) -> s.hold(on.id())),
                deniedToAll("releaseHold(SessionId)", (s, on) -> s.releaseHold(on.id())),
                deniedToAll("isHeld(SessionId)", (s, on) -> s.isHeld(on.id())),
                deniedToAll("cleanup(Duration)", (s, on) -> s.cleanup(MINUTE)),
                deniedToAll("cleanup()", (s, on) -> s.cleanup()),
                deniedToAll("purgeDeleted(Duration)", (s, on) -> s.purgeDeleted(MINUTE)),
                deniedToAll("countInactive(Duration)", (s, on) -> s.countInactive(MINUTE)),
                deniedToAll("countPurgeable(Duration)", (s, on) -> s.countPurgeable(MINUTE)));
    }

    private static Object streamed(SessionStore store, AccessGround ground) {
        List<Message> all = new ArrayList<>();
        store.streamTranscript(ground.id(), all::add);
        return all;
    }

    /** What a tail begins with. */
    private static Object first(Tail tail, AccessGround ground) throws InterruptedException {
        try (tail) {
            return tail.positions().getOrDefault(ground.id(), -1L) + " " + tail.next(Duration.ZERO);
        }
    }

    /** Returns the signatures of all operations; those that limit a store are none. */
    static Set<String> operations() {
        return Arrays.stream(SessionStore.class.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .filter(method -> method.getReturnType() != SessionStore.class)
                .map(AccessMatrix::signature)
                .collect(Collectors.toSet());
    }

    private static String signature(Method method) {
        return Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", ", method.getName() + "(", ")"));
    }

    /** Returns the rows as the documentation shows them. */
    static List<String> table() {
        List<Caller> columns =
                Arrays.stream(Caller.values()).filter(c -> c != Caller.APPLICATION).toList();
        Stream<String> head =
                Stream.of(
                        line("operation", columns.stream().map(Caller::toString)),
                        line("---", columns.stream().map(caller -> "---")));
        Stream<String> body =
                rows().stream()
                        .map(
                                row ->
                                        line(
                                                "`" + row.operation() + "` " + row.note(),
                                                columns.stream().map(c -> row.answer(c).text)));
        return Stream.concat(head, body).toList();
    }

    private static String line(String first, Stream<String> cells) {
        return "| " + first.strip() + " | " + cells.collect(Collectors.joining(" | ")) + " |";
    }
}
