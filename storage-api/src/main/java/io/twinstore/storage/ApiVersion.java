package io.twinstore.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * The version of this artifact, to be named where another of the same version is missing. It is a
 * resource and not the manifest's {@code Implementation-Version}: it is there in a class folder,
 * too, and stays right in a shaded jar.
 */
final class ApiVersion {

    static final String TEXT = read();

    private ApiVersion() {}

    private static String read() {
        try (InputStream in = ApiVersion.class.getResourceAsStream("version.properties")) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", "(the version of storage-api)");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
