package io.twinstore.storage.cli;

/** What the command's exit code says; the list in {@code storage --help} repeats it. */
final class ExitCode {

    static final int OK = 0;

    /** A fault that no other code names; {@code --stacktrace} shows where. */
    static final int UNEXPECTED = 1;

    /** The command line cannot be understood. */
    static final int USAGE = 2;

    /** The environment does not say which database to open. */
    static final int OPTIONS = 3;

    /** The database cannot be reached, refuses the sign-in, is busy or was lost. */
    static final int UNAVAILABLE = 4;

    /** There is no database, or one that this version cannot work with. */
    static final int SCHEMA = 5;

    /** The input was refused: nothing with that id, a value out of bounds, an unusable file. */
    static final int REFUSED = 6;

    private ExitCode() {}
}
