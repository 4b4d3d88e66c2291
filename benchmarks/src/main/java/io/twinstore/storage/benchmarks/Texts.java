package io.twinstore.storage.benchmarks;

import io.twinstore.storage.Json;
import io.twinstore.storage.NewMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes messages out of the words of the transcripts in a folder; the same for the same seed. */
final class Texts {

    /** A word that is in 99 of 100 messages. */
    static final String COMMON = "everywhere";

    private final List<String> words = new ArrayList<>();
    private final Random random;

    Texts(Path folder, long seed) throws IOException {
        this.random = new Random(seed);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
                collect(Json.of(Files.readString(file)).toJava());
            }
        }
        if (words.size() < 1_000) {
            throw new IllegalArgumentException("Too few words in the JSON files of " + folder);
        }
    }

    private void collect(@Nullable Object value) {
        if (value instanceof List<?> list) {
            list.forEach(this::collect);
        } else if (value instanceof Map<?, ?> map) {
            map.values().forEach(this::collect);
        } else if (value instanceof String text) {
            words.addAll(List.of(text.trim().split("\\s+")));
        }
    }

    /** Returns a message of 20 to 100 words, one after the other as in a transcript. */
    NewMessage message() {
        int length = 20 + random.nextInt(80);
        int from = random.nextInt(words.size() - length);
        StringBuilder text =
                new StringBuilder(String.join(" ", words.subList(from, from + length)));
        if (random.nextInt(100) > 0) {
            text.append(' ').append(COMMON);
        }
        text.append(" n").append(random.nextInt(50_000));
        return random.nextBoolean()
                ? NewMessage.user(text.toString())
                : NewMessage.of(
                        Json.from(Map.of("role", "assistant", "content", text.toString())).text());
    }

    /** Returns a plain word of the transcripts. */
    String word() {
        while (true) {
            String word =
                    words.get(random.nextInt(words.size())).toLowerCase(java.util.Locale.ROOT);
            if (word.matches("[a-z]{3,12}")) {
                return word;
            }
        }
    }

    /** Returns two plain words that follow each other somewhere. */
    String phrase() {
        while (true) {
            int at = random.nextInt(words.size() - 1);
            String pair = words.get(at) + " " + words.get(at + 1);
            if (pair.matches("[A-Za-z]{2,12} [A-Za-z]{2,12}")) {
                return "\"" + pair + "\"";
            }
        }
    }

    int number(int below) {
        return random.nextInt(below);
    }
}
