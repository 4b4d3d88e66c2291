package io.twinstore.storage;

/**
 * Orders text by code point. {@link String#compareTo} orders by UTF-16 unit, which puts emoji
 * before U+E000.
 */
final class CodePoints {

    private CodePoints() {}

    static int compare(String left, String right) {
        int shared = Math.min(left.length(), right.length());
        for (int i = 0; i < shared; i++) {
            char l = left.charAt(i);
            char r = right.charAt(i);
            if (l != r) {
                boolean alike = Character.isSurrogate(l) == Character.isSurrogate(r);
                return alike ? Character.compare(l, r) : (Character.isSurrogate(l) ? 1 : -1);
            }
        }
        return Integer.compare(left.length(), right.length());
    }
}
