package io.twinstore.storage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.InvalidOptionsException;
import io.twinstore.storage.NotFoundException;
import io.twinstore.storage.StorageException;
import io.twinstore.storage.StorageUnavailableException;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorReportTest {

    @ParameterizedTest
    @CsvSource({
        "INVALID_OPTIONS, 3",
        "UNAVAILABLE, 4",
        "BUSY, 4",
        "SCHEMA, 5",
        "NOT_FOUND, 6",
        "INVALID_VALUE, 6",
        "REFERENCE, 6",
        "INTERNAL, 1",
        "OUTCOME_UNKNOWN, 4"
    })
    void theExitCodeFollowsTheCode(ErrorCode code, int exitCode) {
        Reported reported = report(new StorageException(code, "What happened."), false);
        assertThat(reported.code()).isEqualTo(exitCode);
        assertThat(reported.text()).startsWith("storage: What happened.\n").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void everyCodeHasAnExitCode(ErrorCode code) {
        assertThat(ErrorReport.exitCode(code)).isBetween(1, 6);
    }

    @Test
    void everyProblemWithTheOptionsHasALine() {
        Reported reported = report(new InvalidOptionsException(List.of("One.", "Two.")), false);
        assertThat(reported.text().lines()).hasSize(4).contains("  - One.", "  - Two.");
    }

    @Test
    void whatNobodyForesawIsNamedButNotQuoted() {
        Reported reported = report(new IllegalStateException("password=hunter2"), false);
        assertThat(reported.code()).isEqualTo(1);
        assertThat(reported.text())
                .contains("IllegalStateException", "--stacktrace")
                .doesNotContain("hunter2");
    }

    @Test
    void theTraceIsThereWhenAskedFor() {
        assertThat(report(new NotFoundException("session", "x"), true).text()).contains("\tat ");
        assertThat(Run.of(Map.of("DB_TYPE", "oracle"), "sessions", "--stacktrace").err())
                .contains("\tat ");
        assertThat(Run.of(Map.of("DB_TYPE", "oracle", "STORAGE_DEBUG", "1"), "sessions").err())
                .contains("\tat ");
        assertThat(Run.of(Map.of("DB_TYPE", "oracle"), "sessions").err()).doesNotContain("\tat ");
    }

    @Test
    void idsAreMadeHarmless() {
        assertThat(report(new NotFoundException("session", "\u001b[2J"), false).text())
                .contains("'\\u001b[2J'")
                .doesNotContain("\u001b");
    }

    @Test
    void anInterruptedConversationSaysWhatIsKept() {
        StorageException lost = new StorageUnavailableException("The connection was lost.");
        Reported reported = report(new InterruptedAppendException("s-1", 17, lost), false);
        assertThat(reported.code()).isEqualTo(4);
        assertThat(reported.text())
                .contains("The connection was lost.", "17 messages of session s-1");
    }

    private static Reported report(Throwable failure, boolean trace) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal =
                new Terminal(
                        Map.of(),
                        InputStream.nullInputStream(),
                        new ByteArrayOutputStream(),
                        err,
                        false,
                        ZoneOffset.UTC);
        int code = new ErrorReport(terminal, trace).report(failure);
        return new Reported(code, err.toString(StandardCharsets.UTF_8));
    }

    private record Reported(int code, String text) {}
}
