package dev.antiphon.server.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of an H2 store. When it is deleted or replaced, H2 goes on writing to the one that nobody can open again; here that is noticed, and
 * all of it is copied to where it can be found. Holds a connection, so that the database that was opened stays open. A store without a
 * file is always well. For one thread.
 */
final class StoreFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StoreFile.class);
    private static final String ENDING = ".mv.db";
    private static final int ANSWERS_SECONDS = 2;

    private final StoreDatabase database;
    private final InstantSource clock;
    private final Optional<Path> file;
    private @Nullable Connection connection;
    private Optional<Object> opened = Optional.empty();

    StoreFile(StoreDatabase database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        this.file = database.address().file();
    }

    /** Remembers which file the database has; called when it is open. */
    void open() {
        if (file.isEmpty()) {
            return;
        }
        close();
        StoreAddress address = database.address();
        try {
            connection = DriverManager.getConnection(address.url(), address.user(), address.password());
        } catch (SQLException e) {
            throw new StoreUnavailable(address, e);
        }
        opened = key(file.get());
    }

    /** Connects again when the database was closed since, as it is when the process ends that served it to this one. */
    void renew() {
        Connection held = connection;
        if (held != null && trouble().isEmpty() && !answers(held)) {
            open();
        }
    }

    /** What is wrong with the file, in one line; empty when nothing is. */
    Optional<String> trouble() {
        if (file.isEmpty() || connection == null) {
            return Optional.empty();
        }
        Optional<Object> now = key(file.get());
        if (now.isEmpty()) {
            return Optional.of("its file " + file.get() + " was deleted or moved away");
        }
        return now.equals(opened)
                ? Optional.empty()
                : Optional.of("another file took the place of its file " + file.get());
    }

    /**
     * Copies what was stored to where it can be found: to the same place when no file is there, else beside it. Then the database is closed,
     * so that the next connection opens the file that is there.
     *
     * @throws StoreUnavailable when that is not possible now; then nothing has changed
     */
    void rescue(String trouble) {
        Path place = file.orElseThrow();
        Connection held = connection;
        if (held == null || !answers(held)) {
            LOG.error(
                    "the store {}: {}. Its database was closed by somebody else: what is not in the file that is there"
                            + " now is lost; calls are stored in that one from now on",
                    database.address(),
                    trouble);
            close();
            database.forgetConnections();
            return;
        }
        boolean gone = key(place).isEmpty();
        Path rescued = gone ? place : besides(place);
        try {
            exclusively(held, () -> copy(held, place, rescued));
        } catch (IOException | SQLException e) {
            throw new StoreUnavailable(trouble + ", and what was stored cannot be written to " + rescued + " ("
                    + (e instanceof IOException ? e.toString() : StoreDatabase.reason(e)) + "); it is tried again");
        }
        close();
        database.forgetConnections();
        if (gone) {
            LOG.error(
                    "the store {}: {} while calls were stored in it. All that was stored is in a new file at the same"
                            + " place, nothing is lost",
                    database.address(),
                    trouble);
        } else {
            LOG.error(
                    "the store {}: {}. What was stored until now is kept in {}; calls are stored in the file that is"
                            + " there now",
                    database.address(),
                    trouble,
                    rescued);
        }
    }

    /** Something that needs the database alone. */
    private interface Alone {
        void run() throws IOException, SQLException;
    }

    /** Others wait meanwhile, and lose their connections when it has gone well. */
    private static void exclusively(Connection held, Alone work) throws IOException, SQLException {
        try (Statement statement = held.createStatement()) {
            statement.execute("set exclusive 1");
            try {
                work.run();
            } catch (IOException | SQLException | RuntimeException e) {
                statement.execute("set exclusive false");
                throw e;
            }
            statement.execute("shutdown");
        }
    }

    private static void copy(Connection held, Path place, Path rescued) throws IOException, SQLException {
        Path folder = place.resolveSibling("");
        Files.createDirectories(folder);
        Path archive = Files.createTempFile(folder, ".rescue", ".zip");
        Path draft = Files.createTempFile(folder, ".rescue", ".tmp");
        // H2 copies what it finds the names of, whatever is in the files of these names.
        boolean made = rescued.equals(place) && key(place).isEmpty();
        try {
            if (made) {
                Files.createFile(place);
            }
            try (Statement statement = held.createStatement()) {
                statement.execute("backup to '" + archive.toString().replace("'", "''") + "'");
            }
            unpack(archive, draft);
            if (made) {
                Files.move(draft, place, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } else {
                Files.move(draft, rescued);
            }
        } catch (IOException | SQLException e) {
            if (made) {
                Files.deleteIfExists(place);
            }
            throw e;
        } finally {
            Files.deleteIfExists(archive);
            Files.deleteIfExists(draft);
        }
    }

    private static void unpack(Path archive, Path draft) throws IOException {
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(archive))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (entry.getName().endsWith(ENDING)) {
                    Files.copy(in, draft, StandardCopyOption.REPLACE_EXISTING);
                    return;
                }
            }
        }
        throw new IOException("the database copied nothing");
    }

    private Path besides(Path place) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        String name = String.valueOf(place.getFileName());
        return place.resolveSibling(name.substring(0, name.length() - ENDING.length()) + "-rescued-"
                + now.toString().replaceAll("[-:]", "") + ENDING);
    }

    private static boolean answers(Connection held) {
        try {
            return held.isValid(ANSWERS_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }

    /** What tells one file from another; where the system has nothing of the kind, whether there is one. */
    private static Optional<Object> key(Path file) {
        try {
            Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            return Optional.of(key == null ? file : key);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StoreUnavailable("its file " + file + " cannot be looked at: " + e);
        }
    }

    @Override
    public void close() {
        Connection held = connection;
        connection = null;
        if (held == null) {
            return;
        }
        try {
            held.close();
        } catch (SQLException e) {
            LOG.debug("a connection to the store {} did not close", database.address(), e);
        }
    }
}
