package dev.antiphon.flow;

import dev.antiphon.flow.faq.Faq;
import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.realtime.FunctionTool;
import dev.antiphon.realtime.RawJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The tools that a model gets for a flow: few, with the same names for every flow. */
final class FlowTools {
    static final String FILL = "fill_slots";
    static final String CONFIRM = "confirm";
    static final String CHOOSE = "choose";
    static final String MORE = "more_alternatives";
    static final String ASK = "ask";
    static final String CONTROL = "control";
    static final String START = "start_task";
    /** Names that no other tool may have. */
    static final Set<String> GENERATED = Set.of(FILL, CONFIRM, CHOOSE, MORE, ASK, CONTROL, START);

    /** The property that names the flow of a call, where there are several. */
    static final String FLOW = "flow";
    /** The property that names one of the entries that an answer listed. */
    static final String ENTRY = "entry";

    static final String FILL_WHEN =
            "Call this as soon as the caller gives or corrects any value, with all values given, even when they"
                    + " were not asked for. Leave out what the caller did not say. When the caller says no and"
                    + " gives new values, call only this.";

    private FlowTools() {}

    static List<String> names(Flow<?> flow) {
        return of(Dialog.of(flow)).stream().map(FunctionTool::name).toList();
    }

    /** The tools for all flows of a dialog. */
    static List<FunctionTool> of(Dialog dialog) {
        return dialog.flows().stream().anyMatch(Flow::isService)
                ? ServiceTools.of(dialog)
                : of(dialog.flows().getFirst());
    }

    /**
     * The tools that fit where a dialog stands: a yes or no where nothing is to be confirmed, and a choice where nothing is offered,
     * are left out. A service keeps all, since any task may begin at any time.
     */
    static List<FunctionTool> ofNode(Dialog dialog, DialogState state) {
        Flow<?> flow = dialog.flows().getFirst();
        FlowState at = state.of(flow.name());
        return of(dialog).stream()
                .filter(tool -> flow.isService() || fits(tool.name(), at))
                .toList();
    }

    private static boolean fits(String tool, FlowState at) {
        return switch (tool) {
            case CONFIRM -> at.confirmation().isPresent() || at.phase() != FlowState.Phase.COLLECTING;
            case CHOOSE, MORE -> at.offer().isPresent();
            default -> true;
        };
    }

    static List<FunctionTool> of(Flow<?> flow) {
        List<FunctionTool> tools = new ArrayList<>();
        if (!flow.slots().isEmpty()) {
            tools.add(fill(flow));
            tools.add(confirm());
            tools.add(choose());
            tools.add(more());
        }
        tools.add(ask(flow));
        tools.add(control());
        return List.copyOf(tools);
    }

    static FunctionTool more() {
        return tool(MORE, "The caller wants something else than what was offered.", object());
    }

    private static FunctionTool fill(Flow<?> flow) {
        ObjectNode schema = object();
        ObjectNode properties = (ObjectNode) schema.get("properties");
        for (Slot<?> slot : flow.slots()) {
            ObjectNode property = properties.putObject(slot.name());
            slot.type().describe(property);
            String form = property.path("description").asString("");
            property.put(
                    "description",
                    form.isEmpty()
                            ? describe(flow.language(), slot)
                            : describe(flow.language(), slot) + " (" + form + ")");
        }
        return tool(FILL, FILL_WHEN, schema);
    }

    static String describe(Language language, Slot<?> slot) {
        String asked = slot.prompt().map(prompt -> ", the answer to: " + prompt).orElse("");
        String only = slot.occasion().map(words -> "Only when " + words + ". ").orElse("");
        return only + "The " + language.bare(slot.label()) + asked;
    }

    static FunctionTool confirm() {
        ObjectNode schema = object();
        ObjectNode properties = (ObjectNode) schema.get("properties");
        properties
                .putObject("answer")
                .put("type", "string")
                .putArray("enum")
                .add("yes")
                .add("no");
        properties
                .putObject("revision")
                .put("type", "integer")
                .put("description", "The confirm_revision of the latest tool answer; 0 if there was none");
        schema.putArray("required").add("answer").add("revision");
        return tool(
                CONFIRM,
                "The caller said yes or no to the question that was last asked. Never call it before the caller has"
                        + " answered. When the caller also asks something, call this before ask. When the caller says yes but"
                        + " gives or corrects any value, call only fill_slots: what is read back then needs a new yes.",
                schema);
    }

    static FunctionTool choose() {
        ObjectNode schema = object();
        ((ObjectNode) schema.get("properties"))
                .putObject("option")
                .put("type", "integer")
                .put("minimum", 1)
                .put("description", "The place of the option among those offered last, from 1");
        schema.putArray("required").add("option");
        return tool(CHOOSE, "The caller takes one of the options that were offered.", schema);
    }

    private static FunctionTool ask(Flow<?> flow) {
        ObjectNode schema = object();
        ObjectNode properties = (ObjectNode) schema.get("properties");
        properties.putObject("question").put("type", "string").put("description", "The question in the caller's words");
        entry(properties, Dialog.of(flow));
        schema.putArray("required").add("question");
        return tool(ASK, "The caller asked a question. Never answer one yourself.", schema);
    }

    /** How a model chooses among the entries of an FAQ that may answer a question. */
    static void entry(ObjectNode properties, Dialog dialog) {
        boolean chooses =
                dialog.flows().stream().flatMap(flow -> flow.faq().stream()).anyMatch(Faq::leavesTheChoice);
        if (chooses) {
            properties
                    .putObject(ENTRY)
                    .put("type", "integer")
                    .put("minimum", 0)
                    .put(
                            "description",
                            "Only after an answer that lists entries: the number of the entry that asks what the caller"
                                    + " wants to know; 0 when none of them does");
        }
    }

    static FunctionTool control(String... further) {
        ObjectNode schema = object();
        ObjectNode properties = (ObjectNode) schema.get("properties");
        ArrayNode actions = properties
                .putObject("action")
                .put("type", "string")
                .putArray("enum")
                .add("cancel")
                .add("repeat")
                .add("slower")
                .add("skip")
                .add("human")
                .add("unclear")
                .add("goodbye")
                .add("chitchat");
        Arrays.stream(further).forEach(actions::add);
        properties.putObject("detail").put("type", "string");
        schema.putArray("required").add("action");
        return tool(
                CONTROL,
                "The caller wants to stop (cancel), hear it again (repeat), hear it slower (slower), leave the open"
                        + " question out (skip), speak to a person (human), takes leave (goodbye), or talks about"
                        + " something else (chitchat). unclear: you could not understand the caller.",
                schema);
    }

    static FunctionTool tool(String name, String description, ObjectNode schema) {
        return new FunctionTool(name, description, new RawJson(schema.toString()));
    }

    static ObjectNode object() {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        schema.put("type", "object");
        schema.putObject("properties");
        schema.put("additionalProperties", false);
        return schema;
    }
}
