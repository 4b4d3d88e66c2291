package io.twinstore.storage;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes a PostgreSQL URL apart and offers what it says as settings; what it does not say it does
 * not set.
 *
 * <p>A password with a bare {@code /}, {@code ?}, {@code #} or {@code @} in it moves the borders of
 * the parts, so that a piece of it could pass for a host or a parameter and be shown. Such a URL is
 * refused before anything in it is named.
 */
final class PostgresUrl {

    private static final Pattern SERVER =
            Pattern.compile("(?:\\[(?<v6>[^\\[\\]]+)]|(?<host>[^:\\[\\]]*))(?::(?<port>[^:]*))?");

    private final String source;
    private final boolean prefixed;
    private final Settings settings;
    private final Map<Setting, Candidate> found = new EnumMap<>(Setting.class);
    private boolean sound = true;

    private PostgresUrl(String source, boolean prefixed, Settings settings) {
        this.source = source;
        this.prefixed = prefixed;
        this.settings = settings;
    }

    /** Returns the options that a URL alone makes. */
    static StorageOptions options(String url) {
        List<String> problems = new ArrayList<>();
        Settings settings = new Settings(problems);
        DatabaseUrl parts = DatabaseUrl.of(url.strip());
        boolean sound = parts.isPostgres() && offer("the URL", false, parts, settings);
        PostgresSettings reader = new PostgresSettings(settings);
        PostgresOptions postgres = reader.postgres();
        PoolOptions pool = reader.pool();
        if (!parts.isPostgres()) {
            problems.add(
                    "The URL must be a PostgreSQL URL such as " + DatabaseUrl.POSTGRES_SHAPE + ".");
        } else if (sound) {
            reader.missing(postgres)
                    .forEach(
                            setting ->
                                    problems.add(
                                            "The URL must name a "
                                                    + setting.noun()
                                                    + ", as in "
                                                    + DatabaseUrl.POSTGRES_SHAPE
                                                    + "."));
        }
        if (!problems.isEmpty()) {
            throw new InvalidOptionsException(
                    problems.stream().map(PostgresUrl::capitalised).toList());
        }
        return StorageOptions.builder().postgres(postgres).pool(pool).build();
    }

    /**
     * Offers what the URL says.
     *
     * @param source what to call the URL in messages
     * @return whether it was sound; otherwise the problems are with the settings
     */
    static boolean offer(String source, boolean prefixed, DatabaseUrl url, Settings settings) {
        PostgresUrl reader = new PostgresUrl(source, prefixed, settings);
        reader.read(url);
        reader.found.forEach(settings::offer);
        return reader.sound;
    }

    private void read(DatabaseUrl url) {
        String rest = url.rest();
        if (!rest.startsWith("//")) {
            refuse(source + " must have the form " + DatabaseUrl.POSTGRES_SHAPE + ".");
            return;
        }
        int end = firstOf(rest, "/?#", 2);
        String authority = rest.substring(2, end);
        String tail = rest.substring(end);
        if (tail.indexOf('@') >= 0 || tail.indexOf('#') >= 0) {
            refuse(
                    source
                            + " has an '@' or a '#' after the host: in the user and the password write"
                            + " '@' as %40, '/' as %2F, '?' as %3F, '#' as %23.");
            return;
        }
        readAuthority(authority);
        int query = tail.indexOf('?');
        String path = query < 0 ? tail : tail.substring(0, query);
        set(Setting.DATABASE, path.isEmpty() ? "" : path.substring(1), true);
        if (query >= 0) {
            readParameters(tail.substring(query + 1), url.jdbc());
        }
    }

    private void readAuthority(String authority) {
        int at = authority.lastIndexOf('@');
        if (at >= 0) {
            String[] userAndPassword = authority.substring(0, at).split(":", 2);
            set(Setting.USER, userAndPassword[0], true);
            set(Setting.PASSWORD, userAndPassword.length == 2 ? userAndPassword[1] : "", false);
        }
        String server = authority.substring(at + 1);
        if (server.indexOf(',') >= 0) {
            refuse(
                    source
                            + " names several hosts, and Twinstore writes to a single primary:"
                            + " name one, or put a proxy or a DNS name before them.");
            return;
        }
        Matcher parts = SERVER.matcher(server);
        if (!parts.matches()) {
            refuse(
                    source
                            + " must have the form "
                            + DatabaseUrl.POSTGRES_SHAPE
                            + ", an IPv6 address in brackets, as in //[::1]:5432/database.");
            return;
        }
        String host = parts.group("v6") == null ? parts.group("host") : parts.group("v6");
        String port = parts.group("port");
        set(Setting.HOST, host, true);
        readPort(host, port == null ? "" : port, at >= 0);
    }

    /**
     * Who names a host names its port, too: no other variable's port is meant for it. Without a
     * user before it, what looks like a port may be the password of a URL that lacks its host.
     */
    private void readPort(String host, String port, boolean afterUser) {
        boolean standard = port.isEmpty() && !host.isEmpty();
        set(
                Setting.PORT,
                standard ? String.valueOf(PostgresOptions.DEFAULT_PORT) : port,
                standard || afterUser);
    }

    private void readParameters(String query, boolean jdbc) {
        PostgresUrlParameters parameters = new PostgresUrlParameters(source);
        for (String parameter : query.split("&", -1)) {
            String[] pair = parameter.split("=", 2);
            String value = pair.length == 2 ? pair[1] : "";
            parameters
                    .read(pair[0], value, this::refuse)
                    .ifPresent(
                            setting ->
                                    set(
                                            setting,
                                            jdbc ? value.replace('+', ' ') : value,
                                            !setting.secret()));
        }
    }

    private void set(Setting setting, String encoded, boolean visible) {
        String value = PercentCoding.decode(encoded).orElse(null);
        if (value == null) {
            refuse(
                    "The "
                            + setting.noun()
                            + " in "
                            + source
                            + " has a '%' that does not begin a percent-encoded"
                            + " character; write '%' as %25.");
        } else if (!value.isEmpty()) {
            Candidate candidate =
                    new Candidate(source, value, true, prefixed, visible && !setting.secret());
            Candidate earlier = found.put(setting, candidate);
            if (earlier != null && !setting.same(earlier.value(), value)) {
                refuse(source + " sets the " + setting.noun() + " twice, to different values.");
            }
        }
    }

    private void refuse(String sentence) {
        sound = false;
        settings.problem(sentence);
    }

    private static String capitalised(String sentence) {
        return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }

    private static int firstOf(String text, String stops, int from) {
        int at = from;
        while (at < text.length() && stops.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }
}
