package io.twinstore.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdaptersTest {

    private static final String SQLITE = "io.twinstore.storage.sqlite.SqliteStorageProvider";
    private static final String POSTGRES = "io.twinstore.storage.postgres.PostgresStorageProvider";
    private static final String MARKER = "mArKeR";

    @TempDir private Path folder;

    private ClassPath classPath;

    @BeforeEach
    void emptyClassPath() {
        classPath = new ClassPath(folder);
    }

    @Test
    void opensWithTheAdapterOfThatId() throws IOException {
        classPath
                .provider(SQLITE, "sqlite", "")
                .provider(POSTGRES, "postgresql", "")
                .listed(SQLITE, POSTGRES);
        assertOpening("sqlite").hasMessage("opened " + SQLITE);
        assertOpening("PG").hasMessage("opened " + POSTGRES);
    }

    @Test
    void comparesIdsWithoutCase() throws IOException {
        classPath.provider("acme.Acme", "ACME", "").listed("acme.Acme");
        assertOpening("acme").hasMessage("opened acme.Acme");
    }

    @Test
    void countsAnAdapterOnceThatTwoLoadersSee() throws IOException {
        classPath.provider(SQLITE, "sqlite", "").listed(SQLITE);
        try (URLClassLoader parent = classPath.loader();
                URLClassLoader child = new URLClassLoader(new URL[0], parent)) {
            assertThatThrownBy(() -> Adapters.open(options("sqlite"), child, null, parent, parent))
                    .hasMessage("opened " + SQLITE);
        }
    }

    @Test
    void looksThroughTheContextClassLoader() throws IOException {
        classPath.provider(SQLITE, "sqlite", "").listed(SQLITE);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = classPath.loader()) {
            thread.setContextClassLoader(loader);
            assertThatThrownBy(() -> Storage.open(options("sqlite")))
                    .hasMessage("opened " + SQLITE);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void looksThroughItsOwnClassLoaderWhereAThreadHasNone() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try {
            thread.setContextClassLoader(null);
            assertThatThrownBy(() -> Storage.open(options("sqlite")))
                    .hasMessageContaining("Found: none.");
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void namesTheArtifactToAddAndWhatWasFound() throws IOException {
        classPath.provider(SQLITE, "sqlite", "").listed(SQLITE);
        assertRefused("postgresql")
                .hasMessage(
                        "DB_TYPE=postgresql has no adapter on the class path. Found: sqlite (storage-sqlite 1.0)."
                                + " Add io.twinstore:storage-postgres:"
                                + ApiVersion.TEXT
                                + ".");
    }

    @Test
    void knowsItsVersionInAClassFolderToo() {
        assertThat(ApiVersion.TEXT).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
    }

    @Test
    void saysWhenThereIsNoAdapterAtAll() throws IOException {
        assertRefused("sqlite")
                .hasMessage(
                        "DB_TYPE=sqlite has no adapter on the class path. Found: none."
                                + " Add io.twinstore:storage-sqlite:"
                                + ApiVersion.TEXT
                                + ".");
    }

    @Test
    void suggestsWhatAnUnknownTypeMayHaveMeant() throws IOException {
        classPath.provider("acme.Acme", "acmedb", "").listed("acme.Acme");
        assertRefused("acmebd")
                .hasMessage(
                        "DB_TYPE=acmebd has no adapter on the class path. Found: acmedb (storage-acmedb 1.0)."
                                + " Did you mean 'acmedb'?");
        assertRefused("sqlit").hasMessageEndingWith(" Did you mean 'sqlite'?");
        assertRefused("psql").hasMessageEndingWith(" Did you mean 'postgresql'?");
        assertRefused("oracle")
                .hasMessageEndingWith(
                        " Add the artifact that holds its adapter, or choose another database.");
    }

    @Test
    void namesAllAdaptersOfOneId() throws IOException {
        classPath
                .provider(SQLITE, "sqlite", "")
                .provider("acme.Other", "SQLite", "")
                .listed(SQLITE, "acme.Other");
        assertRefused("sqlite")
                .hasMessage(
                        "DB_TYPE=sqlite has 2 adapters on the class path: acme.Other (storage-sqlite 1.0) and "
                                + SQLITE
                                + " (storage-sqlite 1.0). Keep one of them.");
    }

    @Test
    void recognisesAJarThatWasShadedWithoutItsServiceEntries() throws IOException {
        classPath
                .provider(SQLITE, "sqlite", "")
                .provider(
                        POSTGRES,
                        "postgresql",
                        "static { boom(); }"
                                + " static void boom() { throw new IllegalStateException(\"initialised\"); }")
                .listed(SQLITE);
        assertRefused("postgresql")
                .hasMessage(
                        "DB_TYPE=postgresql has its adapter on the class path, "
                                + POSTGRES
                                + ", but no"
                                + " META-INF/services/io.twinstore.storage.spi.StorageProvider lists it: a jar was probably"
                                + " shaded without merging such files. Merge them (Maven Shade: ServicesResourceTransformer;"
                                + " Gradle Shadow: mergeServiceFiles). Found: sqlite (storage-sqlite 1.0).");
    }

    @Test
    void namesTheDriverThatAnAdapterLacksWhenItIsMade() throws IOException {
        withFake("org.postgresql.Driver");
        classPath
                .provider(
                        POSTGRES,
                        "postgresql",
                        "private final Object driver = new org.postgresql.Driver();")
                .without("org.postgresql.Driver")
                .listed(POSTGRES);
        assertRefused("postgresql")
                .hasMessage(
                        missing(
                                "postgresql",
                                "org.postgresql.Driver",
                                "the PostgreSQL driver, org.postgresql:postgresql"));
    }

    @Test
    void namesTheDriverThatAnAdapterLacksWhenItOpens() throws IOException {
        withFake("org.sqlite.SQLiteDataSource");
        classPath
                .provider(SQLITE, "sqlite", "open: new org.sqlite.SQLiteDataSource(); return null;")
                .without("org.sqlite.SQLiteDataSource")
                .listed(SQLITE);
        assertRefused("sqlite")
                .hasMessage(
                        missing(
                                "sqlite",
                                "org.sqlite.SQLiteDataSource",
                                "the SQLite driver, org.xerial:sqlite-jdbc"));
    }

    @Test
    void namesWhatAnAdapterLacksWhenItIsLoaded() throws IOException {
        classPath.compiled(
                "org.jdbi.v3.core.Plugin", "package org.jdbi.v3.core; public interface Plugin {}");
        classPath.compiled(
                POSTGRES,
                """
                package io.twinstore.storage.postgres;
                public class PostgresStorageProvider
                        implements io.twinstore.storage.spi.StorageProvider, org.jdbi.v3.core.Plugin {
                    @Override public String id() { return "postgresql"; }
                    @Override public String description() { return ""; }
                    @Override public io.twinstore.storage.Storage open(io.twinstore.storage.StorageOptions options) {
                        return null;
                    }
                }
                """);
        classPath.without("org.jdbi.v3.core.Plugin").listed(POSTGRES);
        assertRefused("postgresql")
                .hasMessage(
                        missing("postgresql", "org.jdbi.v3.core.Plugin", "org.jdbi:jdbi3-core"));
    }

    @Test
    void anInitializerThatFailedIsNoMissingClass() throws IOException {
        classPath.compiled(
                "acme.Broken",
                """
                package acme;
                public class Broken { static { if (true) throw new IllegalStateException("first"); } }
                """);
        classPath
                .provider(
                        "acme.Acme",
                        "acme",
                        "open: try { new acme.Broken(); }"
                                + " catch (ExceptionInInitializerError e) { new acme.Broken(); } return null;")
                .listed("acme.Acme");
        assertOpening("acme")
                .isInstanceOf(NoClassDefFoundError.class)
                .hasMessageContaining("initialize");
    }

    @Test
    void saysWhyAnAdapterCannotBeMade() throws IOException {
        classPath
                .provider(
                        POSTGRES, "postgresql", "{ if (true) throw new IllegalStateException(); }")
                .listed(POSTGRES);
        assertRefused("postgresql")
                .hasMessage(
                        "DB_TYPE=postgresql has its adapter on the class path, "
                                + POSTGRES
                                + ", but it cannot be"
                                + " used: io.twinstore.storage.spi.StorageProvider: Provider "
                                + POSTGRES
                                + " could not be instantiated.");
    }

    @Test
    void anotherDatabasesBrokenAdapterIsNoObstacle() throws IOException {
        classPath
                .provider(SQLITE, "sqlite", "")
                .provider(
                        POSTGRES, "postgresql", "{ if (true) throw new IllegalStateException(); }")
                .listed("acme.Absent", POSTGRES, SQLITE);
        assertOpening("sqlite").hasMessage("opened " + SQLITE);
        assertRefused("acme")
                .hasMessageContaining(" Found: sqlite (storage-sqlite 1.0).")
                .hasMessageContaining(
                        "Could not be loaded: io.twinstore.storage.spi.StorageProvider: Provider"
                                + " acme.Absent not found.");
    }

    private void withFake(String driver) throws IOException {
        int dot = driver.lastIndexOf('.');
        classPath.compiled(
                driver,
                "package "
                        + driver.substring(0, dot)
                        + "; public class "
                        + driver.substring(dot + 1)
                        + " {}");
    }

    private static String missing(String id, String className, String artifact) {
        return "DB_TYPE="
                + id
                + " has its adapter on the class path, but not the class "
                + className
                + " that it needs. Add "
                + artifact
                + ".";
    }

    private AbstractThrowableAssert<?, ?> assertRefused(String type) throws IOException {
        return assertOpening(type).isInstanceOf(InvalidOptionsException.class);
    }

    private AbstractThrowableAssert<?, ?> assertOpening(String type) throws IOException {
        try (URLClassLoader loader = classPath.loader()) {
            return assertThatThrownBy(() -> Adapters.open(options(type), loader))
                    .hasMessageNotContaining(MARKER);
        }
    }

    private static StorageOptions options(String type) {
        return StorageOptions.postgres("postgresql://u:" + MARKER + "@h/d").toBuilder()
                .databaseType(type)
                .build();
    }
}
