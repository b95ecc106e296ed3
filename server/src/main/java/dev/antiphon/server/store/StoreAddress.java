package dev.antiphon.server.store;

import dev.antiphon.tool.Secret;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Where calls are stored. User and password are never part of what people see.
 *
 * @param url for JDBC, without user and password
 * @param user of the database; empty when it needs none
 * @param password its password, see {@link #toString}
 * @param shown the place, for people
 */
public record StoreAddress(String url, String user, String password, String shown) {
    /** The user of a PostgreSQL database. */
    public static final String USER = "ANTIPHON_STORE_USER";

    /** Its password: never on the command line, which others can read. */
    public static final String PASSWORD = "ANTIPHON_STORE_PASSWORD";

    private static final String POSTGRES = "jdbc:postgresql:";
    private static final String FILE = "jdbc:h2:file:";
    private static final String OPTIONS = ";DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH";
    private static final String SETTINGS = ";MODE=PostgreSQL";
    private static final String STAYS = ";DB_CLOSE_DELAY=-1";
    private static final Pattern CREDENTIALS = Pattern.compile("(?i)[?&](user|password)=|//[^/?]*@");

    /** A file beside which H2 keeps its own; several processes of this machine can use it at once. */
    public static StoreAddress file(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        if (absolute.toString().contains(";")) {
            throw new IllegalArgumentException("the store's file must have no ';' in its name, but was " + file);
        }
        return new StoreAddress(FILE + absolute + ";AUTO_SERVER=TRUE" + SETTINGS + OPTIONS, "", "", file.toString());
    }

    /** A database of its own in memory, for tests; it lives as long as this process. */
    public static StoreAddress inMemory() {
        return new StoreAddress("jdbc:h2:mem:" + UUID.randomUUID() + STAYS + SETTINGS + OPTIONS, "", "", "memory");
    }

    /** A PostgreSQL database, version 12 or newer. */
    public static StoreAddress postgres(String url, String user, String password) {
        if (!url.startsWith(POSTGRES + "//")) {
            throw new IllegalArgumentException(
                    "the store must be a file or jdbc:postgresql://HOST/DATABASE, but was '" + shown(url) + "'");
        }
        if (CREDENTIALS.matcher(url).find()) {
            throw new IllegalArgumentException("the store's address must have no user and no password; put them into "
                    + USER + " and " + PASSWORD);
        }
        return new StoreAddress(url, user, password, url);
    }

    /**
     * What a user wrote: {@code none}, a file, or {@code jdbc:postgresql://HOST/DATABASE} with {@value #USER} and {@value #PASSWORD}
     * of the environment. Empty: nothing is stored.
     */
    public static Optional<StoreAddress> parse(String text, Map<String, String> environment) {
        String trimmed = text.strip();
        if (trimmed.isEmpty()) {
            throw new IllegalArgumentException("the store must be none, a file or jdbc:postgresql://…, but was empty");
        }
        if (trimmed.toLowerCase(Locale.ROOT).equals("none")) {
            return Optional.empty();
        }
        if (trimmed.startsWith("jdbc:") || trimmed.contains("://")) {
            return Optional.of(postgres(
                    trimmed,
                    environment.getOrDefault(USER, ""),
                    Secret.in(environment, PASSWORD).map(Secret::reveal).orElse("")));
        }
        return Optional.of(file(Path.of(trimmed)));
    }

    /** The file that H2 keeps; empty for what is none. */
    public Optional<Path> file() {
        return url.startsWith(FILE)
                ? Optional.of(Path.of(url.substring(FILE.length(), url.indexOf(';')) + ".mv.db"))
                : Optional.empty();
    }

    /** For H2, the address of a user who may change no settings of the database. */
    String urlOfReader() {
        return isPostgres() ? url : url.replace(SETTINGS, "").replace(STAYS, "");
    }

    /** Whether it is PostgreSQL; else H2. */
    public boolean isPostgres() {
        return url.startsWith(POSTGRES);
    }

    private static String shown(String url) {
        return CREDENTIALS.matcher(url).find() ? "jdbc:…" : url;
    }

    /** Without user and password. */
    @Override
    public String toString() {
        return shown;
    }
}
