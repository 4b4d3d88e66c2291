package io.twinstore.storage.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinstore.storage.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonLinesTest {

    @Test
    void eachLineIsAMessageByteForByte() {
        assertThat(all("{ \"a\" : 1e3 }\n\"\\u0000\"\r\n\n  \t\n\t[1, 2] \nnull"))
                .containsExactly("{ \"a\" : 1e3 }", "\"\\u0000\"", "[1, 2]", "null");
        assertThat(all("")).isEmpty();
        assertThat(all("\n\n")).isEmpty();
        assertThat(all("\ufeff1\n2\n")).containsExactly("1", "2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`{}\n{\"a\":}`|line 2|column 6",
                "`\n\n  nope`|line 3|column 3",
                "`1\n\u00a02`|line 2|column 1",
                "`[1`|line 1|column 3"
            })
    void whatIsNoJsonIsNamedByItsPlace(String input, String line, String column) {
        assertThatThrownBy(() -> all(input))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith("Standard input: " + line)
                .hasMessageContaining(column);
    }

    @Test
    void aLineThatIsTooLongOrNoUtf8IsRefused() {
        JsonLines exact = new JsonLines(bytes("12345\n"), 5);
        assertThat(String.valueOf(exact.next())).contains("12345");
        assertThatThrownBy(() -> new JsonLines(bytes("123456\n"), 5).next())
                .hasMessage("Standard input: line 1 is longer than 5 bytes.");
        InputStream broken = new ByteArrayInputStream(new byte[] {'"', (byte) 0xff, '"'});
        assertThatThrownBy(() -> new JsonLines(broken).next())
                .hasMessage("Standard input: line 1 is not text in UTF-8.");
    }

    /** A producer that writes line by line must not wait for its next line to have one kept. */
    @Test
    void aMessageIsThereAsSoonAsItsLineIs() {
        InputStream live =
                new InputStream() {
                    private final InputStream first = bytes("1\n");

                    @Override
                    public int read() throws IOException {
                        int next = first.read();
                        if (next < 0) {
                            throw new IOException("read past the line that is there");
                        }
                        return next;
                    }

                    @Override
                    public int read(byte[] into, int offset, int length) throws IOException {
                        into[offset] = (byte) read();
                        return 1;
                    }
                };
        assertThat(new JsonLines(live).next()).isEqualTo(Json.of("1"));
    }

    private static List<String> all(String input) {
        JsonLines lines = new JsonLines(bytes(input));
        List<String> messages = new ArrayList<>();
        for (Json next = lines.next(); next != null; next = lines.next()) {
            messages.add(next.text());
        }
        return messages;
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
