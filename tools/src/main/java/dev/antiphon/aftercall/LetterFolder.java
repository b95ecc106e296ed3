package dev.antiphon.aftercall;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Letters as files of a folder, one each, written whole or not at all, readable by their owner only where the file system knows owners.
 * One process has the folder at a time. Thread-safe; blocks.
 */
public final class LetterFolder implements LetterBox {
    private static final Logger LOG = LoggerFactory.getLogger(LetterFolder.class);
    private static final String ENDING = ".json";
    private static final int LONGEST_NAME = 80;

    private final Path folder;
    private final FileChannel lock;

    private LetterFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * The letters in this folder, which is made when it is not there.
     *
     * @throws UnusableFolder when nothing can be written there, or another process has it
     */
    public static LetterFolder at(Path folder) {
        try {
            Files.createDirectories(folder, owner(folder, "rwx------"));
            FileChannel channel =
                    FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                channel.close();
                throw new UnusableFolder(folder, "another process has it", Optional.empty());
            }
            return new LetterFolder(folder, channel);
        } catch (IOException e) {
            throw new UnusableFolder(folder, "nothing can be kept there", Optional.of(e));
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return Optional.<FileLock>ofNullable(channel.tryLock()).isPresent();
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static FileAttribute<?>[] owner(Path place, String rights) {
        boolean known = place.getFileSystem().supportedFileAttributeViews().contains("posix");
        return known
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))}
                : new FileAttribute<?>[0];
    }

    @Override
    public void keep(Letter letter) throws IOException {
        Path file = file(letter.key());
        Path draft = Files.createTempFile(folder, ".letter", ".tmp", owner(folder, "rw-------"));
        try {
            Files.writeString(draft, LetterJson.whole(letter).toString(), StandardCharsets.UTF_8);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(draft);
            throw e;
        }
    }

    @Override
    public void remove(String key) throws IOException {
        Files.deleteIfExists(file(key));
    }

    @Override
    public Optional<Letter> find(String key) {
        return read(file(key)).filter(letter -> letter.key().equals(key));
    }

    @Override
    public List<Letter> all() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(ENDING))
                    .flatMap(file -> read(file).stream())
                    .sorted(Comparator.comparing(Letter::since))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is no letter stays where it is, for people to look at. */
    private static Optional<Letter> read(Path file) {
        try {
            Optional<Letter> letter = LetterJson.read(Files.readAllBytes(file));
            if (letter.isEmpty()) {
                LOG.warn("{} holds no letter; it is passed over", file);
            }
            return letter;
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        } catch (IOException unreadable) {
            LOG.warn("{} cannot be read; it is passed over", file);
            return Optional.empty();
        }
    }

    /** Readable for people, and different for different keys. */
    private Path file(String key) {
        String readable = key.replaceAll("[^A-Za-z0-9_-]", "-");
        String name = readable.substring(0, Math.min(readable.length(), LONGEST_NAME));
        return folder.resolve(name + "-" + UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)) + ENDING);
    }

    @Override
    public boolean isLasting() {
        return true;
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            LOG.warn("the lock of {} could not be given back", folder);
        }
    }

    /** The folder. */
    @Override
    public String toString() {
        return folder.toString();
    }
}
