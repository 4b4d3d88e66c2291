package io.twinstore.storage.integration.boot;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;

/**
 * A jar as Spring Boot's build plug-ins make it: the loader's classes at its root, the
 * application's resources in {@code BOOT-INF/classes}, and the class path's jars, stored, in {@code
 * BOOT-INF/lib}. There, classes and resources come from jars within a jar.
 */
final class ExecutableJar {

    private static final String CLASSES = "BOOT-INF/classes/";
    private static final String LIB = "BOOT-INF/lib/";

    private ExecutableJar() {}

    /** Writes the jar to the file; folders on the class path become jars. */
    static void write(
            Path file, String startClass, Path loader, Path resources, List<Path> classPath)
            throws IOException {
        try (JarOutputStream out =
                new JarOutputStream(Files.newOutputStream(file), manifest(startClass))) {
            addLoader(out, loader);
            out.putNextEntry(new JarEntry(CLASSES));
            addFolder(out, CLASSES, resources);
            out.putNextEntry(new JarEntry(LIB));
            for (Path entry : classPath) {
                if (Files.isDirectory(entry)) {
                    String name = LIB + entry.toString().hashCode() + ".jar";
                    addStored(out, name, packed(entry));
                } else {
                    addStored(out, LIB + entry.getFileName(), Files.readAllBytes(entry));
                }
            }
        }
    }

    private static byte[] packed(Path folder) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream out = new JarOutputStream(bytes)) {
            addFolder(out, "", folder);
        }
        return bytes.toByteArray();
    }

    private static void addFolder(JarOutputStream out, String prefix, Path folder)
            throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path path : files.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(path).toString().replace('\\', '/');
                add(out, prefix + name, Files.readAllBytes(path));
            }
        }
    }

    private static Manifest manifest(String startClass) {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(
                Attributes.Name.MAIN_CLASS, "org.springframework.boot.loader.launch.JarLauncher");
        attributes.putValue("Start-Class", startClass);
        attributes.putValue("Spring-Boot-Classes", CLASSES);
        attributes.putValue("Spring-Boot-Lib", LIB);
        return manifest;
    }

    private static void addLoader(JarOutputStream out, Path loader) throws IOException {
        try (JarFile jar = new JarFile(loader.toFile())) {
            for (JarEntry entry : jar.stream().toList()) {
                if (!entry.isDirectory() && !entry.getName().equals(JarFile.MANIFEST_NAME)) {
                    add(out, entry.getName(), jar.getInputStream(entry).readAllBytes());
                }
            }
        }
    }

    private static void add(JarOutputStream out, String name, byte[] content) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(content);
    }

    /** The loader reads jars within the jar in place, so they must not be compressed. */
    private static void addStored(JarOutputStream out, String name, byte[] content)
            throws IOException {
        CRC32 crc = new CRC32();
        crc.update(content);
        JarEntry entry = new JarEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        out.putNextEntry(entry);
        out.write(content);
    }
}
