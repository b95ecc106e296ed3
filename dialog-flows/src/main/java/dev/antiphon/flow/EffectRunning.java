package dev.antiphon.flow;

import dev.antiphon.flow.EffectProgress.Finished;
import dev.antiphon.flow.EffectProgress.Running;
import dev.antiphon.flow.FlowState.Offer;
import dev.antiphon.flow.FlowState.Phase;
import dev.antiphon.flow.FlowState.Purpose;
import dev.antiphon.flow.say.Phrase;
import dev.antiphon.flow.slot.Spoken;
import dev.antiphon.session.Conversation.EffectPolicy;
import dev.antiphon.session.Outcome;
import dev.antiphon.session.ToolOutcome;
import dev.antiphon.tier.Struggle.Signal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;

/** Effects: one after the other, each at most once for the values that were confirmed; success is told only after it. */
final class EffectRunning {
    private static final int MAX_FAILURES = 2;

    private EffectRunning() {}

    /** Starts the next effect, or finishes; true when an effect runs now. */
    static boolean start(Turn turn) {
        int next = turn.state.effects().finishedOfTask();
        if (next >= turn.task().effects().size()) {
            finish(turn, "");
            Questions.ask(turn, Questions.Wording.FULL);
            return false;
        }
        EffectPlan<?> plan = turn.task().effects().get(next);
        int revision = turn.state.slots().changedAt();
        String effectId = plan.name() + "#" + (turn.state.effects().started() + 1);
        Callable<?> work;
        try {
            work = turn.task().work(next, turn.state.slots(), turn.slots());
        } catch (RuntimeException e) {
            turn.fault("result record", e);
            turn.state = turn.state.with(turn.state.effects().failed());
            failed(turn);
            return false;
        }
        EffectPolicy policy = turn.task().policy(next);
        turn.state = turn.state
                .with(Phase.RUNNING)
                .with(turn.state
                        .effects()
                        .start(new Running(effectId, plan.name(), revision, EffectProgress.Purpose.TASK, policy)));
        turn.effect(new FlowEffect.Run(effectId, plan.name(), revision, policy, work));
        return true;
    }

    /** Takes an outcome; true when those who wait for it are to be answered now. */
    static boolean settled(Turn turn, String effectId, ToolOutcome outcome) {
        Optional<Running> running = running(turn, effectId);
        if (running.isEmpty()) {
            return settledLate(turn, effectId, outcome);
        }
        if (turn.state.phase() == Phase.ENDED) {
            afterTheEnd(turn, running.get(), outcome);
            return true;
        }
        Task<?> task = turn.task();
        int done = turn.state.effects().finished().size();
        turn.state = turn.state.with(Phase.COLLECTING);
        Waiting.begin(turn);
        boolean answers = ended(turn, running.get(), outcome);
        Waiting.end(turn, task, turn.state.effects().finished().size() > done);
        return answers;
    }

    private static boolean ended(Turn turn, Running run, ToolOutcome outcome) {
        if (run.verifies()) {
            turn.state = turn.state.with(turn.state.effects().rejected());
            if (!Waiting.overtakesCheck(turn)) {
                SlotFilling.verified(turn, run, outcome);
            }
            return true;
        }
        if (run.looks() && Waiting.overtakesSearch(turn)) {
            turn.state = turn.state.with(turn.state.effects().rejected());
            return true;
        }
        switch (outcome) {
            case ToolOutcome.Ok ok -> {
                return succeeded(turn, run, ok.value());
            }
            case ToolOutcome.Failed failed -> {
                turn.state = turn.state.with(turn.state.effects().resolved());
                failed(turn, failed.cause());
            }
            case ToolOutcome.TimedOut timedOut -> {
                turn.state = turn.state.with(turn.state.effects().timedOut());
                failed(turn);
            }
            case ToolOutcome.Rejected rejected -> broken(turn);
            case ToolOutcome.UnknownTool unknown -> broken(turn);
            case ToolOutcome.Cancelled cancelled -> broken(turn);
        }
        return true;
    }

    /** Work that had timed out has ended after all. While the same work is tried again, that brings the outcome. */
    private static boolean settledLate(Turn turn, String effectId, ToolOutcome outcome) {
        Optional<Running> run =
                turn.state.effects().unsettled().filter(late -> late.effectId().equals(effectId));
        boolean news = turn.state.phase() == Phase.COLLECTING || turn.state.phase() == Phase.ENDED;
        if (run.isEmpty() || !news || outcome instanceof ToolOutcome.TimedOut) {
            return false;
        }
        if (turn.state.phase() == Phase.ENDED) {
            afterTheEnd(turn, run.get(), outcome);
            return true;
        }
        if (outcome instanceof ToolOutcome.Ok ok) {
            return succeeded(turn, run.get(), ok.value());
        }
        turn.state = turn.state.with(turn.state.effects().resolved());
        Optional<Rejection<?>> expected =
                outcome instanceof ToolOutcome.Failed failed ? response(turn, failed.cause()) : Optional.empty();
        expected.ifPresentOrElse(rejection -> back(turn, rejection), () -> retry(turn));
        return true;
    }

    private static boolean succeeded(Turn turn, Running run, Object value) {
        if (turn.task().search().isPresent()) {
            turn.state = turn.state.with(turn.state.effects().rejected());
            Browsing.found(turn, value);
            return true;
        }
        return turn.flow.isService() && value instanceof Done<?> done ? came(turn, run, done) : done(turn, run, value);
    }

    private static boolean came(Turn turn, Running run, Done<?> done) {
        switch (done) {
            case Done.Alternative<?> instead -> {
                turn.state = turn.state.with(turn.state.effects().rejected());
                Tasks.offerAlternative(turn, instead.instead());
                return true;
            }
            case Done.Refused<?> refused -> {
                turn.state = turn.state.with(turn.state.effects().rejected());
                Tasks.refused(turn, refused.reason());
                return true;
            }
            case Done.Made<?> made -> {
                made.item()
                        .ifPresent(item -> turn.state = turn.state
                                .with(turn.state.agenda().about(item))
                                .with(turn.state.slots().making(each(item.values()))));
                return done(turn, run, made.result());
            }
        }
    }

    private static Map<String, List<String>> each(Map<String, String> values) {
        Map<String, List<String>> made = new HashMap<>();
        values.forEach((name, normal) -> made.put(name, List.of(normal)));
        return made;
    }

    private static boolean done(Turn turn, Running run, Object value) {
        Optional<String> words = inWords(value);
        turn.state = turn.state.with(turn.state.effects().succeeded(new Finished(run.name(), run.revision(), words)));
        if (turn.state.effects().finishedOfTask() < turn.task().effects().size()) {
            if (!Waiting.holdsUp(turn)) {
                return !start(turn);
            }
            Questions.ask(turn, Questions.Wording.FULL);
        } else if (turn.flow.isService()) {
            Tasks.succeeded(turn, value);
        } else {
            finish(turn, value);
            Questions.ask(turn, Questions.Wording.FULL);
        }
        return true;
    }

    /** The caller is gone: what became of the effect is kept, nothing is said or opened again. */
    private static void afterTheEnd(Turn turn, Running run, ToolOutcome outcome) {
        EffectProgress effects = turn.state.effects();
        if (run.looks()) {
            turn.state = turn.state.with(effects.rejected());
        } else if (outcome instanceof ToolOutcome.Ok ok) {
            turn.state =
                    turn.state.with(effects.succeeded(new Finished(run.name(), run.revision(), inWords(ok.value()))));
        } else {
            turn.state = turn.state.with(effects.failed());
        }
        turn.closing();
    }

    /** Closes the task and says so. */
    static void finish(Turn turn, Object lastResult) {
        turn.state = turn.state.with(Phase.DONE).confirmingNothing().offeringNothing();
        tellCompletion(turn, lastResult);
    }

    /** The author's words on what was done. */
    static void tellCompletion(Turn turn, Object lastResult) {
        turn.does(new SystemAct.Succeeded(turn.task().name()));
        try {
            turn.task()
                    .completed(turn.state.slots(), turn.slots(), lastResult)
                    .map(turn::words)
                    .or(() -> turn.flow.isService() ? Optional.of(thatIsDone(turn)) : Optional.empty())
                    .ifPresent(words -> complete(turn, words));
        } catch (RuntimeException e) {
            turn.fault("done", e);
            complete(turn, thatIsDone(turn));
        }
    }

    private static Utterance thatIsDone(Turn turn) {
        return new Utterance(turn.text(Phrase.DONE), false);
    }

    private static void complete(Turn turn, Utterance words) {
        turn.say(words);
        turn.state = turn.state.with(turn.state
                .repair()
                .completing(new Utterance(words.text().strip(), words.verbatim(), words.interruptible())));
    }

    private static void failed(Turn turn, Throwable cause) {
        Optional<Rejection<?>> response = response(turn, cause);
        if (response.isPresent()) {
            back(turn, response.get());
        } else if (cause instanceof EffectRefused refused) {
            refused(turn, refused.reason());
        } else {
            broken(turn);
        }
    }

    /** Nothing was done, and nothing is with these values. */
    private static void refused(Turn turn, String reason) {
        turn.state = turn.state.with(turn.state.effects().rejected());
        if (turn.flow.isService()) {
            Tasks.refused(turn, reason);
            return;
        }
        turn.does(new SystemAct.Failed(turn.task().name()));
        turn.say(reason);
        Confirming.askWhatToChange(turn);
    }

    /** Where the author's flow goes after this failure; empty when it was not expected. */
    private static Optional<Rejection<?>> response(Turn turn, Throwable cause) {
        List<? extends EffectPlan<?>> effects = turn.task().effects();
        if (effects.isEmpty()) {
            return Optional.empty();
        }
        EffectPlan<?> plan = effects.get(turn.state.effects().finishedOfTask());
        try {
            return plan.respond(cause);
        } catch (RuntimeException e) {
            turn.fault("failure handler of effect " + plan.name(), e);
            return Optional.empty();
        }
    }

    /** Back to a slot, with what is possible instead. */
    private static <T> void back(Turn turn, Rejection<T> rejection) {
        String name = rejection.slot().name();
        if (turn.flow.slot(name).isEmpty()) {
            nowhere(turn, rejection);
            return;
        }
        Optional<String> value = turn.spoken(rejection.slot()).map(Spoken::sentence);
        List<String> options = NormalForms.of(turn, rejection.slot(), rejection.options());
        turn.say(rejection
                .reason()
                .or(() -> value.map(gone -> turn.text(Phrase.NO_LONGER_AVAILABLE, "value", gone)))
                .orElseGet(() -> turn.text(Phrase.THAT_NO_LONGER_AVAILABLE)));
        turn.state = turn.state.with(turn.state.effects().refused()).confirmingNothing();
        SlotFilling.takeBack(turn, rejection.slot(), rejection.exhausted());
        turn.state = turn.state.with(turn.state.repair().stuck().rejected(name));
        if (!options.isEmpty()) {
            turn.state = turn.state.offering(Offer.first(name, options, false, rejection.isAll()));
        }
        Questions.proceed(turn);
    }

    /** An author's mistake: there is no such slot to go back to. What it was refused for is told all the same. */
    private static void nowhere(Turn turn, Rejection<?> rejection) {
        String problem = "reject(...) must name a slot of the flow, but '"
                + rejection.slot().name() + "' is none";
        turn.struggle(Signal.TOOL_ERROR, problem);
        turn.fault("failure handler of an effect of " + turn.task().name(), new IllegalStateException(problem));
        refused(turn, rejection.reason().orElseGet(() -> turn.text(Phrase.THAT_NO_LONGER_AVAILABLE)));
    }

    private static void broken(Turn turn) {
        turn.state = turn.state.with(turn.state.effects().failed());
        failed(turn);
    }

    private static void failed(Turn turn) {
        if (turn.state.effects().failures() >= MAX_FAILURES) {
            boolean unknown = turn.state.effects().unsettled().isPresent();
            turn.say(unknown ? Phrase.TOO_LONG : Phrase.FAILED_AGAIN);
            giveUp(turn, "the effect failed " + MAX_FAILURES + " times");
            return;
        }
        retry(turn);
    }

    /** Asks whether to try it again, which is safe: the same work never succeeds twice. */
    private static void retry(Turn turn) {
        boolean unknown = turn.state.effects().unsettled().isPresent();
        if (Waiting.replacesRetry(turn)) {
            turn.say(unknown ? Phrase.TOO_LONG : Phrase.FAILED);
            return;
        }
        String question = turn.flow
                .handOverTarget()
                .map(to -> turn.text(
                        unknown ? Phrase.RETRY_UNCERTAIN_OR_PERSON : Phrase.RETRY_OR_PERSON,
                        "target",
                        Repairing.the(turn, to)))
                .orElseGet(() -> turn.text(unknown ? Phrase.RETRY_UNCERTAIN : Phrase.RETRY));
        Confirming.open(turn, Purpose.RETRY, question);
        Questions.proceed(turn);
    }

    /** Other values would be other work, done besides the one of which nobody knows whether it was done. */
    static void refuseChanges(Turn turn) {
        turn.say(Phrase.UNCHANGEABLE_YET);
        retry(turn);
    }

    /** What was done so far in the call, for a caller who leaves. */
    static String soFar(Turn turn) {
        EffectProgress effects = turn.state.effects();
        if (effects.isUncertain()) {
            return turn.text(Phrase.UNCERTAIN);
        }
        return turn.text(effects.nothingDone() ? Phrase.NOTHING_DONE : Phrase.DONE_STAYS);
    }

    /** For people who read how the call ended. */
    static String unknown(Turn turn) {
        return turn.state
                .effects()
                .unsettled()
                .map(run -> "; whether '" + run.name() + "' was done is not known")
                .orElse("");
    }

    /** After a failure that is not tried again. */
    static void giveUp(Turn turn, String reason) {
        if (turn.flow.handOverTarget().isPresent()) {
            Repairing.handOver(turn, turn.flow.handOverTarget().get(), reason);
        } else {
            boolean unknown = turn.state.effects().unsettled().isPresent();
            if (unknown) {
                turn.say(soFar(turn));
            } else if (turn.silent()) { // what was said already is an apology
                turn.say(Phrase.COULD_NOT);
            }
            turn.say(Phrase.TRY_LATER);
            turn.end(new Outcome.Failed(reason + unknown(turn)));
        }
    }

    /** What runs, if this is its id. */
    static Optional<Running> running(Turn turn, String effectId) {
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
