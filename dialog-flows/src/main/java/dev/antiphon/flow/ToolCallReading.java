package dev.antiphon.flow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a model's tool call as a dialogue act. What makes no sense becomes {@link DialogueAct.Unusable}. */
final class ToolCallReading {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String WHOLE = "\\d{1,9}(\\.0+)?";
    private static final int MAX_ARGUMENT_CHARS = 20_000;

    private ToolCallReading() {}

    /** What a call means, and which flow it belongs to. */
    static DialogMachine.Addressed read(Dialog dialog, String tool, String argumentsJson) {
        DialogueAct act = read(tool, argumentsJson);
        if (act instanceof DialogueAct.Start start) {
            return started(dialog, start.task(), argumentsJson);
        }
        if (!dialog.hasSeveral() || act instanceof DialogueAct.Unusable) {
            return new DialogMachine.Addressed("", act);
        }
        JsonNode arguments = JSON.readTree(argumentsJson.isBlank() ? "{}" : argumentsJson);
        String flow = arguments.path(FlowTools.FLOW).asString("");
        return new DialogMachine.Addressed(flow, act instanceof DialogueAct.Inform inform ? without(inform) : act);
    }

    private static DialogueAct without(DialogueAct.Inform inform) {
        Map<String, String> values = new HashMap<>(inform.values());
        values.remove(FlowTools.FLOW);
        return values.isEmpty()
                ? new DialogueAct.Unusable("fill_slots needs at least 1 value", true)
                : new DialogueAct.Inform(values);
    }

    private static DialogMachine.Addressed started(Dialog dialog, String named, String argumentsJson) {
        JsonNode arguments = JSON.readTree(argumentsJson);
        boolean another = arguments.path(ServiceTools.ANOTHER).asBoolean(false);
        int number = another ? DialogMachine.Addressed.ANOTHER : whole(arguments, ServiceTools.NUMBER);
        List<String> known = new ArrayList<>();
        for (Flow<?> flow : dialog.flows()) {
            for (Task<?> task : flow.tasks()) {
                String name = ServiceTools.nameOf(dialog, flow, task);
                known.add(name);
                if (name.equals(named)) {
                    return new DialogMachine.Addressed(flow.name(), number, new DialogueAct.Start(task.name()));
                }
            }
        }
        return new DialogMachine.Addressed(
                "",
                new DialogueAct.Unusable(
                        "task must be one of " + known + ", but was '" + shortened(named) + "'", false));
    }

    static DialogueAct read(String tool, String argumentsJson) {
        boolean givesValues = tool.equals(FlowTools.FILL);
        if (argumentsJson.length() > MAX_ARGUMENT_CHARS) {
            return new DialogueAct.Unusable(
                    "arguments must have at most " + MAX_ARGUMENT_CHARS + " characters, but have "
                            + argumentsJson.length(),
                    givesValues);
        }
        try {
            JsonNode arguments = JSON.readTree(argumentsJson.isBlank() ? "{}" : argumentsJson);
            return arguments.isObject()
                    ? act(tool, arguments)
                    : new DialogueAct.Unusable("arguments must be a JSON object", givesValues);
        } catch (JacksonException malformed) {
            return new DialogueAct.Unusable("arguments must be valid JSON", givesValues);
        }
    }

    private static DialogueAct act(String tool, JsonNode arguments) {
        return switch (tool) {
            case FlowTools.START ->
                new DialogueAct.Start(arguments.path(ServiceTools.TASK).asString(""));
            case FlowTools.FILL -> fill(arguments);
            case FlowTools.CONFIRM -> confirm(arguments);
            case FlowTools.CHOOSE -> choose(arguments);
            case FlowTools.MORE -> new DialogueAct.RequestAlternatives();
            case FlowTools.ASK -> ask(arguments);
            case FlowTools.CONTROL -> control(text(arguments, "action"));
            default -> new DialogueAct.Unusable("there is no tool '" + shortened(tool) + "'", true);
        };
    }

    private static DialogueAct fill(JsonNode arguments) {
        Map<String, String> values = new HashMap<>();
        for (Map.Entry<String, JsonNode> property : arguments.properties()) {
            JsonNode value = property.getValue();
            if (value.isContainer()) {
                return new DialogueAct.Unusable(
                        "'" + shortened(property.getKey()) + "' must be a plain value, but is an object or array",
                        true);
            }
            if (!value.isNull()) {
                values.put(property.getKey(), value.asString());
            }
        }
        return values.isEmpty()
                ? new DialogueAct.Unusable("fill_slots needs at least 1 value", true)
                : new DialogueAct.Inform(values);
    }

    private static DialogueAct confirm(JsonNode arguments) {
        int revision = whole(arguments, "revision");
        return switch (text(arguments, "answer")) {
            case "yes", "true" -> new DialogueAct.Affirm(revision);
            case "no", "false" -> new DialogueAct.Negate(revision);
            default -> new DialogueAct.Unusable("answer must be 'yes' or 'no'", false);
        };
    }

    private static DialogueAct choose(JsonNode arguments) {
        return new DialogueAct.Select(whole(arguments, "option"));
    }

    private static DialogueAct ask(JsonNode arguments) {
        JsonNode question = arguments.path("question");
        String value = arguments.path(ServiceTools.VALUE).asString("").strip();
        String entry = text(arguments, FlowTools.ENTRY);
        if (!entry.isEmpty()) {
            return entry.matches(WHOLE)
                    ? new DialogueAct.ChooseEntry(
                            whole(arguments, FlowTools.ENTRY),
                            question.asString("").strip())
                    : new DialogueAct.Unusable(
                            "entry must be a whole number, but was '" + shortened(entry) + "'", false);
        }
        if (!value.isEmpty()) {
            return new DialogueAct.AskAbout(value, question.asString(""));
        }
        return question.isString() && !question.asString().isBlank()
                ? new DialogueAct.Request(question.asString())
                : new DialogueAct.Unusable("question must be a text that is not blank", false);
    }

    private static DialogueAct control(String action) {
        return switch (action) {
            case "cancel" -> new DialogueAct.Cancel();
            case "repeat" -> new DialogueAct.Repeat();
            case "slower" -> new DialogueAct.Slower();
            case "skip" -> new DialogueAct.Skip();
            case "human" -> new DialogueAct.WantPerson();
            case "unclear" -> new DialogueAct.Unclear();
            case "goodbye" -> new DialogueAct.Goodbye();
            case "chitchat" -> new DialogueAct.ChitChat();
            case "thanks" -> new DialogueAct.Thanks();
            default -> new DialogueAct.Unusable("there is no action '" + shortened(action) + "'", false);
        };
    }

    private static String text(JsonNode arguments, String name) {
        JsonNode value = arguments.path(name);
        return value.isValueNode() && !value.isNull() ? value.asString().strip().toLowerCase(Locale.ROOT) : "";
    }

    /** A whole number, also as text; 0 when it is none. */
    private static int whole(JsonNode arguments, String name) {
        String digits = text(arguments, name);
        return digits.matches(WHOLE) ? Integer.parseInt(digits.replaceFirst("\\.0+$", "")) : 0;
    }

    private static String shortened(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }
}
