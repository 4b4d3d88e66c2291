package io.twinstore.storage.schema;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A changelog in formatted SQL on the class path, with the ids of its changes in the order in which
 * they run.
 *
 * <p>The ids stand here as well, so that a database can be found up to date without anything that
 * parses a changelog.
 *
 * @param resource path of the changelog as {@link ClassLoader#getResource} takes it
 * @param loader where the resource is found
 * @param changeIds ids in order, at least one, none twice; the last one is the version that this
 *     changelog leads to
 */
public record Changelog(String resource, ClassLoader loader, List<String> changeIds) {

    private static final Pattern CHANGE =
            Pattern.compile("\\s*--\\s*changeset\\s+[^\\s:]+:(\\S+).*");

    public Changelog {
        changeIds = List.copyOf(changeIds);
        if (changeIds.isEmpty() || new HashSet<>(changeIds).size() < changeIds.size()) {
            throw new IllegalArgumentException(
                    "%s needs at least one change, and each id once; it has %s"
                            .formatted(resource, changeIds));
        }
    }

    /**
     * Reads the ids from the {@code --changeset author:id} lines of the resource, so that they
     * cannot drift from it.
     *
     * @throws IllegalArgumentException when there is no such resource, or no change in it
     */
    public static Changelog read(String resource, ClassLoader loader) {
        try (InputStream bytes = open(resource, loader);
                BufferedReader text =
                        new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
            List<String> ids =
                    text.lines()
                            .map(CHANGE::matcher)
                            .filter(Matcher::matches)
                            .map(line -> line.group(1))
                            .toList();
            return new Changelog(resource, loader, ids);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + resource, e);
        }
    }

    /** Returns the id of the last change: the version of a database that is up to date. */
    public String current() {
        return changeIds.get(changeIds.size() - 1);
    }

    InputStream open() throws IOException {
        return open(resource, loader);
    }

    private static InputStream open(String resource, ClassLoader loader) throws IOException {
        // Past the cache of open jars: whoever replaces the jar would close the stream under us.
        var url = loader.getResource(resource);
        if (url == null) {
            throw new IllegalArgumentException("No changelog " + resource + " on the class path");
        }
        var connection = url.openConnection();
        connection.setUseCaches(false);
        return connection.getInputStream();
    }
}
