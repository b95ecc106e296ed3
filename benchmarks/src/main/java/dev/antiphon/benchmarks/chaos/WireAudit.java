package dev.antiphon.benchmarks.chaos;

import dev.antiphon.testkit.emulator.FrameObserver;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Watches the model's lines: is every function call answered once, and does the service complain? Not thread-safe.
 *
 * <p>A function call is an orphan when it has waited for its output for longer than any tool may take, on a line in use.
 */
final class WireAudit implements FrameObserver {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final Map<String, Map<String, Instant>> waiting = new HashMap<>();
    private final Map<String, Set<String>> answered = new HashMap<>();
    private final Map<String, Integer> errors = new TreeMap<>();
    private InstantSource clock = InstantSource.system();
    private int orphans;
    private int doubleOutputs;

    /** The time in which the lines live. */
    void livesIn(InstantSource time) {
        clock = time;
    }

    @Override
    public void frame(String session, Direction direction, String json) {
        switch (direction) {
            case OUT -> fromModel(session, json);
            case IN -> toModel(session, json);
        }
        findOrphans(session);
    }

    private void findOrphans(String session) {
        Map<String, Instant> calls = waiting.getOrDefault(session, Map.of());
        if (!calls.isEmpty()) {
            Instant oldest = clock.instant().minus(LONGEST_WAIT);
            int before = calls.size();
            calls.values().removeIf(since -> since.isBefore(oldest));
            orphans += before - calls.size();
        }
    }

    private void fromModel(String session, String json) {
        if (json.startsWith("{\"type\":\"response.output_item.done\"") && json.contains("\"function_call\"")) {
            JsonNode item = JSON.readTree(json).path("item");
            if (item.path("status").asString("").equals("completed")) {
                waiting.computeIfAbsent(session, key -> new HashMap<>())
                        .put(item.path("call_id").asString(""), clock.instant());
            }
        } else if (json.startsWith("{\"type\":\"error\"")) {
            JsonNode error = JSON.readTree(json).path("error");
            errors.merge(error.path("code").asString(error.path("type").asString("?")), 1, Integer::sum);
        }
    }

    private void toModel(String session, String json) {
        if (json.contains("\"type\":\"function_call_output\"")) {
            String id = JSON.readTree(json).path("item").path("call_id").asString("");
            Optional.ofNullable(waiting.get(session)).ifPresent(calls -> calls.remove(id));
            if (!answered.computeIfAbsent(session, key -> new HashSet<>()).add(id)) {
                doubleOutputs++;
            }
        }
    }

    /** Function calls that were left without an output. */
    int orphans() {
        return orphans;
    }

    /** Function calls that got more than one. */
    int doubleOutputs() {
        return doubleOutputs;
    }

    /** How often the service reported each error. */
    Map<String, Integer> errors() {
        return Map.copyOf(errors);
    }
}
