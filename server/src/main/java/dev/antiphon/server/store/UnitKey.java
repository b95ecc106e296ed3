package dev.antiphon.server.store;

import dev.antiphon.experiment.KeyedHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.UnaryOperator;

/**
 * Makes of callers' ids hashes that only the holder of the key could make: HMAC-SHA256 in hexadecimal. Whoever loses the key can
 * no longer tell that a caller has called before. Thread-safe.
 */
public final class UnitKey implements UnaryOperator<String> {
    private static final int BYTES = 32;

    private final KeyedHash hash;

    private UnitKey(byte[] key) {
        this.hash = new KeyedHash(key);
    }

    /** A key of at least 16 characters. */
    public static UnitKey of(String secret) {
        if (secret.length() < 16) {
            throw new IllegalArgumentException(
                    "the key of callers' hashes must have 16 characters or more, but has " + secret.length());
        }
        return new UnitKey(secret.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The key in this file; made, for its owner's eyes only, when there is none.
     *
     * @throws UncheckedIOException when it can be neither read nor made
     */
    public static UnitKey keptIn(Path file) {
        try {
            if (!Files.exists(file)) {
                make(file);
            }
            return new UnitKey(HexFormat.of().parseHex(Files.readString(file).strip()));
        } catch (IOException e) {
            throw new UncheckedIOException("the key of callers' hashes cannot be kept in " + file, e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the key of callers' hashes must be hexadecimal, but " + file + " holds something else", e);
        }
    }

    private static void make(Path file) throws IOException {
        byte[] fresh = new byte[BYTES];
        new SecureRandom().nextBytes(fresh);
        Files.createDirectories(file.toAbsolutePath().resolveSibling(""));
        Path draft = Files.createTempFile(file.toAbsolutePath().resolveSibling(""), ".unit", ".tmp");
        try {
            if (Files.getFileStore(draft).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-------"));
            }
            Files.writeString(draft, HexFormat.of().formatHex(fresh) + "\n");
            Files.move(draft, file);
        } catch (FileAlreadyExistsException another) {
            // Another process was faster: its key is the key.
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    @Override
    public String apply(String caller) {
        return hash.apply(caller);
    }
}
