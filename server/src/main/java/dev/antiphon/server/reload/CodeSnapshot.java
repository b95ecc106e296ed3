package dev.antiphon.server.reload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The files of some folders at one moment, in memory: a build that goes on cannot mix two versions. Immutable.
 */
public final class CodeSnapshot {
    private static final String CLASS = ".class";

    private final Map<String, byte[]> files;
    private final String fingerprint;

    private CodeSnapshot(Map<String, byte[]> files) {
        this.files = files;
        this.fingerprint = hash(files);
    }

    /**
     * Reads all files of these folders and of those in them; of two with the same path, the one of the earlier folder. A folder that
     * is not there has no files.
     *
     * @throws UncheckedIOException when a file is there but cannot be read
     */
    public static CodeSnapshot of(List<Path> folders) {
        Map<String, byte[]> files = new TreeMap<>();
        folders.forEach(folder -> readInto(files, folder));
        return new CodeSnapshot(files);
    }

    private static void readInto(Map<String, byte[]> files, Path folder) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    String path = folder.relativize(file).toString().replace('\\', '/');
                    if (attributes.isRegularFile() && !files.containsKey(path)) {
                        try {
                            files.put(path, Files.readAllBytes(file));
                        } catch (NoSuchFileException gone) {
                            // Deleted since it was listed; its deletion is the next change.
                            return FileVisitResult.CONTINUE;
                        }
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
                    if (problem instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw problem;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException problem) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + folder + " must be readable, but is not: " + e, e);
        }
    }

    /** The internal names of its classes. */
    Set<String> classes() {
        return files.keySet().stream()
                .filter(path -> path.endsWith(CLASS))
                .map(path -> path.substring(0, path.length() - CLASS.length()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The classes that this one needs, itself among them, by internal name; those that are kept, and what only they need, are not. */
    Map<String, ClassFile> neededBy(String internalName, Set<String> kept) {
        Set<String> known = classes();
        Map<String, ClassFile> needed = new TreeMap<>();
        Deque<String> open = new ArrayDeque<>(List.of(internalName));
        while (!open.isEmpty()) {
            String name = open.remove();
            Optional<byte[]> bytes = classFile(name);
            if (bytes.isPresent() && !kept.contains(name) && !needed.containsKey(name)) {
                ClassFile file = ClassFile.read(bytes.get());
                needed.put(name, file);
                known.stream().filter(file::mentions).forEach(open::add);
            }
        }
        return needed;
    }

    /** A file by its path with slashes; the bytes must not be changed. */
    Optional<byte[]> file(String path) {
        return Optional.ofNullable(files.get(path));
    }

    /** The bytes of a class by its internal name; they must not be changed. */
    Optional<byte[]> classFile(String internalName) {
        return file(internalName + CLASS);
    }

    /** The same for the same paths and contents. */
    String fingerprint() {
        return fingerprint;
    }

    private static String hash(Map<String, byte[]> files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.forEach((path, bytes) -> {
                digest.update((path + "\n" + bytes.length + "\n").getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform must have SHA-256", e);
        }
    }
}
