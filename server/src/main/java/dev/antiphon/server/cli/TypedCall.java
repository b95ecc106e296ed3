package dev.antiphon.server.cli;

import dev.antiphon.flow.FlowConversation;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.realtime.FunctionTool;
import dev.antiphon.session.Conduct;
import dev.antiphon.session.Conversation;
import dev.antiphon.session.Conversation.Directive;
import dev.antiphon.session.Conversation.Event;
import dev.antiphon.session.Outcome;
import dev.antiphon.session.ToolAnswers;
import dev.antiphon.testkit.emulator.Brain;
import dev.antiphon.testkit.emulator.Brain.Entry;
import dev.antiphon.testkit.emulator.Brain.Output;
import dev.antiphon.tier.Struggle;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A typed call with a dialog and a simulated model, on the caller's thread and without sockets: every turn is over when its method
 * returns, and takes no longer than the work that runs in it. Not thread-safe.
 */
final class TypedCall {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String MODEL = "simulated";
    private static final int MOST_RESPONSES = 4;
    private static final String REQUIRED = "required";

    private final Conversation conversation;
    private final boolean strict;
    private final Brain brain;
    private final CallWork work;
    private final InstantSource clock;
    private final ZoneId zone;
    private final Set<String> ownTools;
    private final Set<String> sensitive;
    private final Random random = new Random(1);
    private final List<Entry> history = new ArrayList<>();

    private int callsSoFar;
    private boolean calledTool;
    private Optional<Outcome> outcome = Optional.empty();
    private final List<String> said = new ArrayList<>();
    private final Map<String, TypedTurn.Call> calls = new LinkedHashMap<>();
    private final ObjectNode argumentsOf = JSON.createObjectNode();
    private final List<TypedTurn.Effect> effects = new ArrayList<>();
    private final List<Struggle> struggles = new ArrayList<>();
    /** The tool that the next response must call, as the last answer says. */
    private Optional<String> mustCall = Optional.empty();

    private final List<String> escalations = new ArrayList<>();

    /**
     * A call that has not begun.
     *
     * @param conduct as a session would have it
     * @param clock what the simulated model takes for the time
     * @param zone the caller's
     */
    TypedCall(
            Conversation conversation, Conduct conduct, Brain brain, CallWork work, InstantSource clock, ZoneId zone) {
        this.conversation = conversation;
        this.brain = brain;
        this.work = work;
        this.clock = clock;
        this.zone = zone;
        this.ownTools = conversation.ownTools();
        this.strict = conduct == Conduct.STRICT && !ownTools.isEmpty();
        this.sensitive = conversation instanceof FlowConversation flows
                ? flows.dialog().flows().stream()
                        .<Slot<?>>flatMap(flow -> flow.slots().stream())
                        .filter(Slot::isSensitive)
                        .map(Slot::name)
                        .collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }

    /** A call that stands where this one stands, between two turns; empty where the conversation cannot be copied. */
    Optional<TypedCall> branch(String instanceId) {
        if (!(conversation instanceof FlowConversation flows)) {
            return Optional.empty();
        }
        Conduct conduct = strict ? Conduct.STRICT : Conduct.GUIDED;
        TypedCall branch = new TypedCall(flows.branch(instanceId), conduct, brain, work, clock, zone);
        branch.history.addAll(history);
        branch.callsSoFar = callsSoFar;
        branch.calledTool = calledTool;
        branch.outcome = outcome;
        return Optional.of(branch);
    }

    /** Before the call is connected. */
    TypedTurn nothingYet() {
        return turn("");
    }

    /** The call is connected. */
    TypedTurn begins() {
        happens(new Event.CallStarted());
        return turn("");
    }

    /** The caller says this. */
    TypedTurn says(String words) {
        history.add(new Entry.UserSaid(words, false));
        calledTool = false;
        mustCall = Optional.empty();
        for (int response = 0; response < MOST_RESPONSES && respond(choice(response)); response++) {
            happens(new Event.CallsComplete());
        }
        happens(new Event.CallerSpoke(words));
        return turn(words);
    }

    /** The caller says nothing for this many timeouts in a row. */
    TypedTurn isSilent(int count) {
        happens(new Event.CallerSilent(count));
        return turn("(silence)");
    }

    /** The caller is gone. */
    TypedTurn hangsUp() {
        happens(new Event.CallerHungUp("the caller hung up"));
        return turn("(hangs up)");
    }

    /** Where the dialog stands. */
    Conversation.View view() {
        return conversation.view();
    }

    private List<Brain.ToolSpec> tools() {
        Stream<FunctionTool> ofPool = work.offered().stream().filter(tool -> conversation.offers(tool.name()));
        return Stream.concat(conversation.opening().tools().stream(), ofPool)
                .map(tool -> new Brain.ToolSpec(
                        tool.name(),
                        tool.description(),
                        JSON.readTree(tool.parameters().text())))
                .toList();
    }

    /** A strict call is understood before anything is said. */
    private String choice(int response) {
        return strict
                ? (response == 0 ? REQUIRED : mustCall.map("function:"::concat).orElse("none"))
                : "auto";
    }

    /** Lets the model respond once; whether it called tools, so that their answers want another response. */
    private boolean respond(String toolChoice) {
        List<Output> outputs = brain.respond(new Brain.Turn(
                MODEL,
                conversation.opening().instructions(),
                Optional.empty(),
                tools(),
                toolChoice,
                history,
                clock.instant().atZone(zone),
                random));
        boolean calls = false;
        for (Output output : outputs) {
            switch (output) {
                case Output.Speak speak -> {
                    if (!toolChoice.equals(REQUIRED)) {
                        speaks(speak.text());
                    }
                }
                case Output.CallTool call -> {
                    calls = true;
                    toolCalled(call);
                }
            }
        }
        return calls;
    }

    private void toolCalled(Output.CallTool call) {
        calledTool = true;
        callsSoFar++;
        String id = "call_" + callsSoFar;
        String arguments = call.arguments().toString();
        history.add(new Entry.ToolCalled(id, call.name(), call.arguments()));
        argumentsOf.set(id, call.arguments());
        JsonNode shown = call.arguments().deepCopy();
        JsonText.mask(shown, sensitive);
        boolean own = ownTools.contains(call.name());
        String told = own ? shown.toString() : work.masked(call.name(), shown.toString());
        calls.put(id, new TypedTurn.Call(call.name(), told, ""));
        if (own) {
            happens(new Event.ToolCalled(id, call.name(), arguments));
        } else {
            answered(
                    id,
                    conversation.mayCall(call.name())
                            ? work.call(id, call.name(), arguments)
                            : ToolAnswers.json(ToolAnswers.notNow(conversation, call.name())));
        }
    }

    private void answered(String callId, String answerJson) {
        history.add(new Entry.ToolAnswered(callId, answerJson));
        calls.computeIfPresent(
                callId,
                (id, call) -> new TypedTurn.Call(
                        call.tool(), call.argumentsJson(), shown(call.tool(), argumentsOf.path(id), answerJson)));
    }

    /** An answer as a person may see it: a flow says in it what it took, too. */
    private String shown(String tool, JsonNode arguments, String answerJson) {
        return JsonText.without(
                JsonText.values(arguments, sensitive), work.maskedAnswer(tool, arguments.toString(), answerJson));
    }

    private void speaks(String text) {
        said.add(text);
        history.add(new Entry.AssistantSaid(text, true));
        happens(new Event.AgentSpoke(text, calledTool));
    }

    private void happens(Event event) {
        Deque<Directive> open = new ArrayDeque<>(conversation.on(event));
        while (!open.isEmpty()) {
            switch (open.removeFirst()) {
                case Directive.Answer answer -> {
                    mustCall = answer.nextTool();
                    answered(answer.callId(), answer.outputJson());
                }
                case Directive.Say say -> speaks(say.speech().text());
                case Directive.Run run -> runs(run);
                case Directive.Rebrief nextOpening -> {}
                case Directive.Note note -> history.add(new Entry.SystemSaid(note.text()));
                case Directive.Report report -> struggles.add(report.struggle());
                case Directive.Escalate escalate -> escalations.add(escalate.reason());
                case Directive.End end -> outcome = Optional.of(end.outcome());
            }
        }
    }

    private void runs(Directive.Run run) {
        CallWork.Settled settled =
                work.run(run, values(), elapsed -> happens(new Event.EffectSlow(run.effectId(), elapsed)));
        effects.add(new TypedTurn.Effect(run.name(), settled.outcome().name(), settled.detail()));
        happens(new Event.EffectSettled(run.effectId(), settled.outcome()));
    }

    /** All that is known in the call, so that other values are other work. */
    private String values() {
        return conversation instanceof FlowConversation flows
                ? flows.dialogState().flows().values().stream()
                        .map(flow -> flow.slots().values().entrySet().stream()
                                .map(value ->
                                        value.getKey() + "=" + value.getValue().normal())
                                .sorted()
                                .toList()
                                .toString())
                        .collect(Collectors.joining())
                : "";
    }

    /** What happened since the last turn. */
    private TypedTurn turn(String caller) {
        work.late().forEach(late -> happens(new Event.EffectSettled(late.effectId(), late.outcome())));
        TypedTurn turn = new TypedTurn(
                caller,
                said,
                List.copyOf(calls.values()),
                effects,
                struggles,
                escalations,
                conversation.view(),
                outcome);
        said.clear();
        calls.clear();
        argumentsOf.removeAll();
        effects.clear();
        struggles.clear();
        escalations.clear();
        return turn;
    }
}
