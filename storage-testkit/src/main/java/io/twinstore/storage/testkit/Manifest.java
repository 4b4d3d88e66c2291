package io.twinstore.storage.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The list of all clauses with their texts. Kept apart from the code, so that a clause that is
 * lost, skipped or filtered out is missed.
 */
record Manifest(Map<String, String> texts) {

    private static final String RESOURCE = "clauses.txt";

    Manifest {
        texts = Collections.unmodifiableMap(new TreeMap<>(texts));
    }

    /** Returns the manifest of this kit. */
    static Manifest load() {
        try (InputStream in = Manifest.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("The kit lacks its manifest " + RESOURCE + ".");
            }
            return read(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Manifest read(BufferedReader lines) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] parts = line.split("\\s+", 2);
            if (parts.length < 2 || texts.put(parts[0], parts[1].strip()) != null) {
                throw new IllegalStateException(
                        "The manifest lists '" + parts[0] + "' twice or without a text.");
            }
        }
        return new Manifest(texts);
    }

    /** Returns what the clause promises. */
    String text(String id) {
        return texts.getOrDefault(id, "not in the manifest");
    }

    /** Returns the ids that are here and not there. */
    Set<String> missingIn(Set<String> ids) {
        Set<String> missing = new TreeSet<>(texts.keySet());
        missing.removeAll(ids);
        return missing;
    }

    /** Returns the ids that are there and not here. */
    Set<String> unknownIn(Set<String> ids) {
        Set<String> unknown = new TreeSet<>(ids);
        unknown.removeAll(texts.keySet());
        return unknown;
    }
}
