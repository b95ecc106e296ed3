package dev.antiphon.flow.say;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/** Patterns by key in a file beside a class: Java properties in UTF-8. */
public final class PatternFile {
    private PatternFile() {}

    /**
     * The patterns of a file.
     *
     * @throws IllegalArgumentException when it is not there
     */
    public static Map<String, String> read(Class<?> beside, String name) {
        return find(beside, name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "the file '" + name + "' must lie beside " + beside.getName() + ", but does not"));
    }

    /** The patterns of a file; empty when there is none. */
    public static Optional<Map<String, String>> find(Class<?> beside, String name) {
        try (InputStream bytes = beside.getResourceAsStream(name)) {
            if (bytes == null) {
                return Optional.empty();
            }
            Properties read = new Properties();
            read.load(new InputStreamReader(bytes, StandardCharsets.UTF_8));
            Map<String, String> patterns = new TreeMap<>();
            read.stringPropertyNames().forEach(key -> patterns.put(key, read.getProperty(key, "")));
            return Optional.of(patterns);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read '" + name + "' beside " + beside.getName(), e);
        }
    }
}
