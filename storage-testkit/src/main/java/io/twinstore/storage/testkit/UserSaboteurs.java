package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.ClauseContext.START;
import static io.twinstore.storage.testkit.Deeds.answers;
import static io.twinstore.storage.testkit.Deeds.changing;
import static io.twinstore.storage.testkit.Deeds.claims;
import static io.twinstore.storage.testkit.Deeds.insteadOf;
import static io.twinstore.storage.testkit.Deeds.losesAtPageBorders;
import static io.twinstore.storage.testkit.Deeds.rearranging;
import static io.twinstore.storage.testkit.Deeds.skipsEveryOther;
import static io.twinstore.storage.testkit.Deeds.sortsByUnits;
import static io.twinstore.storage.testkit.Deeds.startsAgain;
import static io.twinstore.storage.testkit.Saboteur.users;

import io.twinstore.storage.AppId;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import io.twinstore.storage.NotFoundException;
import io.twinstore.storage.StorageBusyException;
import io.twinstore.storage.User;
import io.twinstore.storage.UserFilter;
import io.twinstore.storage.UserId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Breaks what {@link UserClauses} and {@link UserListClauses} check. */
final class UserSaboteurs {

    private UserSaboteurs() {}

    static List<Saboteur> all() {
        return List.of(
                users("USR-SEEN-001", "seen", "forgets the application", withoutApp()),
                users(
                        "USR-SEEN-001",
                        "find",
                        "starts at one session",
                        answers("totalSessions", 1L)),
                users(
                        "USR-SEEN-002",
                        "find",
                        "forgets when it began",
                        changing(UserSaboteurs::firstIsLast)),
                users("USR-SEEN-002", "seen", "sees only once", UserSaboteurs::onlyOnce),
                users(
                        "USR-SEEN-003",
                        "find",
                        "forgets the application",
                        answers("lastSeenApp", null)),
                users(
                        "USR-SEEN-004",
                        "find",
                        "follows the clock",
                        changing(UserSaboteurs::backwards)),
                users(
                        "USR-SEEN-005",
                        "seen",
                        "gives up when two see one at once",
                        skipsEveryOther(UserSaboteurs::busy)),
                users("USR-FIND-001", "find", "makes up who was not seen", UserSaboteurs::madeUp),
                users("USR-FIND-002", "find", "ignores case", UserSaboteurs::anyCase),
                users("USR-FIND-002", "seen", "trims ids", UserSaboteurs::trimmed),
                users("USR-TOTAL-001", "find", "never counts down", new HighWater()),
                users(
                        "USR-TOTAL-001",
                        "find",
                        "counts what is shared",
                        changing(UserSaboteurs::moreByOne)),
                users(
                        "USR-TOTAL-002",
                        "find",
                        "counts each call",
                        changing(UserSaboteurs::moreByOne)),
                users("USR-META-001", "replaceMetadata", "merges", UserSaboteurs::merging),
                users(
                        "USR-META-001",
                        "replaceMetadata",
                        "only says so",
                        UserSaboteurs::sayReplaced),
                users("USR-META-002", "mergeMetadata", "replaces", UserSaboteurs::replacing),
                users(
                        "USR-META-003",
                        "replaceMetadata",
                        "takes what is no object",
                        insteadOf(InvalidValueException.class, UserSaboteurs::emptied)),
                users(
                        "USR-META-003",
                        "mergeMetadata",
                        "makes users of nobody",
                        insteadOf(NotFoundException.class, UserSaboteurs::made)),
                users(
                        "USR-META-004",
                        "mergeMetadata",
                        "drops every other merge",
                        skipsEveryOther(call -> call.users().get(call.arg(UserId.class)))),
                users("USR-LIST-001", "list", "loses at page borders", losesAtPageBorders()),
                users(
                        "USR-LIST-001",
                        "list",
                        "orders by UTF-16 unit",
                        sortsByUnits(user -> ((User) user).id().value())),
                users(
                        "USR-LIST-001",
                        "list",
                        "shows the first first",
                        rearranging(Deeds::reversed)),
                users("USR-LIST-001", "count", "counts one at most", claims(1L)),
                users(
                        "USR-LIST-002",
                        "list",
                        "filters nothing",
                        call -> call.proceedAt(0, UserFilter.all())),
                users(
                        "USR-LIST-002",
                        "count",
                        "counts all",
                        call -> call.proceedAt(0, UserFilter.all())),
                users("USR-LIST-003", "list", "takes cursors of other filters", startsAgain()),
                users("USR-TXN-001", "seen", "sees in appearance only", claims(null)));
    }

    private static Interceptor withoutApp() {
        return call -> {
            call.users().seen(call.arg(UserId.class), null);
            return null;
        };
    }

    private static Object firstIsLast(Object user) {
        return Deeds.with(user, "firstSeen", ((User) user).lastSeen());
    }

    private static Object backwards(Object user) {
        return Deeds.with(user, "lastSeen", ((User) user).lastSeen().minusSeconds(300));
    }

    private static Object moreByOne(Object user) {
        return Deeds.with(user, "totalSessions", ((User) user).totalSessions() + 1);
    }

    private static @Nullable Object onlyOnce(Call call) throws Throwable {
        return call.users().find(call.arg(UserId.class)).isPresent() ? null : call.proceed();
    }

    private static @Nullable Object busy(Call call) {
        throw new StorageBusyException("Somebody else sees this user.");
    }

    private static Optional<User> madeUp(Call call) {
        UserId id = call.arg(UserId.class);
        return call.users()
                .find(id)
                .or(() -> Optional.of(new User(id, START, START, null, 1, Json.emptyObject())));
    }

    private static Optional<User> anyCase(Call call) {
        UserId id = call.arg(UserId.class);
        return call.users()
                .find(id)
                .or(() -> call.users().find(UserId.of(id.value().toLowerCase(Locale.ROOT))));
    }

    private static @Nullable Object trimmed(Call call) {
        Object app = call.arguments().get(1);
        call.users().seen(UserId.of(call.arg(UserId.class).value().strip()), (AppId) app);
        return null;
    }

    private static User merging(Call call) {
        return call.users().mergeMetadata(call.arg(UserId.class), call.arg(Json.class));
    }

    private static User replacing(Call call) {
        return call.users().replaceMetadata(call.arg(UserId.class), call.arg(Json.class));
    }

    private static Object sayReplaced(Call call) {
        User user = call.users().get(call.arg(UserId.class));
        return Deeds.with(user, "metadata", call.arg(Json.class));
    }

    private static User emptied(Call call) {
        return call.users().replaceMetadata(call.arg(UserId.class), Json.emptyObject());
    }

    private static User made(Call call) {
        call.users().seen(call.arg(UserId.class));
        return merging(call);
    }

    /** Shows the highest total that it ever saw, as a counter does that is never taken back. */
    private static final class HighWater implements Interceptor {

        private final Map<UserId, Long> highest = new ConcurrentHashMap<>();

        @Override
        public @Nullable Object answer(Call call) {
            return call.users()
                    .find(call.arg(UserId.class))
                    .map(
                            user ->
                                    Deeds.with(
                                            user,
                                            "totalSessions",
                                            highest.merge(
                                                    user.id(), user.totalSessions(), Math::max)));
        }
    }
}
