package io.twinstore.storage.cli;

/**
 * A little colour, or none.
 *
 * @param colour whether to use any
 */
record Style(boolean colour) {

    String bold(String text) {
        return paint("1", text);
    }

    String dim(String text) {
        return paint("2", text);
    }

    String green(String text) {
        return paint("32", text);
    }

    String red(String text) {
        return paint("31", text);
    }

    String cyan(String text) {
        return paint("36", text);
    }

    /** Gives each speaker of a conversation a colour of its own. */
    String role(String role, String text) {
        return switch (role) {
            case "user" -> paint("1;36", text);
            case "assistant" -> paint("1;32", text);
            case "tool", "function" -> paint("33", text);
            default -> dim(text);
        };
    }

    private String paint(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
