package dev.antiphon.flow.test;

import dev.antiphon.flow.Dialog;
import dev.antiphon.flow.Flow;
import dev.antiphon.flow.FlowConversation;
import dev.antiphon.flow.Item;
import dev.antiphon.flow.say.Plainly;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.session.Conversation.Directive;
import dev.antiphon.session.Conversation.Event;
import dev.antiphon.session.Outcome;
import dev.antiphon.session.ToolOutcome;
import dev.antiphon.tier.Struggle;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A call with a flow, without model, network or clock: what the caller means is stated, what the agent says is checked.
 *
 * <p>The calls go through the same tools that a model uses. Effects run at once on the test's thread, unless
 * {@link #effectsSettledByTest()}. A failed expectation is an {@link AssertionError} with the conversation so far. A name that the
 * flow does not have (task, slot, action) is an {@link IllegalArgumentException} with those that it has; what a model that errs does is
 * tested with {@link #calls}. Not thread-safe.
 */
public final class FlowTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final TestedCall call;
    private final KnownNames known;
    private boolean sameTurn;

    private FlowTest(FlowConversation conversation) {
        call = new TestedCall(conversation.observedBy(FlowRecording.observer()));
        known = new KnownNames(conversation);
    }

    /** A call in UTC that was just connected: the agent has greeted. */
    public static FlowTest of(Flow<?> flow, InstantSource clock) {
        return of(flow, clock, ZoneOffset.UTC);
    }

    /** A call that was just connected: the agent has greeted. */
    public static FlowTest of(Flow<?> flow, InstantSource clock, ZoneId zone) {
        return of(FlowConversation.start(flow, clock, zone, "test"));
    }

    /** A call in UTC of a known caller that was just connected, see {@link FlowConversation#knowing}: the agent has greeted. */
    public static FlowTest of(Flow<?> flow, InstantSource clock, Item known) {
        return of(FlowConversation.start(flow, clock, ZoneOffset.UTC, "test").knowing(known));
    }

    /** A call that was just connected, of several flows: the agent has greeted. */
    public static FlowTest of(Dialog dialog, InstantSource clock) {
        return of(FlowConversation.start(dialog, clock, ZoneOffset.UTC, "test"));
    }

    /** A call of this conversation that was just connected: the agent has greeted. */
    public static FlowTest of(FlowConversation conversation) {
        FlowTest test = new FlowTest(conversation);
        test.call.happens(new Event.CallStarted());
        test.call.agentSpeaks(false);
        return test;
    }

    /** Reads well in front of what the caller does. */
    public FlowTest caller() {
        return this;
    }

    /** From now on the test settles effects with {@link #effectSucceeds} and {@link #effectFails}. */
    public FlowTest effectsSettledByTest() {
        call.inline = false;
        return this;
    }

    /** What follows up to the next expectation belongs to one turn: the agent speaks only after it. */
    public FlowTest inOneTurn(Consumer<FlowTest> several) {
        sameTurn = true;
        call.said = "";
        several.accept(this);
        sameTurn = false;
        call.responseEnds();
        call.agentSpeaks(true);
        return this;
    }

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
                && conversation().dialog().flows().size() > 1) {
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

    /** So many entries of the FAQ are left to the model to choose from, and nothing is said before it has. */
    public FlowTest expectEntries(int count) {
        if (call.entries.size() != count || !call.said.isEmpty()) {
            throw call.failure(
                    (count == 1 ? "1 entry" : count + " entries") + " to choose from and silence",
                    call.entries.size() + " and \"" + call.said + "\" in " + call.lastAnswer);
        }
        return this;
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
        return this;
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
        return this;
    }

    /** The next thing that the agent is given to say comes out in these words. */
    public FlowTest nextSaidAs(String words) {
        call.instead = Optional.of(words);
        return this;
    }

    /** The model says this by itself. */
    public FlowTest agentSays(String text) {
        call.said = "";
        call.modelSays(text);
        call.agentSpeaks(false);
        return this;
    }

    /** The caller cuts in: of the agent's last words this share was heard, 0 to 1. */
    public FlowTest cutsInAfter(double heardShare) {
        call.happens(new Event.AgentCutOff(heardShare));
        call.happens(new Event.CallerSpoke(""));
        return this;
    }

    /** The effect that runs has succeeded. */
    public FlowTest effectSucceeds(Object result) {
        return settles(new ToolOutcome.Ok(result));
    }

    /** The effect that runs has failed. */
    public FlowTest effectFails(Throwable cause) {
        return settles(new ToolOutcome.Failed("failed", cause));
    }

    /** The effect that runs has settled. */
    public FlowTest settles(ToolOutcome result) {
        if (call.pending.isEmpty()) {
            throw call.failure("an effect to be running", "none");
        }
        call.said = "";
        call.happens(new Event.EffectSettled(call.pending.removeFirst().effectId(), result));
        call.agentSpeaks(true);
        return this;
    }

    /** The effect that runs takes long. */
    public FlowTest effectIsSlow() {
        if (call.pending.isEmpty()) {
            throw call.failure("an effect to be running", "none");
        }
        call.said = "";
        call.happens(new Event.EffectSlow(call.pending.getFirst().effectId(), Duration.ofSeconds(1)));
        call.agentSpeaks(true);
        return this;
    }

    /** The agent's last words contain this, whatever the case; {@link #expectSilence} when there are to be none. */
    public FlowTest expectSay(String part) {
        requireWords(part);
        if (!lower(call.said).contains(lower(part))) {
            throw call.failure("the agent to say \"" + part + "\"", "\"" + call.said + "\"");
        }
        return this;
    }

    /** The agent's last words do not contain this, whatever the case. */
    public FlowTest expectNotSaid(String part) {
        requireWords(part);
        if (lower(call.said).contains(lower(part))) {
            throw call.failure("the agent not to say \"" + part + "\"", "\"" + call.said + "\"");
        }
        return this;
    }

    /** The agent had nothing to say. */
    public FlowTest expectSilence() {
        if (!call.said.isEmpty()) {
            throw call.failure("silence", "\"" + call.said + "\"");
        }
        return this;
    }

    private static void requireWords(String part) {
        if (part.isBlank()) {
            throw new IllegalArgumentException("an expectation must not be blank: every text contains that");
        }
    }

    /** The call has ended like this: {@code completed}, {@code handed_over}, {@code abandoned} or {@code failed}. */
    public FlowTest expectOutcome(String name) {
        if (!call.outcome.map(Outcome::name).equals(Optional.of(name))) {
            throw call.failure(
                    "the outcome " + name, call.outcome.map(Outcome::toString).orElse("none yet"));
        }
        return this;
    }

    /** The call has not ended. */
    public FlowTest expectNoOutcome() {
        if (call.outcome.isPresent()) {
            throw call.failure("no outcome", call.outcome.get().toString());
        }
        return this;
    }

    /** So many effects and searches were started so far; checks that wait, {@code verify_SLOT}, are not counted. */
    public FlowTest expectEffects(int count) {
        List<String> started = call.runs.stream()
                .map(Directive.Run::name)
                .filter(name -> !name.startsWith("verify_"))
                .toList();
        if (started.size() != count) {
            throw call.failure(Plainly.count(count, "effect"), started.size() + ": " + started);
        }
        return this;
    }

    /** A slot holds this value, in its spoken form; sensitive ones are masked. */
    public FlowTest expectSlot(Slot<?> slot, String spoken) {
        known.requireSlots(List.of(slot.name()));
        String value = slots().getOrDefault(slot.name(), "nothing");
        if (!value.equals(spoken)) {
            throw call.failure("slot " + slot + " to be " + spoken, value);
        }
        return this;
    }

    /** A slot is open. */
    public FlowTest expectOpen(Slot<?> slot) {
        known.requireSlots(List.of(slot.name()));
        if (slots().containsKey(slot.name())) {
            throw call.failure("slot " + slot + " to be open", slots().toString());
        }
        return this;
    }

    /** The flow stands at this step. */
    public FlowTest expectStep(String id) {
        if (!call.conversation.view().step().equals(id)) {
            throw call.failure("step " + id, call.conversation.view().step());
        }
        return this;
    }

    /** This evidence of struggle was reported at least once. */
    public FlowTest expectStruggle(Struggle.Signal signal) {
        if (call.struggles.stream().noneMatch(struggle -> struggle.signal() == signal)) {
            throw call.failure("the struggle " + signal, call.struggles.toString());
        }
        return this;
    }

    /** No evidence of struggle was reported. */
    public FlowTest expectNoStruggle() {
        if (!call.struggles.isEmpty()) {
            throw call.failure("no struggle", call.struggles.toString());
        }
        return this;
    }

    /** The flow asked for the next tier. */
    public FlowTest expectEscalation() {
        if (call.escalations.isEmpty()) {
            throw call.failure("an escalation", "none");
        }
        return this;
    }

    /** Every tool call was answered exactly once. */
    public FlowTest expectEveryCallAnsweredOnce() {
        if (!call.everyCallIsAnsweredOnce()) {
            throw call.failure("one answer for each call", "not so");
        }
        return this;
    }

    /** What the agent said last. */
    public String said() {
        return call.said;
    }

    /** The last tool answer as JSON text. */
    public String lastAnswer() {
        return call.lastAnswer;
    }

    /** The revision that a yes must carry now. */
    public int confirmRevision() {
        return call.revision;
    }

    /** The effects started so far. */
    public List<Directive.Run> effects() {
        return List.copyOf(call.runs);
    }

    /** The evidence of struggle so far. */
    public List<Struggle> struggles() {
        return List.copyOf(call.struggles);
    }

    /** The conversation under test. */
    public FlowConversation conversation() {
        return call.conversation;
    }

    private Map<String, String> slots() {
        return new LinkedHashMap<>(call.conversation.view().slots());
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
