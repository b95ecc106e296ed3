package dev.antiphon.flow;

import dev.antiphon.flow.FlowEffect.Reply;
import dev.antiphon.flow.FlowState.Phase;
import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.say.Phrase;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.slot.Verdict;
import dev.antiphon.handover.HandoverNotes;
import dev.antiphon.handover.HandoverResult;
import dev.antiphon.realtime.FunctionTool;
import dev.antiphon.session.Conversation;
import dev.antiphon.session.ToolOutcome;
import dev.antiphon.tier.EscalationPolicy;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One call's run of a dialog, as a session sees it: tool calls become dialogue acts, what the machine wants becomes
 * directives. Confined to one session, as {@link Conversation} says.
 */
public final class FlowConversation implements Conversation {
    private static final Reply NOTHING_TO_ADD = Reply.nothing(OptionalInt.empty(), false);

    private final Dialog dialog;
    private final DialogMachine machine;
    private final InstantSource clock;
    private final ZoneId zone;
    private final Directives directives;
    private final List<String> calls = new ArrayList<>();
    private final List<DialogMachine.Addressed> meant = new ArrayList<>();
    private DialogState state;
    private FlowObserver observer = FlowObserver.NONE;
    private FlowBrief brief;
    private DialogState open;
    private boolean wasBegun;
    private boolean waitsForPerson;
    private boolean wasNotTakenOver;

    private FlowConversation(Dialog dialog, InstantSource clock, ZoneId zone, String instanceId) {
        this.dialog = dialog;
        this.machine =
                new DialogMachine(dialog, (flow, before, event, step) -> observer.stepped(flow, before, event, step));
        this.clock = clock;
        this.zone = zone;
        this.directives = new Directives(dialog, instanceId);
        this.state = DialogState.INITIAL.pinned(dialog.version());
        this.open = state;
        this.brief = FlowBrief.of(dialog, Briefing.STATIC, state, this::view, now());
    }

    /**
     * A new run of one flow.
     *
     * @param clock resolves relative dates
     * @param zone the caller's time zone
     * @param instanceId unique for each run; part of every effect's idempotency key
     */
    public static FlowConversation start(Flow<?> flow, InstantSource clock, ZoneId zone, String instanceId) {
        return start(Dialog.of(flow), clock, zone, instanceId);
    }

    /**
     * A new run of a dialog of several flows.
     *
     * @param clock resolves relative dates
     * @param zone the caller's time zone
     * @param instanceId unique for each run; part of every effect's idempotency key
     */
    public static FlowConversation start(Dialog dialog, InstantSource clock, ZoneId zone, String instanceId) {
        if (instanceId.isBlank()) {
            throw new IllegalArgumentException("a flow's instance id must not be blank");
        }
        return new FlowConversation(dialog, clock, zone, instanceId);
    }

    /**
     * A run that goes on where another one stood, perhaps in another process: the caller is not greeted but asked what is
     * open, and the model is seeded.
     * Work that was running then is lost: of an effect it is not known whether it was done, so the caller is told so and asked whether to
     * try again, with the same key. Only success, or a failure that the flow expects, then settles it: that another attempt failed
     * says nothing of the first. A search or a check is done anew when its values are said again.
     *
     * @param saved by {@link SavedDialog}, of the same dialog
     * @param instanceId that of the first run, so that nothing is done twice
     * @throws IllegalArgumentException when the dialog does not have the flows of the saved state
     * @throws OtherVersion when it was saved with another version of the dialog; see {@link DialogState#adoptedBy}
     */
    public static FlowConversation resume(
            Dialog dialog, InstantSource clock, ZoneId zone, String instanceId, DialogState saved) {
        FlowConversation conversation = at(dialog, clock, zone, instanceId, saved);
        conversation.loseWhatRan();
        return conversation;
    }

    /** One that stands where another one stands, which will hear of what is running there. */
    static FlowConversation at(Dialog dialog, InstantSource clock, ZoneId zone, String instanceId, DialogState saved) {
        saved.flows().keySet().forEach(dialog::flowOf);
        FlowConversation conversation = start(dialog, clock, zone, instanceId);
        if (!saved.version().isEmpty() && !saved.version().equals(conversation.version())) {
            throw new OtherVersion(dialog.name(), saved.version(), conversation.version());
        }
        conversation.state = saved.pinned(conversation.version());
        return conversation;
    }

    /**
     * A conversation that stands where this one stands, and goes on by itself; this one is not changed. For tools that try several ways
     * to go on, between two turns.
     *
     * @param otherInstanceId part of the idempotency keys of its effects, which are others than this one's
     */
    public FlowConversation branch(String otherInstanceId) {
        FlowConversation branch = start(dialog, clock, zone, otherInstanceId).observedBy(observer);
        branch.state = state;
        branch.open = open;
        branch.brief = brief;
        branch.calls.addAll(calls);
        branch.meant.addAll(meant);
        branch.wasBegun = wasBegun;
        branch.waitsForPerson = waitsForPerson;
        branch.wasNotTakenOver = wasNotTakenOver;
        return branch;
    }

    /** Nobody will hear its outcome, nor an answer to a call of the model that waited for it. */
    private void loseWhatRan() {
        wasBegun = !state.flows().isEmpty();
        List.copyOf(state.flows().keySet()).forEach(instance -> {
            interrupt(instance);
            state.of(instance)
                    .effects()
                    .running()
                    .ifPresent(run -> step(new FlowEvent.EffectSettled(
                            DialogMachine.effectId(instance, run.effectId()),
                            new ToolOutcome.TimedOut(Duration.ZERO))));
            interrupt(instance);
        });
    }

    private void interrupt(String instance) {
        FlowState flow = state.of(instance);
        state = state.with(instance, flow.with(flow.effects().interrupted()));
    }

    /**
     * Something is known of the caller, for example from the number that rings: open slots are filled with it, checked and read back
     * like any other value, but not asked for, and left out where they are out of the slot's bounds; values that are no slots are for the author's rules, see {@link
     * dev.antiphon.flow.slot.Slots#find}. It outlives finished tasks of a service. Best before the call begins; returns this.
     *
     * <pre>{@code FlowConversation.start(flow, clock, zone, id).knowing(Item.of(known -> known.with(name, "Ana Smith")))}</pre>
     */
    public FlowConversation knowing(Item caller) {
        Map<String, String> possible = new HashMap<>(caller.values());
        possible.entrySet()
                .removeIf(value -> dialog.flows().stream()
                        .flatMap(flow -> flow.slot(value.getKey()).stream())
                        .anyMatch(slot -> isOutOfBounds(slot, value.getValue())));
        state = machine.step(state, new FlowEvent.CallerKnown(possible)).next();
        return this;
    }

    /** Briefs the model in another way; before the call begins. Returns this. The default is {@link Briefing#STATIC}. */
    public FlowConversation briefedBy(Briefing other) {
        brief = FlowBrief.of(dialog, other, state, this::view, now());
        return this;
    }

    /** What the slot cannot hold at all is the machine's to report. */
    private <T> boolean isOutOfBounds(Slot<T> slot, String normal) {
        try {
            return slot.judgeAlone(slot.type().restore(normal), now(), dialog.language())
                    instanceof Verdict.Reject<T> rejected;
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }

    /** From now on this sees every step, instead of what saw them before; returns this. */
    public FlowConversation observedBy(FlowObserver seeing) {
        observer = seeing;
        return this;
    }

    @Override
    public String name() {
        return dialog.name();
    }

    @Override
    public String version() {
        return state.version();
    }

    @Override
    public Opening opening() {
        return brief.opening();
    }

    @Override
    public Set<String> ownTools() {
        return FlowTools.of(dialog).stream().map(FunctionTool::name).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public String sayAgain() {
        return dialog.language().text(Phrase.SAY_AGAIN);
    }

    @Override
    public boolean offers(String tool) {
        return dialog.flows().stream().anyMatch(flow -> flow.offers(tool));
    }

    /** Of a flow at any time, of a task while it is wanted. */
    @Override
    public boolean mayCall(String tool) {
        return dialog.flows().stream().anyMatch(flow -> flow.extraTools().contains(tool))
                || state.flows().entrySet().stream()
                        .anyMatch(each -> flow(each.getKey())
                                .wanted(each.getValue())
                                .extraTools()
                                .contains(tool));
    }

    @Override
    public Locale language() {
        return dialog.language().locale();
    }

    @Override
    public WaitingWords waitingWords() {
        Language language = dialog.language();
        return new WaitingWords(
                language.text(Phrase.FILLER),
                language.text(Phrase.PROGRESS),
                language.text(Phrase.TOO_LONG),
                language.text(Phrase.TOLD_LATER));
    }

    @Override
    public HandoverWords handoverWords() {
        Language language = dialog.language();
        return new HandoverWords(
                language.text(Phrase.NOBODY_FREE),
                language.text(Phrase.NOBODY_ANSWERS),
                language.text(Phrase.CANNOT_CONNECT),
                language.text(Phrase.CALL_LATER));
    }

    @Override
    public String connecting(String target) {
        return dialog.language().text(Phrase.CONNECTING, "target", Repairing.the(dialog.language(), target));
    }

    @Override
    public boolean takesSensitive() {
        return dialog.flows().stream().flatMap(flow -> flow.slots().stream()).anyMatch(Slot::isSensitive);
    }

    /** Of every flow that was begun. */
    @Override
    public HandoverNotes notes() {
        return DialogLook.notes(dialog, state, open.of(TurnRouting.focus(dialog, state)), now());
    }

    @Override
    public List<Directive> on(Event event) {
        return switch (event) {
            case Event.ToolCalled called -> {
                calls.add(called.callId());
                meant.add(ToolCallReading.read(dialog, called.name(), called.argumentsJson()));
                yield List.of();
            }
            case Event.CallsComplete complete -> callerTurn();
            case Event.CallerSpoke tooLateToMatter -> List.of();
            case Event.CallStarted callStarted -> step(new FlowEvent.Started(wasBegun));
            case Event.EffectSettled settled ->
                step(new FlowEvent.EffectSettled(settled.effectId(), settled.outcome()));
            case Event.AgentSpoke spoke -> step(new FlowEvent.AgentSpoke(spoke.text(), spoke.calledTool()));
            case Event.CallerSilent silent -> step(new FlowEvent.CallerSilent(silent.count()));
            case Event.AgentCutOff cut -> step(new FlowEvent.AgentCutOff(cut.heardShare()));
            case Event.CallerHungUp hungUp -> step(new FlowEvent.CallerHungUp(hungUp.reason()));
            case Event.EffectSlow slow -> step(new FlowEvent.EffectSlow(slow.effectId()));
            case Event.PersonNeeded needed -> step(new FlowEvent.PersonNeeded(needed.reason()));
            case Event.HandoverAsked ignored -> {
                waitsForPerson = true;
                yield List.of();
            }
            case Event.HandoverSettled settled -> handoverSettled(settled.result());
        };
    }

    /** Once the dialog goes on; who is not taken over twice is not kept. */
    private List<Directive> handoverSettled(HandoverResult result) {
        waitsForPerson = false;
        boolean last = wasNotTakenOver;
        wasNotTakenOver = true;
        return switch (result) {
            case HandoverResult.Accepted ignored -> List.of();
            case HandoverResult.Busy busy -> notTakenOver(Phrase.NOBODY_FREE, busy, last);
            case HandoverResult.NoAnswer nobody -> notTakenOver(Phrase.NOBODY_ANSWERS, nobody, last);
            case HandoverResult.Refused refused -> notTakenOver(Phrase.CANNOT_CONNECT, refused, last);
            case HandoverResult.Failed failed -> notTakenOver(Phrase.CANNOT_CONNECT, failed, last);
            case HandoverResult.Withdrawn withdrawn -> notTakenOver(Phrase.CANNOT_CONNECT, withdrawn, last);
        };
    }

    private List<Directive> notTakenOver(Phrase words, HandoverResult result, boolean last) {
        return step(new FlowEvent.NotTakenOver(words, result.name(), last));
    }

    /** The tool calls of one response are one turn of the caller: the last is answered, those before have nothing to add. */
    private List<Directive> callerTurn() {
        if (calls.isEmpty()) {
            return List.of();
        }
        String last = calls.removeLast();
        List<Directive> directives = new ArrayList<>();
        calls.forEach(call -> directives.add(new Directive.Answer(call, ReplyJson.of(NOTHING_TO_ADD))));
        List<DialogMachine.Addressed> acts = List.copyOf(meant);
        calls.clear();
        meant.clear();
        if (waitsForPerson) {
            directives.add(new Directive.Answer(last, ReplyJson.of(stillWaiting())));
            return directives;
        }
        directives.addAll(taken(machine.callerTurn(state, last, acts, now())));
        return directives;
    }

    private Reply stillWaiting() {
        return new Reply(
                dialog.language().text(Phrase.PROGRESS),
                false,
                true,
                List.of(),
                OptionalInt.empty(),
                false,
                Optional.empty(),
                Map.of());
    }

    private List<Directive> step(FlowEvent event) {
        return taken(machine.step(state, event));
    }

    private List<Directive> taken(DialogMachine.Transition transition) {
        open = ended() ? open : state;
        state = transition.next();
        FlowBrief before = brief;
        brief = ended() ? before : before.at(state, this::view, now());
        return Stream.concat(
                        transition.effects().stream().flatMap(effect -> directives.of(effect).stream()),
                        brief.newsAfter(before).stream())
                .toList();
    }

    @Override
    public Optional<String> seed() {
        return FlowInstructions.seed(dialog, state, instance -> view(instance));
    }

    @Override
    public View view() {
        return view(TurnRouting.focus(dialog, state));
    }

    @Override
    public String flow() {
        return focused().name();
    }

    @Override
    public Optional<EscalationPolicy> escalation() {
        return focused().escalation();
    }

    @Override
    public OptionalInt stepsToGoal() {
        return Questions.stepsToGoal(new Turn(focused(), state(), List.of(), now()));
    }

    @Override
    public boolean mayHandOver() {
        return Repairing.mayHandOver(focused(), state()) && !ended();
    }

    private Flow<?> focused() {
        return flow(TurnRouting.focus(dialog, state));
    }

    private Flow<?> flow(String instance) {
        return dialog.flow(Instances.flow(instance)).orElseThrow();
    }

    private View view(String instance) {
        return DialogLook.view(flow(instance), state.of(instance), now());
    }

    /** The machine's state, for tests and journals: that of the flow that is spoken of. */
    public FlowState state() {
        return state.of(TurnRouting.focus(dialog, state));
    }

    /** The state of all flows. */
    public DialogState dialogState() {
        return state;
    }

    /** What this is a run of. */
    public Dialog dialog() {
        return dialog;
    }

    /** Whether the dialog is over. */
    public boolean ended() {
        return state.flows().values().stream().anyMatch(flow -> flow.phase() == Phase.ENDED);
    }

    private ZonedDateTime now() {
        return clock.instant().atZone(zone);
    }
}
