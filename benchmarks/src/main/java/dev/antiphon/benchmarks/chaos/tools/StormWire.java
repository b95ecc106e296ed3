package dev.antiphon.benchmarks.chaos.tools;

import dev.antiphon.benchmarks.chaos.tools.Violations.Rule;
import dev.antiphon.session.CallClock;
import dev.antiphon.testkit.emulator.FrameObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Watches the lines of the models: is every function call answered once, is a caller told to wait only in silence and only
 * once at a time? Lets callers cut in at the phases of a tool's call. Not thread-safe.
 *
 * <p>A function call is without an output when it has waited for longer than any tool or effect may take, on a line in use.
 */
final class StormWire implements FrameObserver {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(40);
    /** A frame is this long on its way, each way: nobody can know sooner. */
    private static final Duration THERE_AND_BACK = Duration.ofMillis(11);

    private static final Pattern SAID = Pattern.compile("\\\\\"\\\\\"\\\\\"(.*?)\\\\\"\\\\\"\\\\\"");
    private static final Pattern RESULT = Pattern.compile("(?:Forecast|Parking|Noted|Bus) \\d+x\\d+");

    private final Map<String, Line> lines = new HashMap<>();
    private final Map<String, Integer> errors = new TreeMap<>();
    private final Storm storm;
    private final Violations violations;
    private @Nullable CallClock clock;

    /** One line to a model. */
    private static final class Line {
        private final Map<String, Instant> waiting = new HashMap<>();
        private final Set<String> ofPool = new HashSet<>();
        private final Set<String> answered = new HashSet<>();
        private Optional<Call> call = Optional.empty();
        private Optional<Instant> callerSpeaksSince = Optional.empty();
        /** Whether a response was asked for that has not ended. */
        private boolean responding;

        private Optional<String> handedInSpeech = Optional.empty();
        private boolean fillerAsked;
        private boolean fillerSpoken;
        private boolean resultsHanded;
        private boolean tellsResults;
        private StringBuilder words = new StringBuilder();
    }

    StormWire(Storm storm, Violations violations) {
        this.storm = storm;
        this.violations = violations;
    }

    void livesIn(CallClock time) {
        clock = time;
    }

    @Override
    public void frame(String session, Direction direction, String json) {
        Line line = lines.computeIfAbsent(session, any -> new Line());
        switch (direction) {
            case OUT -> fromModel(line, json);
            case IN -> toModel(line, json);
        }
        findOpen(line);
    }

    private void findOpen(Line line) {
        if (!line.waiting.isEmpty()) {
            Instant oldest = now().minus(LONGEST_WAIT);
            int before = line.waiting.size();
            line.waiting.values().removeIf(since -> since.isBefore(oldest));
            for (int i = line.waiting.size(); i < before; i++) {
                violations.found(Rule.NO_OUTPUT, name(line));
            }
        }
    }

    private void fromModel(Line line, String json) {
        if (json.startsWith("{\"type\":\"response.output_audio.delta\"")) {
            return;
        }
        if (json.startsWith("{\"type\":\"response.output_item.added\"") && json.contains("\"function_call\"")) {
            line.call
                    .filter(call -> json.contains("\"" + call.question.tool() + "\""))
                    .ifPresent(call -> storm.cutsIn(call, Strike.CALLER_CUTS_IN_BEFORE_THE_CALL, Duration.ofMillis(1)));
        } else if (json.startsWith("{\"type\":\"response.output_item.done\"") && json.contains("\"function_call\"")) {
            called(line, JSON.readTree(json).path("item"));
        } else if (json.startsWith("{\"type\":\"response.created\"")) {
            line.words = new StringBuilder();
            line.fillerSpoken = line.fillerAsked;
            line.fillerAsked = false;
            line.tellsResults = line.resultsHanded && !line.fillerSpoken;
        } else if (json.startsWith("{\"type\":\"response.output_text.delta\"")
                || json.startsWith("{\"type\":\"response.output_audio_transcript.delta\"")) {
            speaks(line, JSON.readTree(json).path("delta").asString(""));
        } else if (json.startsWith("{\"type\":\"response.done\"")) {
            line.responding = false;
            line.fillerSpoken = false;
            if (line.tellsResults) {
                line.resultsHanded = false;
                line.tellsResults = false;
            }
        } else if (json.startsWith("{\"type\":\"input_audio_buffer.speech_started\"")) {
            line.callerSpeaksSince = Optional.of(now());
        } else if (json.startsWith("{\"type\":\"input_audio_buffer.committed\"")
                || json.startsWith("{\"type\":\"input_audio_buffer.cleared\"")) {
            line.callerSpeaksSince = Optional.empty();
        } else if (json.startsWith("{\"type\":\"error\"")) {
            JsonNode error = JSON.readTree(json).path("error");
            String code = error.path("code").asString(error.path("type").asString("?"));
            errors.merge(code, 1, Integer::sum);
            line.responding = false;
            if (code.equals("conversation_already_has_active_response")) {
                violations.found(Rule.ACTIVE_RESPONSE, name(line));
            }
        }
    }

    private void called(Line line, JsonNode item) {
        if (item.path("status").asString("").equals("completed")) {
            String id = item.path("call_id").asString("");
            line.waiting.put(id, now());
            String tool = item.path("name").asString("");
            if (line.call.filter(call -> call.question.tool().equals(tool)).isPresent()) {
                line.ofPool.add(id);
            }
        }
    }

    private void speaks(Line line, String delta) {
        line.words.append(delta);
        line.call.ifPresent(call -> {
            Duration soon = call.spoken ? Duration.ofMillis(400) : Duration.ofMillis(1);
            if (line.fillerSpoken) {
                storm.fillerIsSaid(call, soon);
            } else if (line.tellsResults) {
                storm.cutsIn(call, Strike.CALLER_CUTS_IN_DURING_THE_ANSWER, soon);
            } else if (line.words.indexOf("Shall") >= 0) {
                storm.cutsIn(call, Strike.CALLER_CUTS_IN_DURING_READ_BACK, soon);
            }
        });
    }

    private void toModel(Line line, String json) {
        if (json.startsWith("{\"type\":\"input_audio_buffer.append\"")) {
            return;
        }
        if (line.call.isEmpty()) {
            Matcher named = StormyModel.CALL.matcher(json);
            line.call = named.find() ? storm.find(Integer.parseInt(named.group(1))) : Optional.empty();
        }
        if (json.contains("\"type\":\"function_call_output\"")) {
            answered(line, JSON.readTree(json).path("item"));
        } else if (json.contains("which took longer, has come")) {
            handed(line, json);
        } else if (json.contains("\"type\":\"response.create\"")) {
            // A call that ends hands over what it owes at once, and asks for nothing more.
            line.handedInSpeech.ifPresent(output -> violations.found(Rule.RESULT_IN_SPEECH, name(line) + " " + output));
            line.handedInSpeech = Optional.empty();
            line.responding = true;
            asked(line, json);
        }
    }

    private void answered(Line line, JsonNode item) {
        String id = item.path("call_id").asString("");
        line.waiting.remove(id);
        if (!line.answered.add(id)) {
            violations.found(Rule.TWO_OUTPUTS, name(line) + " " + id);
        }
        String output = item.path("output").asString("");
        if (line.responding) {
            line.handedInSpeech = Optional.of(output);
        }
        handed(line, output);
        if (line.ofPool.remove(id)) {
            line.resultsHanded = true;
            line.call.ifPresent(
                    call -> storm.cutsIn(call, Strike.CALLER_CUTS_IN_AT_THE_RESULT, Storm.millis(call, 1, 30)));
        }
    }

    private static void handed(Line line, String text) {
        Matcher results = RESULT.matcher(text);
        while (results.find()) {
            String result = results.group();
            line.call.ifPresent(call -> call.handed.merge(result, 1, Integer::sum));
        }
    }

    private void asked(Line line, String json) {
        Matcher words = SAID.matcher(json);
        if (!words.find()) {
            return;
        }
        String said = words.group(1);
        long fillers = Desk.FILLERS.stream().filter(said::contains).count();
        if (fillers == 0) {
            return;
        }
        if (fillers > 1 || line.fillerSpoken || line.fillerAsked) {
            violations.found(Rule.TWO_FILLERS, name(line) + ": " + said);
        }
        if (line.callerSpeaksSince
                .filter(since -> since.plus(THERE_AND_BACK).isBefore(now()))
                .isPresent()) {
            violations.found(Rule.FILLER_OVER_SPEECH, name(line) + ": " + said);
        }
        line.fillerAsked = true;
    }

    private static String name(Line line) {
        return line.call.map(call -> "call " + call.number + " " + call.strike).orElse("an unknown call");
    }

    private Instant now() {
        return Optional.ofNullable(clock).orElseThrow().instant();
    }

    /** How often the service reported each error. */
    Map<String, Integer> errors() {
        return Map.copyOf(errors);
    }
}
