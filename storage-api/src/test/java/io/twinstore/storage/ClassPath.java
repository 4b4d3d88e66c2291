package io.twinstore.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.spi.StorageProvider;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * A folder of classes made up by a test, with service entries or without, to be looked through by a
 * class loader.
 */
final class ClassPath {

    private final Path folder;

    ClassPath(Path folder) {
        this.folder = folder;
    }

    /**
     * Adds the class of an adapter with this id, whose body may say more, and nothing that lists
     * it.
     */
    ClassPath provider(String className, String id, String body) throws IOException {
        int dot = className.lastIndexOf('.');
        return compiled(
                className,
                """
                package %s;
                public class %s implements io.twinstore.storage.spi.StorageProvider {
                    %s
                    @Override public String id() { return "%s"; }
                    @Override public String description() { return "storage-%s 1.0"; }
                    @Override public io.twinstore.storage.Storage open(io.twinstore.storage.StorageOptions options) {
                        %s
                    }
                }
                """
                        .formatted(
                                className.substring(0, dot),
                                className.substring(dot + 1),
                                body.startsWith("open:") ? "" : body,
                                id,
                                id.toLowerCase(Locale.ROOT),
                                body.startsWith("open:")
                                        ? body.substring("open:".length())
                                        : "throw new UnsupportedOperationException(\"opened "
                                                + className
                                                + "\");"));
    }

    /** Adds a class from its source. */
    ClassPath compiled(String className, String source) throws IOException {
        Path file = folder.resolve(className.replace('.', '/') + ".java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        String path =
                folder
                        + System.getProperty("path.separator")
                        + System.getProperty("java.class.path");
        int failed = compiler.run(null, null, null, "-proc:none", "-cp", path, file.toString());
        assertThat(failed).as("compiling %s", className).isZero();
        return this;
    }

    /** Takes a class away again, as if its jar were not there. */
    ClassPath without(String className) throws IOException {
        Files.delete(folder.resolve(className.replace('.', '/') + ".class"));
        return this;
    }

    /** Lists classes as adapters, beside those already listed. */
    ClassPath listed(String... classNames) throws IOException {
        Path file = folder.resolve("META-INF/services/" + StorageProvider.class.getName());
        List<String> lines =
                new ArrayList<>(Files.exists(file) ? Files.readAllLines(file) : List.of());
        lines.addAll(List.of(classNames));
        Files.createDirectories(file.getParent());
        Files.write(file, lines);
        return this;
    }

    URLClassLoader loader() throws MalformedURLException {
        return new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader());
    }
}
