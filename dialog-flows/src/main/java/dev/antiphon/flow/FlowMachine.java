package dev.antiphon.flow;

import dev.antiphon.flow.FlowEffect.Fault;
import dev.antiphon.flow.FlowState.Confirmation;
import dev.antiphon.flow.FlowState.Phase;
import dev.antiphon.flow.say.Phrase;
import dev.antiphon.tier.Struggle.Signal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;

/**
 * Runs a flow: a pure function from a state and an event to the next state and what is to be done. Thread-safe.
 *
 * <p>It never throws for anything a caller or model did, nor for an exception of the author's code, which it reports as a
 * {@link Fault}. Each {@link FlowEvent.CallerTurn} leads to exactly one {@link FlowEffect.Answer}: at once, or, while an effect
 * runs, when that has settled.
 */
public final class FlowMachine {
    /** A caller who has heard this much of something knows what it was. */
    private static final double HEARD = 0.8;

    private static final ZonedDateTime NO_TIME = Instant.EPOCH.atZone(ZoneOffset.UTC);

    private final Flow<?> flow;

    /** A machine for this flow. */
    public FlowMachine(Flow<?> flow) {
        this.flow = flow;
    }

    /** One step. */
    public Transition step(FlowState state, FlowEvent event) {
        Optional<FlowState> before =
                event instanceof FlowEvent.Started started && !started.again() ? Optional.empty() : Optional.of(state);
        return Conditions.reported(flow, before, taken(state, event));
    }

    /** The same for what has settled while something else is spoken of: nothing is said of it yet, and no refusal is lost. */
    Transition settledUnheard(FlowState state, FlowEvent.EffectSettled settled) {
        if (!state.effects().held().isEmpty()) {
            return step(state, settled);
        }
        Turn turn = settling(state);
        turn.whileOthersSpeak();
        EffectRunning.settled(turn, settled.effectId(), settled.outcome());
        turn.keepUnheard();
        return Conditions.reported(flow, Optional.of(state), turn.transition());
    }

    private Turn settling(FlowState state) {
        ZonedDateTime asked = state.effects().meanwhile().time().orElse(NO_TIME);
        return new Turn(flow, state, List.of(), asked);
    }

    private Transition taken(FlowState state, FlowEvent event) {
        return switch (event) {
            case FlowEvent.CallerKnown known -> {
                Turn turn = turn(state);
                SlotFilling.know(turn, known.values());
                yield turn.transition();
            }
            case FlowEvent.Started started -> started.again() ? startedAgain(state) : started(state);
            case FlowEvent.CallerTurn turn -> callerTurn(state, turn);
            case FlowEvent.EffectSettled settled -> {
                Turn turn = settling(state);
                boolean answers = EffectRunning.settled(turn, settled.effectId(), settled.outcome());
                boolean goesOn = turn.state.phase() == Phase.RUNNING;
                boolean waits =
                        Choosing.isOpen(turn) && turn.state.effects().held().isEmpty();
                yield goesOn
                        ? turn.holdOn()
                        : !answers ? turn.transition() : waits ? turn.sayAfterChoice() : turn.answerHeld();
            }
            case FlowEvent.EffectSlow slow -> {
                Turn turn = turn(state);
                Filler.say(turn, slow.effectId());
                yield turn.transition();
            }
            case FlowEvent.AgentSpoke spoke -> agentSpoke(state, spoke.text(), spoke.actedOn());
            case FlowEvent.AgentCutOff cut -> new Transition(cutOff(state, cut.heardShare()), List.of(), List.of());
            case FlowEvent.CallerHungUp hungUp -> {
                Turn turn = turn(state);
                Repairing.hungUp(turn, hungUp.reason());
                yield turn.transition();
            }
            case FlowEvent.NotTakenOver nobody -> {
                Turn turn = turn(state);
                Repairing.notTakenOver(turn, nobody);
                yield turn.speak();
            }
            case FlowEvent.PersonNeeded needed -> {
                Turn turn = turn(state);
                yield Repairing.personNeeded(turn, needed.reason()) ? turn.speak() : turn.transition();
            }
            case FlowEvent.CallerSilent silent -> {
                Turn turn = turn(state);
                if (!Choosing.settledAlone(turn)) {
                    Repairing.silence(turn, silent.count());
                }
                yield turn.transition();
            }
        };
    }

    private Turn turn(FlowState state) {
        return new Turn(flow, state, List.of(), NO_TIME);
    }

    private Transition started(FlowState state) {
        Turn turn = turn(state);
        turn.say(Greeting.of(turn));
        SlotFilling.goOn(turn);
        return turn.speak();
    }

    /** Who was cut off is asked what is open, or hears that all is said. */
    private Transition startedAgain(FlowState state) {
        Turn turn = turn(state.with(state.repair().asking("")));
        if (state.phase() == Phase.ENDED) {
            turn.say(Phrase.GOODBYE);
            turn.closing();
        } else {
            Questions.ask(turn, Questions.Wording.FULL);
        }
        return turn.speak();
    }

    private Transition callerTurn(FlowState state, FlowEvent.CallerTurn event) {
        Turn turn = new Turn(
                flow, state.with(state.repair().callerActed()).on(event.at().toLocalDate()), event.acts(), event.at());
        if (state.phase() == Phase.ENDED) {
            turn.say(Phrase.GOODBYE);
            turn.closing();
            return event.aside() ? turn.transition() : turn.answer(event.callId());
        }
        boolean held = false;
        Choosing.begin(turn);
        if (Repairing.catchUp(turn) && turn.meant.leaves()) {
            Questions.ask(turn, Questions.Wording.FULL);
        } else {
            turn.together(event.aside());
            for (DialogueAct act : YesFirst.ordered(turn, event.acts())) {
                held |= turn.state.phase() != Phase.ENDED && on(turn, act);
            }
            if (Choosing.isOpen(turn)) {
                return turn.letChoose(event.callId(), Choosing.offered(turn));
            }
            if (state.phase() == Phase.COLLECTING) {
                turn.sayUnheard();
            }
            turn.askPostponed();
        }
        boolean begun = state.phase() != Phase.RUNNING && turn.state.phase() == Phase.RUNNING;
        if (event.aside()) {
            turn.keepUnheard();
            return turn.transition();
        }
        return held || begun ? turn.hold(event.callId()) : turn.answer(event.callId());
    }

    /** Performs an act; true when its answer waits for an effect. */
    private static boolean on(Turn turn, DialogueAct act) {
        boolean understood = !(act instanceof DialogueAct.Unclear
                || act instanceof DialogueAct.Unusable
                || act instanceof DialogueAct.Request
                || act instanceof DialogueAct.ChooseEntry);
        if (understood) {
            turn.state = turn.state.with(turn.state.repair().stuck().understood());
        }
        if (turn.isSaidByPicking(act)) {
            return false;
        }
        if (RepairPattern.of(act)
                .filter(pattern -> Overriding.handles(turn, pattern))
                .isPresent()) {
            return false;
        }
        switch (act) {
            case DialogueAct.Start start -> Tasks.start(turn, start.task());
            case DialogueAct.AskAbout about -> Answering.about(turn, about.value(), about.question());
            case DialogueAct.Inform inform -> SlotFilling.inform(turn, inform.values(), false);
            case DialogueAct.Request request -> Answering.question(turn, request.question());
            case DialogueAct.ChooseEntry chosen -> Choosing.choose(turn, chosen.entry(), chosen.question());
            case DialogueAct.Affirm affirm -> {
                return Confirming.yes(turn, affirm.revision());
            }
            case DialogueAct.Negate negate -> Confirming.no(turn, negate.revision());
            case DialogueAct.Select select -> {
                Proposing.begin(turn);
                if (Proposing.takesTheOne(turn, select.option())) {
                    return false;
                }
                if (turn.state.offer().isEmpty() && turn.flow.isService()) {
                    Browsing.select(turn, select.option());
                } else {
                    Offering.select(turn, select.option());
                }
            }
            case DialogueAct.RequestAlternatives requestAlternatives -> {
                if (Proposing.takesTheOther(turn)) {
                    return false;
                }
                if (turn.state.offer().isEmpty() && turn.flow.isService()) {
                    Browsing.more(turn);
                } else {
                    Offering.more(turn);
                }
            }
            case DialogueAct.Cancel cancel -> Confirming.cancel(turn);
            case DialogueAct.Repeat repeat -> Repairing.repeat(turn, "");
            case DialogueAct.Slower slower -> Repairing.repeat(turn, turn.text(Phrase.SLOWLY));
            case DialogueAct.Skip skip -> Repairing.skip(turn);
            case DialogueAct.WantPerson wantPerson -> Repairing.person(turn);
            case DialogueAct.Unclear unclear -> Repairing.noMatch(turn);
            case DialogueAct.ChitChat chitChat -> Tasks.chat(turn);
            case DialogueAct.Thanks thanks -> Tasks.chat(turn);
            case DialogueAct.Goodbye goodbye -> Repairing.goodbye(turn);
            case DialogueAct.ComeBack comeBack -> {
                return Tasks.comeBack(turn, comeBack.why());
            }
            case DialogueAct.Unusable unusable -> Repairing.unusable(turn, unusable);
        }
        return false;
    }

    private Transition agentSpoke(FlowState state, String text, boolean actedOn) {
        Turn turn = turn(state);
        boolean byItself = state.repair().ownSpeech() > 0;
        turn.state =
                state.with(state.repair().agentSpoke()).with(state.inquiry().spoke());
        if (state.phase() == Phase.DONE) {
            turn.state = turn.state.with(turn.state.repair().toldNews(text));
        }
        if (Claims.unbacked(flow, state, text) || Claims.misquoted(flow, state, text)) {
            Claims.correct(turn);
            return turn.transition();
        }
        if (turn.state.repair().correctionOwed()) {
            String correction = turn.text(Phrase.CORRECTION);
            turn.state = turn.state.with(turn.state.repair().corrected(text, correction));
            boolean nothingComes = turn.state.repair().ownSpeech() == 0 && state.phase() != Phase.ENDED;
            if (turn.state.repair().correctionOwed() && nothingComes) {
                Claims.remind(turn);
                return turn.transition();
            }
        }
        if (Questions.key(turn).equals(state.repair().asked())) {
            heard(turn, text);
        }
        if (!actedOn && !byItself && Questions.expectsAnAct(turn)) {
            turn.struggle(Signal.STALLED, Questions.topic(turn));
        }
        return turn.transition();
    }

    /** What was not heard was not said: a question is asked in full again, a yes to it does not count. */
    private FlowState cutOff(FlowState state, double heardShare) {
        if (heardShare >= HEARD) {
            return state;
        }
        FlowState unheard = state.with(state.repair().cutOff(flow.language().text(Phrase.CORRECTION)));
        return unheard.confirmation()
                .filter(Confirmation::heard)
                .map(open ->
                        unheard.confirming(new Confirmation(open.revision(), open.purpose(), open.question(), false)))
                .orElse(unheard);
    }

    /** Only what the agent has said to its end was heard: that the caller spoke proves nothing, nor that the agent said something. */
    private static void heard(Turn turn, String text) {
        Optional<Confirmation> open = turn.state.confirmation();
        if (open.isEmpty() || open.get().heard()) {
            return;
        }
        if (ReadBack.isTold(turn, open.get(), text)) {
            turn.state = turn.state.heardConfirmation();
        } else {
            turn.struggle(Signal.STALLED, "the read-back was not said with its values");
        }
    }
}
