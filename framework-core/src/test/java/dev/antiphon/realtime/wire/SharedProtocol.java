package dev.antiphon.realtime.wire;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The provider's schema and examples, which lie beside the project. */
final class SharedProtocol {
    private SharedProtocol() {}

    static Path path(String relative) {
        Path root = Path.of(System.getProperty("antiphon.shared", "../shared"));
        assumeTrue(
                Files.isDirectory(root),
                () -> root.toAbsolutePath().normalize() + " is missing: the contract with the provider is not checked");
        return root.resolve("protocol").resolve(relative);
    }

    static List<Path> files(String folder, String suffix) {
        try (Stream<Path> files = Files.list(path(folder))) {
            return files.filter(f -> f.toString().endsWith(suffix)).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
