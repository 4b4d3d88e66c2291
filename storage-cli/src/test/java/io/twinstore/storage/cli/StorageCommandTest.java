package io.twinstore.storage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorageCommandTest {

    @Test
    void helpNamesCommandsExitCodesAndTheEnvironment() {
        Run help = Run.of(Map.of(), "--help");
        assertThat(help.code()).isZero();
        assertThat(help.err()).isEmpty();
        assertThat(help.out())
                .contains(
                        "demo",
                        "sessions",
                        "show",
                        "doctor",
                        "Exit codes:",
                        "DB_TYPE",
                        "DATABASE_URL")
                .doesNotContain("\u001b");
        assertThat(help.out().lines()).allSatisfy(line -> assertThat(line.length()).isLessThan(97));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "sessions",
                "show",
                "doctor",
                "users",
                "apps list",
                "settings put",
                "plan",
                "migrate",
                "verify",
                "quarantine",
                "fix",
                "forget",
                "reverse",
                "upgrade",
                "downgrade",
                "backup",
                "restore"
            })
    void everyCommandHasHelp(String command) {
        Run help = Run.of(Map.of(), (command + " --help").split(" "));
        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("Usage: storage " + command, "--json", "Exit codes:");
    }

    @Test
    void helpIsACommandToo() {
        Run help = Run.of(Map.of(), "help", "demo");
        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("Usage: storage demo");
    }

    @Test
    void hintsNameTheCommandAsItWasTyped() {
        assertThat(Run.of(Map.of("STORAGE_COMMAND", "../my/storage"), "demo", "--jsn").err())
                .contains("Try '../my/storage demo --help'.");
    }

    @Test
    void helpIsColouredForAPersonOnly() {
        assertThat(Run.of(Map.of(), true, "--help").out()).contains("\u001b[");
        assertThat(Run.of(Map.of("NO_COLOR", "1"), true, "--help").out()).doesNotContain("\u001b");
    }

    @Test
    void versionIsSaid() {
        Run version = Run.of(Map.of(), "--version");
        assertThat(version.code()).isZero();
        assertThat(version.out()).contains("Twinstore");
    }

    @Test
    void withoutACommandItShowsHowItIsUsed() {
        Run bare = Run.of(Map.of());
        assertThat(bare.code()).isEqualTo(2);
        assertThat(bare.err()).contains("Usage: storage", "demo");
        assertThat(bare.out()).isEmpty();
    }

    @Test
    void typosAreAnsweredWithWhatWasMeant() {
        assertMisunderstood("Did you mean '--json'?", "demo", "--jsn");
        assertMisunderstood("Did you mean 'show'?", "shw");
        assertMisunderstood("'xyzzyx' is no command.\n  Commands: demo, sessions", "xyzzyx");
        assertMisunderstood("'nosuch'", "help", "nosuch");
        assertMisunderstood("Missing required parameter: 'SESSION'", "show");
        assertMisunderstood("'many' is not an int", "sessions", "--limit", "many");
        assertMisunderstood(
                "storage: --last=N, --all are mutually exclusive",
                "show",
                "x",
                "--all",
                "--last",
                "3");
        assertMisunderstood("\\u001b", "demo", "--\u001b[2J");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1001", "-1"})
    void pagesHaveBounds(String limit) {
        Run run = Run.of(Map.of(), "sessions", "--limit", limit);
        assertThat(run.code()).isEqualTo(6);
        assertThat(run.err()).contains("--limit must be 1 to 1000", "'" + limit + "'");
    }

    @Test
    void optionsThatContradictThemselvesAreAnOptionsError() {
        Run run = Run.of(Map.of("DB_TYPE", "postgre"), "doctor", "--json");
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("storage: ")
                .contains("postgresql")
                .doesNotContain("\tat ");
    }

    @Test
    void aReaderThatLeavesEarlyIsNoFault() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        assertThat(runInto(new FailingOutput("Broken pipe"), err)).isZero();
        assertThat(err.size()).isZero();
    }

    @Test
    void aFullDiskIsAFault() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        assertThat(runInto(new FailingOutput("No space left on device"), err)).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("storage: cannot write to standard output: No space left on device\n");
    }

    @Test
    void startingLoadsNothingOfTheLibrary() {
        for (Class<?> command : commands()) {
            List<Class<?>> seen = new ArrayList<>();
            for (Field field : command.getDeclaredFields()) {
                seen.add(field.getType());
            }
            for (Method method : command.getDeclaredMethods()) {
                seen.add(method.getReturnType());
                seen.addAll(parameters(method));
            }
            Arrays.stream(command.getDeclaredConstructors())
                    .forEach(c -> seen.addAll(parameters(c)));
            assertThat(seen)
                    .as("what picocli sees of %s", command.getSimpleName())
                    .noneMatch(type -> type.getPackageName().equals("io.twinstore.storage"));
        }
    }

    private static List<Class<?>> commands() {
        return List.of(
                StorageCommand.class,
                DemoCommand.class,
                SessionsCommand.class,
                SearchCommand.class,
                ContainsCommand.class,
                ScopeOptions.class,
                ShowCommand.class,
                ShowCommand.Extent.class,
                AppsCommand.class,
                SettingsCommand.class,
                UsersCommand.class,
                PlanCommand.class,
                MigrateCommand.class,
                VerifyCommand.class,
                ReverseCommand.class,
                BackupCommand.class,
                RestoreCommand.class,
                DoctorCommand.class);
    }

    private static List<Class<?>> parameters(Executable executable) {
        return List.of(executable.getParameterTypes());
    }

    private static void assertMisunderstood(String part, String... args) {
        Run run = Run.of(Map.of(), args);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("storage: ")
                .contains(part, "--help'.")
                .doesNotContain("\u001b");
    }

    private static int runInto(OutputStream out, OutputStream err) {
        return StorageCommand.run(
                new Terminal(
                        Map.of(), InputStream.nullInputStream(), out, err, false, ZoneOffset.UTC),
                "--help");
    }

    /** Fails from the first byte on. */
    private static final class FailingOutput extends OutputStream {

        private final String message;

        FailingOutput(String message) {
            this.message = message;
        }

        @Override
        public void write(int b) throws IOException {
            throw new IOException(message);
        }
    }
}
