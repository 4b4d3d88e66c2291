package io.twinstore.storage.cli;

import static java.util.Objects.requireNonNullElse;

import io.twinstore.storage.ConfigFilter;
import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.IndexLag;
import io.twinstore.storage.Page;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.Participant;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionFilter;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageException;
import io.twinstore.storage.StorageHealth;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads through what a host would read, and writes nothing. */
final class Checkup {

    private final Storage storage;
    private final List<String> sound = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private @Nullable IndexLag index;

    private Checkup(Storage storage) {
        this.storage = storage;
    }

    /**
     * Looks at everything.
     *
     * @throws StorageException when the database is away or busy, which says nothing about its
     *     state
     */
    static Checkup of(Storage storage) {
        Checkup checkup = new Checkup(storage);
        if (storage.info().database().equals("sqlite")) {
            checkup.look("The file's pages", checkup::pages);
        }
        checkup.look("Configs", checkup::configs);
        checkup.look("Sessions", checkup::sessions);
        checkup.look("The newest session", checkup::newest);
        checkup.look("The search index", checkup::searchIndex);
        return checkup;
    }

    /** Returns what was found in order, for a person. */
    List<String> sound() {
        return List.copyOf(sound);
    }

    /** Returns what does not work. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    /** Returns how far the search index is behind, or null where that was not to be found out. */
    @Nullable IndexLag index() {
        return index;
    }

    private void look(String what, Look look) {
        try {
            String found = look.at();
            if (found != null) {
                sound.add(found);
            }
        } catch (StorageException e) {
            if (e.code() == ErrorCode.UNAVAILABLE || e.code() == ErrorCode.BUSY) {
                throw e;
            }
            problems.add(what + ": " + e.getMessage());
        } catch (SQLException e) {
            problems.add(what + ": " + e.getMessage());
        }
    }

    private String pages() throws SQLException {
        String answer =
                storage.withConnection(
                        connection -> {
                            try (Statement statement = connection.createStatement();
                                    ResultSet rows =
                                            statement.executeQuery("pragma quick_check(1)")) {
                                return rows.next() ? rows.getString(1) : "no answer";
                            }
                        });
        if (!"ok".equals(answer)) {
            throw new SQLException("SQLite finds the file damaged: " + answer);
        }
        return "the file's pages are whole";
    }

    private String configs() {
        storage.configs().list(ConfigFilter.all(), PageRequest.ofSize(1));
        return Layout.counted(storage.configs().count(ConfigFilter.all()), "config");
    }

    private String sessions() {
        return Layout.counted(storage.sessions().count(SessionFilter.all()), "session");
    }

    private @Nullable String newest() {
        SessionStore sessions = storage.sessions();
        Page<Session> page = sessions.list(SessionFilter.all(), PageRequest.ofSize(1));
        if (page.items().isEmpty()) {
            return null;
        }
        Session session = page.items().get(0);
        long[] read = new long[1];
        sessions.streamTranscript(session.id(), message -> read[0]++);
        List<Participant> people = sessions.participants(session.id());
        for (Participant person : people.subList(0, Math.min(1, people.size()))) {
            sessions.roleOf(session.id(), person.userId());
            sessions.sessionsOf(person.userId(), PageRequest.ofSize(1));
        }
        return "the newest session, "
                + Layout.counted(read[0], "message")
                + " and "
                + Layout.counted(people.size(), "participant");
    }

    private @Nullable String searchIndex() {
        StorageHealth health = storage.health();
        if (!health.up()) {
            throw new StorageException(
                    requireNonNullElse(health.reason(), ErrorCode.INTERNAL),
                    String.valueOf(health.problem()));
        }
        index = health.index();
        if (index == null) {
            return null;
        }
        return index.messages() == 0
                ? "the search index is complete"
                : "the search index lacks "
                        + Layout.counted(index.messages(), "message")
                        + " yet, which searches read";
    }

    private interface Look {
        @Nullable String at() throws SQLException;
    }
}
