package dev.antiphon.flow;

import dev.antiphon.flow.slot.Slot;
import dev.antiphon.realtime.FunctionTool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tools that a model gets for services: those of one flow, one to begin a task, and, where there are several flows, the name of
 * the flow in each call that belongs to one.
 */
final class ServiceTools {
    static final String TASK = "task";
    static final String ANOTHER = "another";
    static final String NUMBER = "number";
    static final String VALUE = "value";

    private ServiceTools() {}

    static List<FunctionTool> of(Dialog dialog) {
        List<FunctionTool> tools = new ArrayList<>();
        if (dialog.flows().stream().anyMatch(flow -> !flow.tasks().isEmpty())) {
            tools.add(start(dialog));
            tools.add(fill(dialog));
            tools.add(FlowTools.confirm());
            tools.add(FlowTools.choose());
            tools.add(FlowTools.more());
        }
        tools.add(ask(dialog));
        tools.add(FlowTools.control("thanks"));
        return List.copyOf(tools);
    }

    /** How a model names a task: alone, or after its flow where there are several. */
    static String nameOf(Dialog dialog, Flow<?> flow, Task<?> task) {
        return dialog.hasSeveral() ? flow.name() + "." + task.name() : task.name();
    }

    private static FunctionTool start(Dialog dialog) {
        ObjectNode schema = FlowTools.object();
        ObjectNode properties = (ObjectNode) schema.get("properties");
        ObjectNode task = properties.putObject(TASK).put("type", "string");
        ArrayNode names = task.putArray("enum");
        StringBuilder meanings = new StringBuilder();
        for (Flow<?> flow : dialog.flows()) {
            for (Task<?> each : flow.tasks()) {
                names.add(nameOf(dialog, flow, each));
                meanings.append(nameOf(dialog, flow, each))
                        .append(": ")
                        .append(each.label())
                        .append("; ");
            }
        }
        task.put("description", meanings.substring(0, Math.max(0, meanings.length() - 2)));
        properties
                .putObject(ANOTHER)
                .put("type", "boolean")
                .put("description", "true when the caller wants a second one while the first is not finished");
        number(properties);
        schema.putArray("required").add(TASK);
        return FlowTools.tool(
                FlowTools.START,
                "The caller wants one of these, or comes back to it. Call fill_slots besides when the caller gives"
                        + " values in the same breath.",
                schema);
    }

    private static void number(ObjectNode properties) {
        properties
                .putObject(NUMBER)
                .put("type", "integer")
                .put("minimum", 1)
                .put("description", "which one is meant, when the caller has begun several of the kind");
    }

    private static FunctionTool fill(Dialog dialog) {
        ObjectNode schema = FlowTools.object();
        ObjectNode properties = (ObjectNode) schema.get("properties");
        Map<String, Slot<?>> slots = new LinkedHashMap<>();
        Map<String, List<String>> owners = new LinkedHashMap<>();
        for (Flow<?> flow : dialog.flows()) {
            for (Slot<?> slot : flow.slots()) {
                slots.putIfAbsent(slot.name(), slot);
                owners.computeIfAbsent(slot.name(), name -> new ArrayList<>()).add(flow.name());
            }
        }
        slots.forEach((name, slot) -> {
            ObjectNode property = properties.putObject(name);
            slot.type().describe(property);
            String form = property.path("description").asString("");
            String of =
                    dialog.hasSeveral() ? "Of " + String.join(", ", owners.getOrDefault(name, List.of())) + ". " : "";
            String any = slot.isOptional() ? "\"any\" when the caller does not mind. " : "";
            property.put(
                    "description",
                    of + any + FlowTools.describe(dialog.language(), slot) + (form.isEmpty() ? "" : " (" + form + ")"));
        });
        flow(dialog, properties);
        return FlowTools.tool(FlowTools.FILL, FlowTools.FILL_WHEN, schema);
    }

    private static void flow(Dialog dialog, ObjectNode properties) {
        if (dialog.hasSeveral()) {
            ObjectNode flow = properties
                    .putObject(FlowTools.FLOW)
                    .put("type", "string")
                    .put("description", "what this belongs to; leave it out for what is being talked about");
            ArrayNode names = flow.putArray("enum");
            dialog.flows().forEach(each -> names.add(each.name()));
        }
    }

    private static FunctionTool ask(Dialog dialog) {
        ObjectNode schema = FlowTools.object();
        ObjectNode properties = (ObjectNode) schema.get("properties");
        properties.putObject("question").put("type", "string").put("description", "The question in the caller's words");
        properties
                .putObject(VALUE)
                .put("type", "string")
                .put(
                        "description",
                        "When it asks about what was offered or done: the name of the value that answers it, one of "
                                + dialog.flows().stream()
                                        .flatMap(flow -> flow.slots().stream())
                                        .map(Slot::name)
                                        .distinct()
                                        .collect(Collectors.joining(", "))
                                + ", or another");
        FlowTools.entry(properties, dialog);
        flow(dialog, properties);
        schema.putArray("required").add("question");
        return FlowTools.tool(FlowTools.ASK, "The caller asked a question. Never answer one yourself.", schema);
    }
}
