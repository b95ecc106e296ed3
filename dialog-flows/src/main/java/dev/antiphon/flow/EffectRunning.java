package dev.antiphon.flow;

import dev.antiphon.flow.EffectProgress.Finished;
import dev.antiphon.flow.EffectProgress.Running;
import dev.antiphon.flow.FlowState.Offer;
import dev.antiphon.flow.FlowState.Phase;
import dev.antiphon.flow.FlowState.Purpose;
import dev.antiphon.flow.slot.Spoken;
import dev.antiphon.session.Conversation.Speech;
import dev.antiphon.session.Outcome;
import dev.antiphon.session.ToolOutcome;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;

/** Effects: one after the other, each at most once for the values that were confirmed; success is told only after it. */
final class EffectRunning {
    static final String WAIT = "One moment, I'm just doing that.";
    private static final int MAX_FAILURES = 2;

    private EffectRunning() {}

    /** Starts the next effect, or finishes; true when an effect runs now. */
    static boolean start(Turn turn) {
        int next = turn.state.effects().finished().size();
        if (next >= turn.flow.effects().size()) {
            finish(turn, "");
            Questions.ask(turn, Questions.Wording.FULL);
            return false;
        }
        EffectPlan<?> plan = turn.flow.effects().get(next);
        int revision = turn.state.slots().changedAt();
        String effectId = plan.name() + "#" + (turn.state.effects().started() + 1);
        Callable<?> work;
        try {
            work = turn.flow.work(next, turn.slots());
        } catch (RuntimeException e) {
            turn.fault("result record", e);
            turn.state = turn.state.with(turn.state.effects().failed());
            failed(turn);
            return false;
        }
        turn.state = turn.state
                .with(Phase.RUNNING)
                .with(turn.state.effects().start(new Running(effectId, plan.name(), revision, false)));
        turn.effect(new FlowEffect.Run(effectId, plan.name(), revision, turn.flow.policy(next), work));
        return true;
    }

    /** Filler speech, once a run. */
    static void slow(Turn turn, String effectId) {
        Optional<Running> running = running(turn, effectId);
        if (running.isPresent() && !running.get().fillerSaid()) {
            EffectPlan<?> plan =
                    turn.flow.effects().get(turn.state.effects().finished().size());
            turn.state = turn.state.with(turn.state.effects().fillerSaid());
            plan.filler().ifPresent(words -> {
                turn.state = turn.state.with(turn.state.repair().spokeByItself());
                turn.effect(new FlowEffect.Say(Speech.say(words)));
            });
        }
    }

    /** Takes an outcome; true when those who wait for it are to be answered now. */
    static boolean settled(Turn turn, String effectId, ToolOutcome outcome) {
        Optional<Running> running = running(turn, effectId);
        if (running.isEmpty()) {
            return false;
        }
        if (turn.state.phase() == Phase.ENDED) {
            afterTheEnd(turn, running.get(), outcome);
            return true;
        }
        turn.state = turn.state.with(Phase.COLLECTING);
        switch (outcome) {
            case ToolOutcome.Ok ok -> {
                return succeeded(turn, running.get(), ok.value());
            }
            case ToolOutcome.Failed failed -> failed(turn, failed.cause());
            case ToolOutcome.TimedOut timedOut -> broken(turn);
            case ToolOutcome.Rejected rejected -> broken(turn);
            case ToolOutcome.UnknownTool unknown -> broken(turn);
            case ToolOutcome.Cancelled cancelled -> broken(turn);
        }
        handOverIfWanted(turn);
        return true;
    }

    private static boolean succeeded(Turn turn, Running run, Object value) {
        Optional<String> words = inWords(value);
        turn.state = turn.state.with(turn.state.effects().succeeded(new Finished(run.name(), run.revision(), words)));
        if (turn.state.effects().finished().size() < turn.flow.effects().size()) {
            return !start(turn);
        }
        finish(turn, value);
        Questions.ask(turn, Questions.Wording.FULL);
        handOverIfWanted(turn);
        return true;
    }

    /** The caller is gone: what became of the effect is kept, nothing is said or opened again. */
    private static void afterTheEnd(Turn turn, Running run, ToolOutcome outcome) {
        turn.state = turn.state.with(
                outcome instanceof ToolOutcome.Ok ok
                        ? turn.state.effects().succeeded(new Finished(run.name(), run.revision(), inWords(ok.value())))
                        : turn.state.effects().failed());
        turn.closing();
    }

    /** Closes the task and says so. */
    static void finish(Turn turn, Object lastResult) {
        turn.state = turn.state.with(Phase.DONE).confirmingNothing().offeringNothing();
        try {
            turn.flow.completed(turn.slots(), lastResult).ifPresent(turn::say);
        } catch (RuntimeException e) {
            turn.fault("done", e);
            turn.say("That's done.");
        }
    }

    private static void failed(Turn turn, Throwable cause) {
        int index = turn.state.effects().finished().size();
        Optional<Rejection<?>> response;
        try {
            response = turn.flow.effects().get(index).respond(cause);
        } catch (RuntimeException e) {
            turn.fault(
                    "failure handler of effect "
                            + turn.flow.effects().get(index).name(),
                    e);
            response = Optional.empty();
        }
        if (response.isPresent() && turn.flow.slot(response.get().slot().name()).isPresent()) {
            turn.state = turn.state.with(turn.state.effects().rejected());
            back(turn, response.get());
        } else {
            broken(turn);
        }
    }

    /** Back to a slot, with what is possible instead. */
    private static <T> void back(Turn turn, Rejection<T> rejection) {
        String name = rejection.slot().name();
        String value = turn.spoken(rejection.slot()).map(Spoken::sentence).orElse("That");
        turn.state = turn.state
                .with(turn.state.slots().drop(name))
                .with(turn.state.repair().rejected(name));
        turn.say(rejection.reason().orElse("I'm sorry, " + value + " is no longer available."));
        List<String> options = rejection.options().stream()
                .map(rejection.slot().type()::normal)
                .distinct()
                .toList();
        if (!options.isEmpty()) {
            turn.state = turn.state.offering(Offer.first(name, options, false));
        }
        Questions.proceed(turn);
    }

    private static void broken(Turn turn) {
        turn.state = turn.state.with(turn.state.effects().failed());
        failed(turn);
    }

    private static void failed(Turn turn) {
        if (turn.state.effects().failures() >= MAX_FAILURES) {
            turn.say("I'm sorry, that didn't work again.");
            giveUp(turn, "the effect failed " + MAX_FAILURES + " times");
            return;
        }
        String otherwise = turn.flow
                .handOverTarget()
                .map(to -> ", or would you rather speak to " + Repairing.the(to))
                .orElse("");
        Confirming.open(turn, Purpose.RETRY, "I'm sorry, that didn't work. Shall I try again" + otherwise + "?");
        Questions.proceed(turn);
    }

    /** After a failure that is not tried again. */
    static void giveUp(Turn turn, String reason) {
        if (turn.flow.handOverTarget().isPresent()) {
            Repairing.handOver(turn, turn.flow.handOverTarget().get(), reason);
        } else {
            turn.say("I'm sorry that I couldn't do it. Please try again later. Goodbye.");
            turn.end(new Outcome.Failed(reason));
        }
    }

    private static void handOverIfWanted(Turn turn) {
        if (turn.state.repair().handOverNext() && turn.state.phase() != Phase.ENDED) {
            Repairing.handOver(
                    turn, turn.flow.handOverTarget().orElse(Repairing.SOMEONE), "the caller asked for a person");
        }
    }

    private static Optional<Running> running(Turn turn, String effectId) {
        return turn.state.effects().running().filter(run -> run.effectId().equals(effectId));
    }

    /** Only plain values: anything else may hold personal data. */
    private static Optional<String> inWords(Object value) {
        if (Objects.isNull(value)) { // an author's code without null checks may return nothing
            return Optional.empty();
        }
        return switch (value) {
            case CharSequence text -> Optional.of(text.toString()).filter(words -> !words.isBlank());
            case Number number -> Optional.of(number.toString());
            case Enum<?> constant -> Optional.of(constant.name());
            case UUID id -> Optional.of(id.toString());
            default -> Optional.empty();
        };
    }
}
