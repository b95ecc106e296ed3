package dev.antiphon.flow.test;

import dev.antiphon.flow.FlowConversation;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.session.Conversation.Event;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the caller does in a {@link FlowTest}: each act is a call of the tools that a model uses. */
abstract sealed class CallerActs permits CallExpectations {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    final TestedCall call;
    final KnownNames known;
    /** Whether what follows belongs to the turn that has begun. */
    boolean sameTurn;

    CallerActs(FlowConversation conversation) {
        call = new TestedCall(conversation.observedBy(FlowRecording.observer()));
        known = new KnownNames(conversation);
    }

    /** The test itself, to go on with. */
    abstract FlowTest test();

    /** The caller wants this task of a service; of several flows: {@code flow.task}. */
    public FlowTest wants(String task) {
        known.requireTask(task);
        return calls(
                "start_task",
                JsonNodeFactory.instance.objectNode().put("task", task).toString());
    }

    /** The caller wants a second one while the first is not finished. */
    public FlowTest wantsAnother(String task) {
        known.requireTask(task);
        return calls(
                "start_task",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("task", task)
                        .put("another", true)
                        .toString());
    }

    /** The caller comes back to one of several of the kind, from 1. */
    public FlowTest comesBackTo(String task, int number) {
        known.requireTask(task);
        return calls(
                "start_task",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("task", task)
                        .put("number", number)
                        .toString());
    }

    /** The caller asks about a value of what was offered or done. */
    public FlowTest asksAbout(String value) {
        return calls(
                "ask",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("question", "")
                        .put("value", value)
                        .toString());
    }

    /** The caller says thank you. */
    public FlowTest thanks() {
        return calls("control", "{\"action\":\"thanks\"}");
    }

    /** The caller gives a value. */
    public FlowTest fills(Slot<?> slot, Object value) {
        return fills(Map.of(slot.name(), value));
    }

    /** The caller gives two values at once. */
    public FlowTest fills(Slot<?> slot, Object value, Slot<?> second, Object secondValue) {
        return fills(Map.of(slot.name(), value, second.name(), secondValue));
    }

    /** The caller gives any values at once, by slot name. */
    public FlowTest fills(Map<String, ?> values) {
        known.requireSlots(values.keySet());
        if (values.get("flow") instanceof String flow
                && call.conversation.dialog().flows().size() > 1) {
            known.requireFlow(flow);
        }
        ObjectNode arguments = JsonNodeFactory.instance.objectNode();
        values.forEach((slot, value) -> arguments.set(slot, JSON.valueToTree(value.toString())));
        return calls("fill_slots", arguments.toString());
    }

    /** The caller asks a question. Where the best answer is not clear, {@link #choosesEntry} comes next. */
    public FlowTest asks(String question) {
        return calls(
                "ask",
                JsonNodeFactory.instance.objectNode().put("question", question).toString());
    }

    /**
     * The model chooses among the entries that it was left, see {@link #expectEntries}; nothing was said before.
     *
     * @param place from 1, best first; 0: none of them
     */
    public FlowTest choosesEntry(int place) {
        List<Integer> numbers = call.entries;
        int number = place == 0 ? 0 : place <= numbers.size() ? numbers.get(place - 1) : place;
        return calls(
                "ask",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("question", "")
                        .put("entry", number)
                        .toString());
    }

    /** The caller says yes to what was read back last. */
    public FlowTest confirmsYes() {
        return confirms("yes", call.revision);
    }

    /** The caller says no to what was read back last. */
    public FlowTest confirmsNo() {
        return confirms("no", call.revision);
    }

    /** A yes or no with this revision. */
    public FlowTest confirms(String answer, int withRevision) {
        return calls(
                "confirm",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("answer", answer)
                        .put("revision", withRevision)
                        .toString());
    }

    /** The caller takes an offered option, from 1. */
    public FlowTest chooses(int option) {
        return calls("choose", "{\"option\":" + option + "}");
    }

    /** The caller wants something else than what was offered. */
    public FlowTest wantsAlternatives() {
        return calls("more_alternatives", "{}");
    }

    /** The caller wants to stop. */
    public FlowTest cancels() {
        return controls("cancel");
    }

    /** The caller wants a person. */
    public FlowTest wantsAPerson() {
        return controls("human");
    }

    /** The caller takes leave. */
    public FlowTest saysGoodbye() {
        return controls("goodbye");
    }

    /** The caller cannot be understood. */
    public FlowTest isUnclear() {
        return controls("unclear");
    }

    /** Any action of the tool {@code control}. */
    public FlowTest controls(String action) {
        known.requireAction(action);
        return calls("control", "{\"action\":\"" + action + "\"}");
    }

    /** The caller stays silent for this many timeouts in a row. */
    public FlowTest isSilent(int count) {
        call.said = "";
        call.happens(new Event.CallerSilent(count));
        call.agentSpeaks(false);
        return test();
    }

    /** Any tool call, as a model might make it. */
    public FlowTest calls(String tool, String argumentsJson) {
        if (!sameTurn) {
            call.said = "";
        }
        call.toolCalled(tool, argumentsJson);
        if (!sameTurn) {
            call.responseEnds();
            call.agentSpeaks(true);
        }
        return test();
    }

    /** The caller cuts in: of the agent's last words this share was heard, 0 to 1. */
    public FlowTest cutsInAfter(double heardShare) {
        call.happens(new Event.AgentCutOff(heardShare));
        call.happens(new Event.CallerSpoke(""));
        return test();
    }
}
