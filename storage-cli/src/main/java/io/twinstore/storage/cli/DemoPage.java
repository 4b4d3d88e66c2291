package io.twinstore.storage.cli;

import io.twinstore.storage.Membership;
import io.twinstore.storage.Session;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints what the demo did, for a person. */
final class DemoPage {

    private final Terminal terminal;
    private final Layout page;
    private final Style style;

    DemoPage(Terminal terminal) {
        this.terminal = terminal;
        page = new Layout(terminal);
        style = page.style();
    }

    void print(DemoOutcome outcome) {
        page.line("");
        page.opened(outcome.info());
        page.line("");
        steps(outcome);
        conversation(outcome);
        sessions(outcome);
        next(outcome);
    }

    private void steps(DemoOutcome outcome) {
        Session session = outcome.session();
        done("Config", outcome.config().name() + "  " + style.dim(outcome.config().id().value()));
        done("Session", style.bold(session.id().value()) + ", owned by " + session.owner());
        done("Transcript", appended(outcome));
        Followed followed = outcome.followed();
        if (followed != null) {
            done(
                    "Followed",
                    "live by a second process: all of them once, in order, "
                            + Layout.time(followed.delay())
                            + " after each append (median)");
        }
        if (outcome.sentTwice()) {
            done("Sent twice", "message 1 again with its key: kept once");
        }
        done(
                "Participants",
                outcome.participants().stream()
                        .map(p -> p.userId() + " " + style.dim(p.role().text()))
                        .collect(Collectors.joining(", ")));
        done(
                "Read back",
                Layout.counted(outcome.readBack().count(), "message")
                        + " in "
                        + Layout.counted(outcome.readBack().pages(), "page")
                        + ", the same byte for byte");
        guarded(outcome.guarded());
    }

    private void guarded(Guarded guarded) {
        if (guarded.word() != null) {
            done(
                    "Search",
                    guarded.user()
                            + " finds "
                            + Printable.line("'" + guarded.word() + "'")
                            + " in "
                            + Layout.counted(guarded.hits(), "message")
                            + (guarded.more() ? " and more" : ""));
        }
        done("Refused", guarded.user() + " may read it, and not append to it");
    }

    private static String appended(DemoOutcome outcome) {
        long count = outcome.readBack().count();
        double seconds = Math.max(1e-9, outcome.appending().toNanos() / 1e9);
        String rate = count < 2 ? "" : String.format(Locale.ROOT, ", %,.0f/s", count / seconds);
        return Layout.counted(count, "message")
                + " of "
                + Printable.line(outcome.source())
                + String.format(Locale.ROOT, " (%,d bytes)", outcome.bytes())
                + ", one by one in "
                + Layout.time(outcome.appending())
                + rate;
    }

    private void conversation(DemoOutcome outcome) {
        if (outcome.readBack().count() == 0) {
            return;
        }
        page.heading("The conversation");
        outcome.readBack().beginning().forEach(page::message);
        long left =
                outcome.readBack().count()
                        - outcome.readBack().beginning().size()
                        - outcome.readBack().end().size();
        if (left > 0) {
            page.line(
                    style.dim(
                            "   ⋮  "
                                    + Layout.counted(left, "more message")
                                    + "; "
                                    + terminal.command()
                                    + " show "
                                    + outcome.session().id()
                                    + " --all shows them"));
        }
        outcome.readBack().end().forEach(page::message);
        if (page.cut()) {
            page.line("");
            page.line(
                    style.dim("Cut to fit where … stands. The whole: ")
                            + terminal.command()
                            + " show "
                            + outcome.session().id()
                            + " --full");
        }
    }

    private void sessions(DemoOutcome outcome) {
        page.heading("Sessions of " + outcome.session().owner());
        for (Membership membership : outcome.sessions()) {
            Session session = membership.session();
            boolean thisOne = session.id().equals(outcome.session().id());
            page.line(
                    Printable.line(session.id().value())
                            + "  "
                            + membership.role().text()
                            + "  "
                            + String.format(
                                    "%14s", Layout.counted(session.messageCount(), "message"))
                            + "  "
                            + page.moment(session.createdAt())
                            + (thisOne ? style.green("  ← this run") : ""));
        }
        long left = outcome.sessionCount() - outcome.sessions().size();
        if (left > 0) {
            page.line(
                    style.dim(
                            "and "
                                    + left
                                    + " more; "
                                    + terminal.command()
                                    + " sessions lists them"));
        }
    }

    private void next(DemoOutcome outcome) {
        boolean sqlite = outcome.info().database().equals("sqlite");
        String again = terminal.command() + " demo";
        page.line("");
        page.line(style.green("Done") + " in " + Layout.time(outcome.elapsed()) + ". Try next:");
        suggest(terminal.command() + " show " + outcome.session().id().value(), "read it");
        suggest(terminal.command() + " tail " + outcome.session().id().value(), "follow it");
        suggest(terminal.command() + " sessions", "see them all");
        suggest(
                sqlite
                        ? "DATABASE_URL=postgresql://user:password@host/db " + again
                        : "DB_TYPE=sqlite " + again,
                sqlite ? "the same on PostgreSQL" : "the same on SQLite");
        page.line("");
    }

    private void suggest(String command, String what) {
        int room = page.width() - 4;
        if (command.length() + what.length() + 1 > room) {
            page.line("  " + style.dim(what + ":"));
            page.line("    " + style.cyan(command));
        } else {
            int column = Math.max(command.length(), Math.min(64, room - 24));
            page.line("  " + style.cyan(Printable.column(command, column)) + " " + style.dim(what));
        }
    }

    private void done(String label, String text) {
        page.styled(label, style.green("✓ ") + text);
    }
}
