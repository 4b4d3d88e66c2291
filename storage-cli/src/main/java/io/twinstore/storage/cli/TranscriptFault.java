package io.twinstore.storage.cli;

import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says what is wrong with a transcript at a place where it cannot be read on.
 *
 * @param rest the source from the end of the last message that could be read, or from the array's
 *     bracket
 * @param line the line in which that starts
 * @param column the column in which that starts
 */
record TranscriptFault(String rest, int line, int column) {

    private static final Pattern PLACE =
            Pattern.compile("line \\d+, column \\d+ \\(offset (\\d+)\\)");

    /**
     * Returns the sentence that follows the file's name.
     *
     * @param messages how many messages could be read
     * @param ended whether the array's end was read, too
     */
    String inOrAfter(long messages, boolean ended) {
        int at = visible(0);
        if (ended) {
            int extra = visible(at < rest.length() && rest.charAt(at) == ']' ? at + 1 : at);
            return " goes on after the end of the array" + place(extra) + ".";
        }
        boolean comma = at < rest.length() && rest.charAt(at) == ',';
        if (messages > 0 && at < rest.length() && !comma) {
            return ": a comma or ']' is missing after message " + messages + place(at) + ".";
        }
        int next = comma ? visible(at + 1) : at;
        if (next == rest.length()) {
            String last = messages == 0 ? "before the first message" : "after message " + messages;
            return " ends " + last + ", without ']'.";
        }
        if (comma && (messages == 0 || rest.charAt(next) == ']')) {
            long missing = messages + 1;
            return ": message "
                    + missing
                    + " is missing"
                    + place(rest.charAt(next) == ']' ? next : at)
                    + ".";
        }
        return inMessage(messages + 1, next);
    }

    private String inMessage(long number, int from) {
        String which = ": message " + number;
        try {
            Json.of(rest.substring(from));
        } catch (InvalidValueException e) {
            return which + refusal(e, from);
        }
        return which + place(from) + " is not JSON.";
    }

    /**
     * Returns what follows "message 7", with the place in the file rather than in the message.
     *
     * @param from where the message starts in the source
     */
    String refusal(InvalidValueException e, int from) {
        return " must be " + inFile(e, from) + ".";
    }

    private String inFile(InvalidValueException e, int from) {
        Matcher found = PLACE.matcher(e.bound());
        if (!found.find()) {
            return e.bound();
        }
        int offset = from + Integer.parseInt(found.group(1));
        return found.replaceFirst(Matcher.quoteReplacement(position(offset)));
    }

    private int visible(int from) {
        int at = from;
        while (at < rest.length() && " \t\r\n".indexOf(rest.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    private String place(int offset) {
        return " (" + position(offset) + ")";
    }

    private String position(int offset) {
        String before = rest.substring(0, offset);
        int lineStart = before.lastIndexOf('\n') + 1;
        long lines = before.chars().filter(c -> c == '\n').count();
        long from = lines == 0 ? column : 1;
        return "line " + (line + lines) + ", column " + (from + offset - lineStart);
    }
}
