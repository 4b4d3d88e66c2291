package io.twinstore.storage;

/**
 * A value that someone gave for a setting.
 *
 * @param source the variable that holds it, with its prefix if it has one, or what else to call the
 *     place
 * @param value the value, decoded
 * @param fromUrl whether it is only a part of what the source holds
 * @param prefixed whether the source is meant for Twinstore alone
 * @param visible whether a message may show it
 */
record Candidate(String source, String value, boolean fromUrl, boolean prefixed, boolean visible) {

    static Candidate variable(Environment.Variable variable, boolean secret) {
        return new Candidate(
                variable.name(), variable.value(), false, variable.prefixed(), !secret);
    }

    /** Returns what a sentence about the value begins with. */
    String subject(Setting setting) {
        return fromUrl ? "The " + setting.noun() + " in " + source : source;
    }

    /** Returns the end of a sentence: what the value was. */
    String was() {
        return visible
                ? Shown.was(value)
                : "; its value is not shown, since it may hold a password.";
    }

    /** Returns the source, with the value where it may be seen. */
    String sourceAndValue() {
        return visible && !Shown.mayHoldSecret(value)
                ? source + " (" + Shown.quoted(value) + ")"
                : source;
    }

    @Override
    public String toString() {
        return sourceAndValue();
    }
}
