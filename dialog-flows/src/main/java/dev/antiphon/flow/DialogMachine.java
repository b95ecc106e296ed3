package dev.antiphon.flow;

import dev.antiphon.flow.DialogueAct.ComeBack.Reason;
import dev.antiphon.flow.EffectProgress.Elsewhere;
import dev.antiphon.flow.say.Phrase;
import dev.antiphon.session.Conversation.Speech;
import dev.antiphon.session.Outcome;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * Runs the flows of one call: a pure function that gives each act to the flow it belongs to, and lets one flow speak. What
 * another flow had asked is asked again before a yes to it counts. Thread-safe.
 */
public final class DialogMachine {
    private static final String SEPARATOR = "/";

    private final Dialog dialog;
    private final FlowObserver observer;
    private final Map<String, FlowMachine> machines = new HashMap<>();

    /** A machine for this dialog. */
    public DialogMachine(Dialog dialog) {
        this(dialog, FlowObserver.NONE);
    }

    /** A machine for this dialog; {@code observer} sees its flows' steps. */
    DialogMachine(Dialog dialog, FlowObserver observer) {
        this.dialog = dialog;
        this.observer = observer;
        dialog.flows().forEach(flow -> machines.put(flow.name(), new FlowMachine(flow)));
    }

    /**
     * An act and what it belongs to.
     *
     * @param flow the flow's name; empty: what is spoken of
     * @param number of several instances of the flow, from 1; 0: the one that is spoken of, else the latest;
     *     {@link #ANOTHER}: a new one, if one is under way
     */
    public record Addressed(String flow, int number, DialogueAct act) {
        /** A further instance of the flow. */
        public static final int ANOTHER = -1;

        /** An act of the flow that is spoken of, or of its latest instance. */
        public Addressed(String flow, DialogueAct act) {
            this(flow, 0, act);
        }
    }

    /** The result of one step; ids of effects begin with the instance that they belong to. */
    public record Transition(DialogState next, List<FlowEffect> effects, List<SystemAct> acts) {
        public Transition {
            effects = List.copyOf(effects);
            acts = List.copyOf(acts);
        }
    }

    /**
     * Takes all that the caller meant in one turn. It leads to exactly one {@link FlowEffect.Answer}, now or when an effect has
     * settled. Acts for flows that the dialog does not have count as not understood.
     */
    public Transition callerTurn(DialogState state, String callId, List<Addressed> acts, ZonedDateTime at) {
        TurnRouting routing = TurnRouting.of(dialog, state, acts, at);
        Map<String, List<DialogueAct>> byInstance = routing.byInstance();
        String answering = routing.answering();
        Step step = new Step(state.putting(routing.putOff()));
        for (String instance : state.flows().keySet()) {
            if (!instance.equals(answering)) {
                step.next = step.next.with(instance, step.next.of(instance).leftAlone());
            }
        }
        byInstance.forEach((instance, meant) -> {
            boolean aside = !instance.equals(answering);
            step.take(instance, new FlowEvent.CallerTurn(callId, meant, aside, at));
            if (aside) {
                step.next = step.next.with(instance, step.next.of(instance).leftAlone());
            }
        });
        step.next = step.next.focusing(answering);
        step.comeBack(answering, TurnRouting.focus(dialog, state));
        if (answering.equals(TurnRouting.focus(dialog, state))) {
            step.comeBackAfterDropping(state.of(answering), byInstance.getOrDefault(answering, List.of()));
        }
        return step.done();
    }

    private String speaker(DialogState state) {
        return state.speaker().isEmpty() ? TurnRouting.focus(dialog, state) : state.speaker();
    }

    /** Takes any other event: effects go where they came from, the rest to what is spoken of. */
    public Transition step(DialogState state, FlowEvent event) {
        Step step = new Step(state);
        switch (event) {
            case FlowEvent.EffectSettled settled ->
                instance(settled.effectId())
                        .ifPresent(instance -> step.settle(
                                instance,
                                new FlowEvent.EffectSettled(
                                        settled.effectId().substring(instance.length() + 1), settled.outcome())));
            case FlowEvent.EffectSlow slow ->
                instance(slow.effectId())
                        .ifPresent(instance -> step.take(
                                instance,
                                new FlowEvent.EffectSlow(slow.effectId().substring(instance.length() + 1))));
            case FlowEvent.CallerTurn turn -> {
                return callerTurn(
                        state,
                        turn.callId(),
                        turn.acts().stream().map(act -> new Addressed("", act)).toList(),
                        turn.at());
            }
            case FlowEvent.CallerKnown known -> {
                List<String> instances = List.copyOf(state.flows().keySet());
                step.next = step.next.knowing(known.values());
                instances.forEach(instance -> step.take(instance, known));
            }
            case FlowEvent.Started started -> {
                if (dialog.hasSeveral() && !started.again()) {
                    step.begin(TurnRouting.focus(dialog, state));
                    FlowState first = step.next.of(TurnRouting.focus(dialog, state));
                    step.next = step.next.with(
                            TurnRouting.focus(dialog, state),
                            first.with(first.repair().spokeByItself()));
                    step.effects.add(new FlowEffect.Say(Speech.say(
                            dialog.greeting() + " " + dialog.language().text(Phrase.WHAT_TO_DO))));
                } else {
                    step.take(TurnRouting.focus(dialog, state), started);
                }
            }
            case FlowEvent.AgentSpoke spoke -> step.take(speaker(state), spoke);
            case FlowEvent.AgentCutOff cut -> step.take(speaker(state), cut);
            case FlowEvent.CallerSilent silent -> step.take(TurnRouting.focus(dialog, state), silent);
            case FlowEvent.CallerHungUp hungUp -> step.take(TurnRouting.focus(dialog, state), hungUp);
            case FlowEvent.PersonNeeded needed -> step.take(TurnRouting.focus(dialog, state), needed);
            case FlowEvent.NotTakenOver nobody -> step.take(handedOver(state), nobody);
        }
        return step.done();
    }

    /** The one that ended so. */
    private String handedOver(DialogState state) {
        return state.flows().entrySet().stream()
                .filter(flow -> flow.getValue().outcome().stream().anyMatch(Outcome.HandedOver.class::isInstance))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseGet(() -> TurnRouting.focus(dialog, state));
    }

    /** The id of an effect among those of all instances. */
    static String effectId(String instance, String ofInstance) {
        return instance + SEPARATOR + ofInstance;
    }

    /** The instance that an effect belongs to; empty for an id that is none. */
    static String instanceOf(String effectId) {
        return effectId.substring(0, Math.max(0, effectId.indexOf(SEPARATOR)));
    }

    private Optional<String> instance(String effectId) {
        return Optional.of(instanceOf(effectId))
                .filter(name -> dialog.flow(Instances.flow(name)).isPresent());
    }

    /** The work on one event. */
    private final class Step {
        private final List<FlowEffect> effects = new ArrayList<>();
        private final List<SystemAct> acts = new ArrayList<>();
        private DialogState next;

        private Step(DialogState state) {
            this.next = state;
        }

        private void take(String instance, FlowEvent event) {
            begin(instance);
            pass(instance, event);
        }

        /** What waits for something else says nothing yet; when that is done, it goes on. */
        private void settle(String instance, FlowEvent.EffectSettled settled) {
            if (Instances.waits(next, instance)) {
                String speaker = next.speaker();
                pass(instance, settled, (machine, state) -> machine.settledUnheard(state, settled));
                next = next.with(instance, next.of(instance).leftAlone()).speaking(speaker);
                return;
            }
            FlowState before = next.of(instance);
            take(instance, settled);
            FlowState after = next.of(instance);
            boolean done = after.effects().finished().size()
                            > before.effects().finished().size()
                    && after.agenda().closed()
                    && TurnRouting.waitsForWishes(after);
            if (done && instance.equals(next.focus())) {
                goOnWithTheNext(after);
            }
        }

        /** What is spoken of is over: what waits for it comes, else what was interrupted by it. */
        private void goOnWithTheNext(FlowState over) {
            Instances.waiting(next)
                    .ifPresentOrElse(
                            waiting -> goOn(waiting, new DialogueAct.ComeBack(Reason.WAITED), over),
                            () -> Instances.interrupted(dialog, next)
                                    .ifPresent(open -> goOn(open, new DialogueAct.ComeBack(Reason.INTERRUPTED), over)));
        }

        /** What the caller does not want any more is over, too. */
        private void comeBackAfterDropping(FlowState before, List<DialogueAct> meant) {
            FlowState after = next.of(next.focus());
            boolean drops = meant.stream()
                    .anyMatch(act -> act instanceof DialogueAct.Cancel || act instanceof DialogueAct.Negate);
            boolean wasOpen = before.phase() == FlowState.Phase.COLLECTING && !TurnRouting.waitsForWishes(before);
            boolean nothingOpen =
                    TurnRouting.waitsForWishes(after) && after.confirmation().isEmpty();
            if (drops && wasOpen && nothingOpen) {
                goOnWithTheNext(after);
            }
        }

        /** Where nothing came of what the caller said to another flow, the one that was spoken of goes on. */
        private void comeBack(String answering, String before) {
            FlowState after = next.of(answering);
            boolean nothingOpen =
                    TurnRouting.waitsForWishes(after) && after.confirmation().isEmpty();
            FlowState.Phase phase = next.of(before).phase();
            boolean wasOpen = phase == FlowState.Phase.RUNNING
                    || phase == FlowState.Phase.COLLECTING && !TurnRouting.waitsForWishes(next.of(before));
            if (!answering.equals(before) && nothingOpen && wasOpen) {
                goOn(before, new DialogueAct.ComeBack(Reason.INTERRUPTED), after);
            }
        }

        /** What waited joins the answer in which the first is told to be done. */
        private void goOn(String waiting, DialogueAct.ComeBack comesBack, FlowState first) {
            Optional<FlowEffect.Answer> answer = effects.stream()
                    .filter(FlowEffect.Answer.class::isInstance)
                    .map(FlowEffect.Answer.class::cast)
                    .filter(each -> !each.reply().say().isEmpty())
                    .findFirst();
            if (answer.isEmpty() || first.today().isEmpty()) {
                return;
            }
            FlowEffect.Reply told =
                    answer.get().reply().without(dialog.language().text(Phrase.ANYTHING_ELSE));
            acts.removeIf(SystemAct.AnythingElse.class::isInstance);
            Utterance words = new Utterance(told.say(), told.verbatim(), told.interruptible());
            FlowState waited = next.of(waiting);
            next = next.with(
                    waiting,
                    waited.with(waited.repair().completing(first.repair().completion())));
            int own = effects.size();
            ZonedDateTime at = first.today().get().atStartOfDay(ZoneOffset.UTC);
            String callId = answer.get().callId();
            take(waiting, new FlowEvent.CallerTurn(callId, List.of(comesBack), false, at));
            for (int place = own; place < effects.size(); place++) {
                if (effects.get(place) instanceof FlowEffect.Answer asked) {
                    FlowEffect.Reply both = told.before(asked.reply());
                    effects.set(place, new FlowEffect.Answer(callId, both));
                    FlowState asking = next.of(waiting);
                    next = next.with(
                            waiting,
                            asking.with(asking.effects().released())
                                    .with(asking.repair()
                                            .saying(new Utterance(both.say(), both.verbatim(), both.interruptible()))));
                }
            }
            FlowState begun = next.of(waiting);
            if (begun.phase() == FlowState.Phase.RUNNING) {
                next = next.with(waiting, begun.with(begun.effects().keepFirst(words)));
            }
            effects.remove(answer.get());
            next = next.focusing(waiting).speaking(waiting);
        }

        /** A new instance knows what is known of the caller. */
        private void begin(String instance) {
            if (next.flows().containsKey(instance)) {
                return;
            }
            if (!next.known().isEmpty()) {
                pass(instance, new FlowEvent.CallerKnown(next.known()));
            }
            Instances.before(next, instance)
                    .ifPresent(earlier ->
                            next = next.with(instance, next.of(instance).heir(next.of(earlier))));
            List.copyOf(next.flows().values())
                    .forEach(other -> tell(instance, other.slots().known().made()));
        }

        private void pass(String instance, FlowEvent event) {
            pass(instance, event, (machine, state) -> machine.step(state, event));
        }

        private void pass(
                String instance,
                FlowEvent event,
                BiFunction<FlowMachine, FlowState, dev.antiphon.flow.Transition> taking) {
            FlowMachine machine =
                    Optional.ofNullable(machines.get(Instances.flow(instance))).orElseThrow();
            FlowState before = besidesOthers(instance);
            dev.antiphon.flow.Transition step = taking.apply(machine, before);
            dialog.flow(Instances.flow(instance)).ifPresent(flow -> observer.stepped(flow, before, event, step));
            next = next.with(instance, step.next());
            Map<String, List<String>> made =
                    new HashMap<>(step.next().slots().known().made());
            made.replaceAll((slot, values) -> values.stream()
                    .filter(each -> !before.slots().known().madeFor(slot).contains(each))
                    .toList());
            made.values().removeIf(List::isEmpty);
            List.copyOf(next.flows().keySet()).stream()
                    .filter(other -> !other.equals(instance))
                    .forEach(other -> tell(other, made));
            for (FlowEffect effect : step.effects()) {
                effects.add(named(instance, ofTheCall(instance, effect)));
                if (effect instanceof FlowEffect.Say || effect instanceof FlowEffect.Answer) {
                    next = next.speaking(instance);
                }
            }
            acts.addAll(step.acts());
        }

        /** What a call is completed with is what all of its flows have done. */
        private FlowEffect ofTheCall(String instance, FlowEffect effect) {
            List<String> successful = next.flows().keySet().stream()
                    .filter(each -> !next.of(each).effects().finished().isEmpty())
                    .toList();
            boolean others = successful.stream().anyMatch(each -> !each.equals(instance));
            if (!others || !(effect instanceof FlowEffect.End end && end.outcome() instanceof Outcome.Completed)) {
                return effect;
            }
            String speaker = successful.contains(instance) ? instance : successful.getFirst();
            String results = successful.stream()
                    .map(each -> Repairing.results(next.of(each)))
                    .collect(Collectors.joining(", "));
            Outcome outcome = new Outcome.Completed(Instances.flow(speaker), results);
            next = next.with(instance, next.of(instance).ended(outcome));
            return new FlowEffect.End(outcome);
        }

        /** What was made in one flow may be proposed in another one. */
        private void tell(String instance, Map<String, List<String>> made) {
            FlowState state = next.of(instance);
            if (!made.isEmpty()) {
                next = next.with(instance, state.with(state.slots().making(made)));
            }
        }

        /** The instance's state, which knows what the others have done. */
        private FlowState besidesOthers(String instance) {
            FlowState state = next.of(instance);
            List<String> others = next.flows().keySet().stream()
                    .filter(other -> !other.equals(instance))
                    .toList();
            boolean unknown = others.stream().anyMatch(this::isUncertain);
            boolean something = others.stream()
                    .anyMatch(other -> !next.of(other).effects().finished().isEmpty());
            return state.with(state.effects()
                    .besides(unknown ? Elsewhere.UNKNOWN : something ? Elsewhere.SOMETHING : Elsewhere.NOTHING));
        }

        private boolean isUncertain(String instance) {
            FlowState state = next.of(instance);
            return state.effects().unsettled().isPresent()
                    || state.effects().running().filter(run -> !run.looks()).isPresent();
        }

        private Transition done() {
            return new Transition(next, effects, acts);
        }
    }

    private static FlowEffect named(String instance, FlowEffect effect) {
        return effect instanceof FlowEffect.Run run
                ? new FlowEffect.Run(
                        effectId(instance, run.effectId()), run.name(), run.revision(), run.policy(), run.work())
                : effect;
    }
}
