package io.twinstore.storage.sqlite;

import io.twinstore.storage.SessionId;
import io.twinstore.storage.jdbi.AppendRequest;
import io.twinstore.storage.jdbi.KnownActivity;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Appends of several callers in one transaction; each head is moved once for all of its session,
 * and all messages of a session have the time of the latest, as in PostgreSQL.
 */
final class SqliteBatch {

    private final SqliteAppendSql sql;
    private final KnownActivity known;
    private final List<Look> looks = new ArrayList<>();

    /** The last sequence and activity that were seen before an append. */
    private record Look(AppendRequest request, long sequence, Instant before) {}

    /** The requests to one session: how many messages, and the latest of them. */
    private record Group(int count, AppendRequest latest) {

        static Group of(AppendRequest request) {
            return new Group(request.count(), request);
        }

        static Group both(Group one, Group other) {
            boolean later = other.latest.now().isAfter(one.latest.now());
            return new Group(one.count + other.count, later ? other.latest : one.latest);
        }
    }

    SqliteBatch(SqliteAppendSql sql, KnownActivity known) {
        this.sql = sql;
        this.known = known;
    }

    /** Writes the requests, in this order, and returns the last sequence before each of them. */
    List<OptionalLong> write(List<AppendRequest> requests) throws SQLException {
        if (requests.size() == 1) {
            AppendRequest only = requests.get(0);
            return List.of(append(only, bump(Group.of(only)), only.now()));
        }
        Map<SessionId, Group> groups = new HashMap<>();
        for (AppendRequest request : requests) {
            groups.merge(request.session(), Group.of(request), Group::both);
        }
        Map<SessionId, OptionalLong> ends = new HashMap<>();
        for (Map.Entry<SessionId, Group> group : groups.entrySet()) {
            ends.put(group.getKey(), bump(group.getValue()));
        }
        List<OptionalLong> answers = new ArrayList<>(requests.size());
        for (AppendRequest request : requests) {
            OptionalLong before = ends.getOrDefault(request.session(), OptionalLong.empty());
            Instant time = groups.getOrDefault(request.session(), Group.of(request)).latest().now();
            answers.add(append(request, before, time));
            ends.put(request.session(), after(before, request));
        }
        return answers;
    }

    private OptionalLong bump(Group group) throws SQLException {
        AppendRequest request = group.latest();
        OptionalLong before = sql.bump(request, group.count());
        if (before.isPresent() && !known.isFresh(request, before.getAsLong())) {
            looks.add(new Look(request, before.getAsLong(), sql.moveActivity(request)));
        }
        return before;
    }

    private OptionalLong append(AppendRequest request, OptionalLong before, Instant time)
            throws SQLException {
        if (before.isPresent()) {
            sql.insert(request, before.getAsLong(), time);
        }
        return before;
    }

    private static OptionalLong after(OptionalLong before, AppendRequest request) {
        return before.isPresent() ? OptionalLong.of(before.getAsLong() + request.count()) : before;
    }

    /** Notes what was seen, once it is committed. */
    void remember() {
        looks.forEach(look -> known.saw(look.request(), look.sequence(), look.before()));
    }
}
