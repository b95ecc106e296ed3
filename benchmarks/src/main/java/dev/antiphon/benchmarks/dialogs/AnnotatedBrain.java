package dev.antiphon.benchmarks.dialogs;

import dev.antiphon.testkit.emulator.Brain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A model that understands annotated turns without a mistake: the caller's text is the bench's frames as JSON, its answer the
 * calls of the tools that the session declares, and then what the tools say. It knows nothing that a model would not be told.
 */
final class AnnotatedBrain implements Brain {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Pattern TO_SAY = Pattern.compile("\"\"\"(.*)\"\"\"", Pattern.DOTALL);
    private static final String NOTHING_TO_SAY = "Mm-hm.";

    @Override
    public List<Output> respond(Turn turn) {
        if (turn.responseInstructions().isPresent()) {
            Matcher matcher = TO_SAY.matcher(turn.responseInstructions().get());
            return List.of(new Output.Speak(matcher.find() ? matcher.group(1) : NOTHING_TO_SAY));
        }
        Entry last = turn.history().getLast();
        return switch (last) {
            case Entry.UserSaid said -> understood(said.text(), turn);
            case Entry.ToolAnswered ignored -> List.of(new Output.Speak(told(turn.history())));
            default -> List.of(new Output.Speak(NOTHING_TO_SAY));
        };
    }

    /** What the answers of this turn say. */
    private static String told(List<Entry> history) {
        List<String> words = new ArrayList<>();
        for (int i = history.size() - 1; i >= 0 && history.get(i) instanceof Entry.ToolAnswered answer; i--) {
            words.addFirst(JSON.readTree(answer.output()).path("say").asString(""));
        }
        String all = String.join(" ", words).strip();
        return all.isEmpty() ? NOTHING_TO_SAY : all;
    }

    private static List<Output> understood(String text, Turn turn) {
        boolean several = turn.tools().stream()
                .anyMatch(tool -> tool.parameters().path("properties").has("flow"));
        List<Output> calls = new ArrayList<>();
        for (JsonNode frame : JSON.readTree(text)) {
            new Frame(frame, turn.history(), several).calls(calls);
        }
        if (calls.isEmpty()) {
            calls.add(call("control", NODES.objectNode().put("action", "unclear")));
        }
        return calls;
    }

    private static Output call(String tool, ObjectNode arguments) {
        return new Output.CallTool(tool, arguments);
    }

    /** One frame of a turn; {@code several}: whether the tools want to know the flow. */
    private record Frame(JsonNode frame, List<Entry> history, boolean several) {

        private void calls(List<Output> calls) {
            String service = frame.path("service").asString();
            ObjectNode values = NODES.objectNode();
            copy("carry", values);
            for (JsonNode act : frame.path("acts")) {
                String slot = act.path(1).asString("");
                String value = act.path(2).path(0).asString("");
                switch (act.path(0).asString()) {
                    case "INFORM" -> values.put(slot, value);
                    case "INFORM_INTENT" -> calls.add(start(service, value));
                    case "AFFIRM_INTENT" ->
                        calls.add(
                                frame.hasNonNull("accepted_intent")
                                        ? start(
                                                service,
                                                frame.path("accepted_intent").asString())
                                        : confirm("yes"));
                    case "NEGATE_INTENT" -> calls.add(revision().isPresent() ? confirm("no") : control("chitchat"));
                    case "AFFIRM" -> calls.add(confirm("yes"));
                    case "NEGATE" -> calls.add(confirm("no"));
                    case "SELECT" -> calls.add(call("choose", NODES.objectNode().put("option", option(value))));
                    case "REQUEST_ALTS" -> calls.add(call("more_alternatives", NODES.objectNode()));
                    case "REQUEST" ->
                        calls.add(call(
                                "ask",
                                of(
                                        service,
                                        NODES.objectNode().put("question", "").put("value", slot))));
                    case "THANK_YOU" -> calls.add(control("thanks"));
                    case "GOODBYE" -> calls.add(control("goodbye"));
                    default -> throw new IllegalArgumentException("unknown act " + act);
                }
            }
            copy("accept", values);
            if (!values.isEmpty()) {
                calls.add(call("fill_slots", of(service, values)));
            }
        }

        private void copy(String member, ObjectNode values) {
            for (Map.Entry<String, JsonNode> value : frame.path(member).properties()) {
                values.set(value.getKey(), value.getValue());
            }
        }

        private ObjectNode of(String service, ObjectNode arguments) {
            return several ? arguments.put("flow", service) : arguments;
        }

        private Output start(String service, String intent) {
            return call("start_task", NODES.objectNode().put("task", several ? service + "." + intent : intent));
        }

        private static Output control(String action) {
            return call("control", NODES.objectNode().put("action", action));
        }

        private Output confirm(String answer) {
            return call(
                    "confirm",
                    NODES.objectNode()
                            .put("answer", answer)
                            .put("revision", revision().orElse(0)));
        }

        /** The revision of the last answer that says something. */
        private OptionalInt revision() {
            JsonNode revision = lastAnswer().path("confirm_revision");
            return revision.isInt() ? OptionalInt.of(revision.asInt()) : OptionalInt.empty();
        }

        /** The offered option whose words name the value; the first when none is named. */
        private int option(String value) {
            for (Map.Entry<String, JsonNode> option :
                    lastAnswer().path("facts").path("options").properties()) {
                boolean named =
                        List.of(option.getValue().asString().split(", ")).contains(value);
                if (!value.isEmpty() && named) {
                    return Integer.parseInt(option.getKey());
                }
            }
            return 1;
        }

        private JsonNode lastAnswer() {
            for (int i = history.size() - 1; i >= 0; i--) {
                if (history.get(i) instanceof Entry.ToolAnswered answer) {
                    JsonNode json = JSON.readTree(answer.output());
                    if (!json.path("say").asString("").isEmpty()) {
                        return json;
                    }
                }
            }
            return NODES.objectNode();
        }
    }
}
