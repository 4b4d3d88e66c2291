package io.twinstore.storage.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The {@code storage} command.
 *
 * <p>picocli reflects over this class and those of the subcommands at every start, {@code --help}
 * included; so none of them has a type of the library, of an adapter or of a driver in a field or
 * signature. What does the work is loaded when it is called.
 */
@Command(
        name = "storage",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = VersionText.class,
        usageHelpWidth = 96,
        sortOptions = false,
        descriptionHeading = "%n",
        optionListHeading = "Options:%n",
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Done.",
            "1:An unexpected fault; --stacktrace (or STORAGE_DEBUG=1) shows where.",
            "2:The command line cannot be understood.",
            "3:The environment does not say which database to open, or contradicts itself.",
            "4:The database cannot be reached, refuses the sign-in, is busy or was lost.",
            "5:There is no database yet, or one that is damaged or that this version cannot work with.",
            "6:The input was refused: no such session, a value out of bounds, an unequal move."
        })
public final class StorageCommand {

    private static final String[] DESCRIPTION = {
        "Sessions and their transcripts, on SQLite or PostgreSQL.", ""
    };

    private static final String[] FOOTER = {
        "",
        "Environment:",
        "  DB_TYPE           sqlite (the default) or postgresql",
        "  SQLITE_DB_PATH    the file; db/database.db by default",
        "  DATABASE_URL      postgresql://user:password@host:port/database?sslmode=require",
        "  POSTGRES_HOST, POSTGRES_PORT, POSTGRES_DB, POSTGRES_USER, POSTGRES_PASSWORD,",
        "  POSTGRES_SCHEMA   the same in parts; the schema is twinstore by default",
        "  STORAGE_SEARCH    english, neutral or off; as the database has it by default",
        "  STORAGE_LEGACY    upgrade: upgrade a SQLite file of an earlier program at opening",
        "  NO_COLOR          print without colours",
        "  Each of the database's variables may carry the prefix TWINSTORE_, which then wins.",
    };

    private final Terminal terminal;

    @Option(
            names = "--stacktrace",
            scope = ScopeType.INHERIT,
            description = "Show where a fault arose.")
    private boolean stacktrace;

    private StorageCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(run(Terminal.ofProcess(), args));
    }

    /** Runs the command in these surroundings and returns its exit code. */
    static int run(Terminal terminal, String... args) {
        int code = new StorageCommand(terminal).execute(args);
        String fault = terminal.finish();
        return fault == null || code != ExitCode.OK
                ? code
                : new ErrorReport(terminal, false).lostOutput(fault);
    }

    private int execute(String... args) {
        try {
            return commandLine().execute(args);
        } catch (Error e) {
            // picocli hands on exceptions only.
            return new ErrorReport(terminal, stacktrace || terminal.debug()).report(e);
        }
    }

    private CommandLine commandLine() {
        Ansi ansi = terminal.style().colour() ? Ansi.ON : Ansi.OFF;
        CommandLine line = new CommandLine(this);
        line.addSubcommand(new DemoCommand(terminal));
        line.addSubcommand(new SessionsCommand(terminal));
        line.addSubcommand(new SearchCommand(terminal));
        line.addSubcommand(new ContainsCommand(terminal));
        line.addSubcommand(new ShowCommand(terminal));
        line.addSubcommand(new AppendCommand(terminal));
        line.addSubcommand(new TailCommand(terminal));
        line.addSubcommand(new AppsCommand(terminal));
        line.addSubcommand(new SettingsCommand(terminal));
        line.addSubcommand(new UsersCommand(terminal));
        line.addSubcommand(new CleanupCommand(terminal));
        line.addSubcommand(new UpgradeCommand(terminal));
        line.addSubcommand(new DowngradeCommand(terminal));
        line.addSubcommand(new PlanCommand(terminal));
        line.addSubcommand(new MigrateCommand(terminal));
        line.addSubcommand(new VerifyCommand(terminal));
        line.addSubcommand(new QuarantineCommand(terminal));
        line.addSubcommand(new FixCommand(terminal));
        line.addSubcommand(new ForgetCommand(terminal));
        line.addSubcommand(new ReverseCommand(terminal));
        line.addSubcommand(new BackupCommand(terminal));
        line.addSubcommand(new RestoreCommand(terminal));
        line.addSubcommand(new DoctorCommand(terminal));
        line.addSubcommand(new CommandLine.HelpCommand());
        line.getCommandSpec().usageMessage().description(DESCRIPTION).footer(FOOTER);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(ansi))
                .setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler(this::misunderstood)
                .setExecutionExceptionHandler(
                        (failure, command, parsed) ->
                                new ErrorReport(terminal, stacktrace || terminal.debug())
                                        .report(failure));
        return line;
    }

    private int misunderstood(ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        if (args.length == 0) {
            command.usage(command.getErr());
            return ExitCode.USAGE;
        }
        PrintWriter err = command.getErr();
        err.println(terminal.style().red("storage:") + " " + Printable.line(problem(failure)));
        if (failure instanceof UnmatchedArgumentException unmatched) {
            unmatched.getSuggestions().stream()
                    .limit(1)
                    .forEach(known -> err.println("  Did you mean '" + known + "'?"));
        }
        if (bogusCommand(failure) != null) {
            err.println("  Commands: " + String.join(", ", command.getSubcommands().keySet()));
        }
        String name = command.getCommandSpec().qualifiedName().substring("storage".length());
        err.println("  Try '" + terminal.command() + name + " --help'.");
        return ExitCode.USAGE;
    }

    private static String problem(ParameterException failure) {
        String bogus = bogusCommand(failure);
        return bogus == null ? message(failure) : "'" + bogus + "' is no command.";
    }

    /** Returns what stands where a command should, or null when something else is wrong. */
    private static @Nullable String bogusCommand(ParameterException failure) {
        return failure.getCommandLine().getParent() == null
                        && failure instanceof UnmatchedArgumentException unmatched
                        && !unmatched.getUnmatched().get(0).startsWith("-")
                ? unmatched.getUnmatched().get(0)
                : null;
    }

    private static String message(ParameterException failure) {
        String message = String.valueOf(failure.getMessage());
        String plain =
                message.startsWith("Error: ") ? message.substring("Error: ".length()) : message;
        // What picocli adds about the class that refused a value is no help at a prompt.
        return plain.replaceFirst("(?s) to Path \\(java\\..*", " to a path");
    }
}
