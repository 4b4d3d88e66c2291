package io.twinstore.storage.integration.boot;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * An application with Twinstore on its class path, in a JVM of its own.
 *
 * @param boot the major version of Spring Boot, whose BOM decides all versions
 * @param brings what it has on its class path to migrate its own database with
 * @param owns the migrations that it has
 * @param packaging how it is started
 */
record SpringBootHost(int boot, Migrates brings, Migrates owns, Packaging packaging) {

    private static final Path HOSTS = Path.of(System.getProperty("spring-boot-hosts"));
    private static final String MAIN = "com.example.host.HostApplication";

    /** What this machine's variables of these names say is not meant for the application. */
    private static final List<String> FOREIGN =
            List.of(
                    "DB_",
                    "SQLITE_",
                    "POSTGRES_",
                    "DATABASE_",
                    "STORAGE_",
                    "TWINSTORE_",
                    "SPRING_");

    enum Migrates {
        NEITHER,
        FLYWAY,
        LIQUIBASE;

        String folder() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    enum Packaging {
        CLASS_PATH,
        EXECUTABLE_JAR
    }

    /**
     * Starts it, and waits until it has ended.
     *
     * @param work an empty folder
     * @param dataSource the URL of the application's own database
     * @param environment the variables that Twinstore reads
     */
    Ended run(Path work, String dataSource, Map<String, String> environment)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-XX:+UseSerialGC");
        command.add("-Dorg.sqlite.tmpdir=" + work);
        command.addAll(application(work));
        command.add("--spring.datasource.url=" + dataSource);
        command.add("--spring.main.banner-mode=off");
        command.add("--logging.level.root=warn");
        Path output = work.resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(work.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> FOREIGN.stream().anyMatch(name::startsWith));
        builder.environment().putAll(environment);
        return ended(builder.start(), output);
    }

    private static Ended ended(Process process, Path output)
            throws IOException, InterruptedException {
        boolean inTime = process.waitFor(2, TimeUnit.MINUTES);
        process.destroyForcibly();
        String said = Files.readString(output);
        return new Ended(process.waitFor(), inTime ? said : said + "\nkilled after 2 minutes");
    }

    private List<String> application(Path work) throws IOException {
        Path host = HOSTS.resolve("boot" + boot);
        Path folder = brings == Migrates.NEITHER ? host : host.resolve(brings.folder());
        Path resources = HOSTS.resolve("own").resolve(owns.folder());
        String classPath = Files.readString(folder.resolve("target/classpath")).strip();
        if (packaging == Packaging.CLASS_PATH) {
            return List.of("-cp", resources + File.pathSeparator + classPath, MAIN);
        }
        List<Path> jars = Stream.of(classPath.split(File.pathSeparator)).map(Path::of).toList();
        Path jar = work.resolve("host.jar");
        ExecutableJar.write(jar, MAIN, folder.resolve("target/loader.jar"), resources, jars);
        return List.of("-jar", jar.toString());
    }

    @Override
    public String toString() {
        return "Spring Boot %d with %s%s%s"
                .formatted(
                        boot,
                        brings.folder(),
                        owns == brings ? "" : ", migrations for " + owns.folder(),
                        packaging == Packaging.EXECUTABLE_JAR ? ", executable jar" : "");
    }

    /**
     * How it ended.
     *
     * @param code 0 when it worked
     * @param output everything that it said
     */
    record Ended(int code, String output) {

        /** Returns what it said about this. */
        String found(String what) {
            String start = what + ": ";
            return output.lines()
                    .filter(line -> line.startsWith(start))
                    .map(line -> line.substring(start.length()))
                    .findFirst()
                    .orElse("not said");
        }
    }
}
