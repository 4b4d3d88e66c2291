package io.twinstore.storage.sqlite.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.Upgraded;
import io.twinstore.storage.UserId;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqlite.SQLiteConfig;

/** What was upgraded goes back, cell by cell. */
class RoundTripTest {

    @TempDir private Path folder;

    private Path file;
    private Path original;
    private Path back;

    @BeforeEach
    void name() {
        file = folder.resolve("given.db");
        original = folder.resolve("original.db");
        back = folder.resolve("back.db");
    }

    private Upgraded upgrade() {
        return Storage.upgrade(StorageOptions.sqlite(file)).orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void everyCellOfASoundFileComesBack(LegacyLayout layout) throws SQLException {
        LegacyFixture.sound(layout, file);
        LegacyFixture.sound(layout, original);
        assertThat(upgrade().layout()).isEqualTo(layout.label());
        assertThat(LegacyDowngrade.run(file, back)).isEqualTo(layout.label());
        assertThat(LegacyFixture.cells(back)).isEqualTo(LegacyFixture.cells(original));
    }

    @ParameterizedTest
    @EnumSource
    void everyCellOfADamagedFileComesBack(LegacyLayout layout) throws SQLException {
        LegacyFixture.damaged(layout, file);
        LegacyFixture.damaged(layout, original);
        Upgraded done = upgrade();
        assertThat(done.residue()).isPositive();
        assertThat(LegacyFixture.cells(done.backup())).isEqualTo(LegacyFixture.cells(original));
        LegacyDowngrade.run(file, back);
        assertThat(LegacyFixture.cells(back)).isEqualTo(LegacyFixture.cells(original));
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyFileComesBack(LegacyLayout layout) throws SQLException {
        LegacyFixture.empty(layout, file).close();
        LegacyFixture.empty(layout, original).close();
        assertThat(upgrade().sessions()).isZero();
        LegacyDowngrade.run(file, back);
        assertThat(LegacyFixture.cells(back)).isEqualTo(LegacyFixture.cells(original));
    }

    /** What others do to one session is no reason to lose the bytes of its other cells. */
    @ParameterizedTest
    @EnumSource
    void aTranscriptThatGrewBeginsWithTheBytesItHad(LegacyLayout layout) throws SQLException {
        String odd = " [{\"x\":NaN},\n \"\\ud800\" ]\n";
        try (LegacyFixture fixture = LegacyFixture.empty(layout, file)) {
            SoundRows.in(fixture, layout);
            fixture.sql(
                    "update sessions set transcript = '" + odd + "' where session_id = 'second'",
                    "update sessions set transcript = 'broken' where session_id = 'first'");
        }
        upgrade();
        try (Storage storage = Storage.open(StorageOptions.sqlite(file))) {
            storage.sessions().append(SessionId.of("second"), NewMessage.of("{\"role\":\"user\"}"));
            storage.sessions().append(SessionId.of("second"), NewMessage.of(" 2 "));
            storage.sessions().append(SessionId.of("first"), NewMessage.of("3"));
        }
        LegacyDowngrade.run(file, back);
        assertThat(transcript("second"))
                .isEqualTo(" [{\"x\":NaN},\n \"\\ud800\" , {\"role\":\"user\"},  2 ]");
        assertThat(transcript("first")).isEqualTo("[3]");
    }

    @Test
    void aTranscriptThatWasReplacedIsTheNewOne() throws SQLException {
        try (LegacyFixture fixture = LegacyFixture.empty(LegacyLayout.V2, file)) {
            SoundRows.in(fixture, LegacyLayout.V2);
            fixture.sql("update sessions set transcript = '[1,2]'");
        }
        upgrade();
        try (Storage storage = Storage.open(StorageOptions.sqlite(file))) {
            storage.sessions()
                    .replaceTranscript(
                            SessionId.of("first"),
                            List.of(NewMessage.of("2"), NewMessage.of("3"), NewMessage.of("4")),
                            AppendOptions.plain());
        }
        LegacyDowngrade.run(file, back);
        assertThat(transcript("first")).isEqualTo("[2, 3, 4]");
        assertThat(transcript("second")).isEqualTo("[1,2]");
    }

    @ParameterizedTest
    @EnumSource
    void whatWasMadeSinceIsThereAndWhatWasPurgedIsNot(LegacyLayout layout) throws SQLException {
        LegacyFixture.damaged(layout, file);
        upgrade();
        try (Storage storage = Storage.open(StorageOptions.sqlite(file))) {
            var config = storage.configs().create(NewConfig.named("made since").yaml("a: 1"));
            storage.sessions()
                    .create(
                            NewSession.on(config.id())
                                    .id(SessionId.of("new"))
                                    .owner(UserId.of("ada")));
            storage.sessions().append(SessionId.of("new"), NewMessage.user("hello"));
            storage.sessions().purge(SessionId.of("first"));
            storage.sessions().delete(SessionId.of("second"));
        }
        LegacyDowngrade.run(file, back);
        assertThat(transcript("new")).isEqualTo("[{\"role\":\"user\",\"content\":\"hello\"}]");
        assertThat(cell("select message_count from sessions where session_id = 'new'"))
                .isEqualTo("1");
        assertThat(
                        cell(
                                "select count(*) from sessions where session_id in ('first',"
                                        + " 'second')"))
                .isEqualTo("0");
        if (layout == LegacyLayout.V3) {
            assertThat(cell("select user_id from sessions where session_id = 'new'"))
                    .isEqualTo("ada");
        }
    }

    private String transcript(String session) throws SQLException {
        return cell("select transcript from sessions where session_id = '" + session + "'");
    }

    private String cell(String sql) throws SQLException {
        try (var connection = Sql.connect(back, new SQLiteConfig())) {
            return String.valueOf(Sql.first(connection, sql));
        }
    }

    /** With what is purged its residue goes, and nobody else's. */
    @Test
    void purgeTakesTheResidueAlong() throws SQLException {
        try (LegacyFixture fixture = LegacyFixture.empty(LegacyLayout.V2, file)) {
            SoundRows.in(fixture, LegacyLayout.V2);
            fixture.sql("update sessions set transcript = '[1,2]'");
        }
        upgrade();
        assertThat(residueOf("first")).isEqualTo("2");
        try (Storage storage = Storage.open(StorageOptions.sqlite(file))) {
            storage.sessions().purge(SessionId.of("first"));
        }
        assertThat(residueOf("first")).isEqualTo("0");
        assertThat(residueOf("second")).isEqualTo("3");
    }

    private String residueOf(String session) throws SQLException {
        try (var connection = Sql.connect(file, new SQLiteConfig())) {
            return String.valueOf(
                    Sql.first(
                            connection,
                            "select count(*) from residue where session_id = '" + session + "'"));
        }
    }
}
