package io.twinstore.storage.jdbi;

import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStatus;
import io.twinstore.storage.UserId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a session is, and who takes part in it, in one snapshot.
 *
 * @param roles by user, in the order in which they joined
 */
record Roster(TailHead head, SessionStatus status, Map<UserId, ParticipantRole> roles) {

    /** Groups the rows of any number of sessions. */
    static Map<SessionId, Roster> all(List<RosterRow> rows) {
        Map<SessionId, Roster> all = new LinkedHashMap<>();
        for (RosterRow row : rows) {
            Roster roster =
                    all.computeIfAbsent(
                            row.head().sessionId(),
                            id -> new Roster(row.head(), row.status(), new LinkedHashMap<>()));
            if (row.userId() != null && row.role() != null) {
                roster.roles.put(row.userId(), row.role());
            }
        }
        return all;
    }

    /** Returns the one session of the rows. */
    static Optional<Roster> one(List<RosterRow> rows) {
        return all(rows).values().stream().findFirst();
    }
}
