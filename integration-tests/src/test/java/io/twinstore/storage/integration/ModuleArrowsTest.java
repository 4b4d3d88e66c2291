package io.twinstore.storage.integration;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The arrows between modules run one way, and the adapters never know each other. */
class ModuleArrowsTest {

    private static final String ROOT = "io.twinstore.storage";

    private final JavaClasses classes =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    // Liquibase and Lucene, relocated: not ours to judge, and a large share of the
                    // time.
                    .withImportOption(location -> !location.contains("/shaded/"))
                    .importPackages(ROOT);

    @Test
    void arrowsRunOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("api")
                .definedBy(ROOT, ROOT + ".spi..")
                .layer("schema")
                .definedBy(ROOT + ".schema..")
                .layer("search")
                .definedBy(ROOT + ".search..")
                .layer("jdbi")
                .definedBy(ROOT + ".jdbi..")
                .layer("postgres")
                .definedBy(ROOT + ".postgres..")
                .layer("sqlite")
                .definedBy(ROOT + ".sqlite..")
                .layer("testkit")
                .definedBy(ROOT + ".testkit..")
                .layer("migrate")
                .definedBy(ROOT + ".migrate..")
                .layer("cli")
                .definedBy(ROOT + ".cli..")
                .whereLayer("api")
                .mayNotAccessAnyLayer()
                .whereLayer("schema")
                .mayNotAccessAnyLayer()
                .whereLayer("search")
                .mayOnlyAccessLayers("api")
                .whereLayer("jdbi")
                .mayOnlyAccessLayers("api", "schema", "search")
                .whereLayer("postgres")
                .mayOnlyAccessLayers("api", "schema", "search", "jdbi")
                .whereLayer("sqlite")
                .mayOnlyAccessLayers("api", "schema", "search", "jdbi")
                .whereLayer("testkit")
                .mayOnlyAccessLayers("api")
                .whereLayer("migrate")
                .mayOnlyAccessLayers("api", "postgres", "sqlite")
                .whereLayer("cli")
                .mayOnlyAccessLayers("api", "migrate")
                .check(classes);
    }
}
