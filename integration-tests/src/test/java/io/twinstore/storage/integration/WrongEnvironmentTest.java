package io.twinstore.storage.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.InvalidOptionsException;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An environment that does not say which database it means opens none, and none is made. */
class WrongEnvironmentTest {

    @TempDir private Path folder;

    private InvalidOptionsException refused(Map<String, String> variables) {
        Map<String, String> all = new HashMap<>(variables);
        all.put("SQLITE_DB_PATH", folder.resolve("made.db").toString());
        return Refusal.of(
                InvalidOptionsException.class,
                () -> Storage.open(StorageOptions.fromEnvironment(all)).close());
    }

    @AfterEach
    void nothingWasMade() {
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void unknownTypeIsAnsweredWithTheOneThatWasMeant() {
        assertThat(refused(Map.of("DB_TYPE", "postgressql")))
                .hasMessageContainingAll("DB_TYPE", "postgressql", "postgresql");
        assertThat(refused(Map.of("DB_TYPE", "mysql")))
                .hasMessageContainingAll("mysql", "sqlite", "postgresql");
    }

    @Test
    void settingsOfPostgresWithoutTypeAreNoReasonForSqlite() {
        assertThat(
                        refused(
                                Map.of(
                                        "POSTGRES_HOST",
                                        "db.example",
                                        "POSTGRES_PASSWORD",
                                        Refusal.SECRET)))
                .hasMessageContainingAll("POSTGRES_HOST", "DB_TYPE");
    }

    @Test
    void contradictingVariablesAreBothNamed() {
        assertThat(
                        refused(
                                Map.of(
                                        "DB_TYPE",
                                        "postgresql",
                                        "DATABASE_URL",
                                        "postgresql://app:" + Refusal.SECRET + "@one.example/app",
                                        "POSTGRES_HOST",
                                        "other.example")))
                .hasMessageContainingAll("DATABASE_URL", "POSTGRES_HOST");
    }

    @Test
    void allProblemsAreToldAtOnceAndNoSecret() {
        InvalidOptionsException refusal =
                refused(
                        Map.of(
                                "DB_TYPE",
                                "postgresql",
                                "POSTGRES_PORT",
                                "70000",
                                "POSTGRES_POOL_MAX",
                                "many",
                                "POSTGRES_PASSWORD",
                                Refusal.SECRET));
        assertThat(refusal.problems()).hasSizeGreaterThan(2);
        assertThat(refusal).hasMessageContainingAll("POSTGRES_PORT", "POSTGRES_POOL_MAX");
    }

    @Test
    void anUrlThatIsNoneIsNotShown() {
        refused(
                Map.of(
                        "DB_TYPE",
                        "postgresql",
                        "DATABASE_URL",
                        "postgresql:/app:" + Refusal.SECRET + "@nowhere:port/app?sslmode=perhaps"));
    }
}
