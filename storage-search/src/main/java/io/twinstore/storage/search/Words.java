package io.twinstore.storage.search;

import io.twinstore.storage.Json;
import io.twinstore.storage.SearchLanguage;
import io.twinstore.storage.spi.JsonReader;
import io.twinstore.storage.spi.JsonReader.Token;

/**
 * Finds the words of texts: those in ASCII the fast way, and only what holds more, from one white
 * space to another, by all of Unicode's rules. Not for use by several threads.
 */
final class Words {

    private final AsciiWords ascii;
    private final UnicodeWords unicode;

    Words(SearchLanguage language) {
        TermCache terms = new TermCache(language);
        Breaks breaks = new Breaks(language);
        this.ascii = new AsciiWords(terms, breaks);
        this.unicode = new UnicodeWords(terms, breaks);
    }

    /** Is told the words of each string value, and where the value ends. */
    interface ValueSink extends WordSink {

        /**
         * A string value follows.
         *
         * @param text what the offsets of its words are meant in
         * @param from where the value starts in it
         * @param to where it ends
         */
        void value(String text, int from, int to);
    }

    /** Tells the words of all string values of a document, in its order; names are none. */
    void read(Json document, ValueSink sink) {
        JsonReader reader = JsonReader.of(document);
        for (Token token = reader.next(); token != Token.NONE; token = reader.next()) {
            if (token != Token.STRING) {
                continue;
            }
            if (reader.escaped()) {
                String value = reader.string();
                readValue(value, 0, value.length(), sink);
            } else {
                readValue(document.text(), reader.start() + 1, reader.end() - 1, sink);
            }
        }
    }

    private void readValue(String text, int from, int to, ValueSink sink) {
        sink.value(text, from, to);
        read(text, from, to, sink);
    }

    /** Tells the words of a part of a text. */
    void read(String text, int from, int to, WordSink sink) {
        int done = from;
        while (done < to) {
            int odd = firstOdd(text, done, to);
            if (odd == to) {
                ascii.read(text, done, to, sink);
                return;
            }
            int start = spaceBefore(text, odd, done);
            ascii.read(text, done, start, sink);
            done = oddEnd(text, odd, to);
            unicode.read(text, start, done, sink);
        }
    }

    /** Tells the words by all of Unicode's rules: what {@link #read} must tell as well. */
    void readSlowly(String text, int from, int to, WordSink sink) {
        unicode.read(text, from, to, sink);
    }

    private static int firstOdd(String text, int from, int to) {
        int i = from;
        while (i < to && Breaks.isSimple(text.charAt(i))) {
            i++;
        }
        return i;
    }

    /** Where what has no white space in it starts that this offset is in. */
    private static int spaceBefore(String text, int at, int from) {
        int i = at;
        while (i > from && !isSpace(text.charAt(i - 1))) {
            i--;
        }
        return i;
    }

    /** Behind all words, each parted by one white space, that hold an odd character. */
    private static int oddEnd(String text, int odd, int to) {
        int end = spaceAfter(text, odd, to);
        while (end < to) {
            int next = spaceAfter(text, end + 1, to);
            if (firstOdd(text, end + 1, next) == next) {
                return end;
            }
            end = next;
        }
        return end;
    }

    private static int spaceAfter(String text, int at, int to) {
        int i = at;
        while (i < to && !isSpace(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }
}
