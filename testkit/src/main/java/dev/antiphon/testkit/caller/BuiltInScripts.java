package dev.antiphon.testkit.caller;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The scripts that come with the kit, written for a bot that books visits to a clinic. */
public final class BuiltInScripts {
    private static final List<String> NAMES = List.of(
            "happy", "all-at-once", "correction", "time-taken", "faq", "cancel", "escalation", "barge-in", "silence");

    private static final Map<String, CallerScript> LOADED = new ConcurrentHashMap<>();

    private BuiltInScripts() {}

    /** The names, in the order in which they are best tried. */
    public static List<String> names() {
        return NAMES;
    }

    /** All scripts, in the order of {@link #names()}. */
    public static List<CallerScript> all() {
        return NAMES.stream().map(BuiltInScripts::loaded).toList();
    }

    /** The script of a name; empty when there is none. */
    public static Optional<CallerScript> named(String name) {
        return NAMES.contains(name) ? Optional.of(loaded(name)) : Optional.empty();
    }

    private static CallerScript loaded(String name) {
        return LOADED.computeIfAbsent(name, BuiltInScripts::load);
    }

    private static CallerScript load(String name) {
        String file = name + ".yaml";
        try (InputStream stream = BuiltInScripts.class.getResourceAsStream("scripts/" + file)) {
            if (stream == null) {
                throw new IllegalStateException("the kit must contain scripts/" + file + ", but does not");
            }
            return ScriptFile.parse(file, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
