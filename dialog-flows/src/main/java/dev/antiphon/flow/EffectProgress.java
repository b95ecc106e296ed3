package dev.antiphon.flow;

import dev.antiphon.session.Conversation.EffectPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What was done and what is running.
 *
 * @param finished the effects that succeeded, in order
 * @param running the one that runs
 * @param held calls whose answers wait for it
 * @param started how many runs were started, for their ids
 * @param failures how many runs failed since the last success or expected failure
 * @param unsettled the run that timed out, while nobody knows whether it had its effect: until then no value may change,
 *     because only the same key cannot succeed twice
 * @param kept what is said before its outcome
 * @param before how many of the finished ones belong to tasks before the present one
 * @param meanwhile what the caller wants when that has ended
 * @param elsewhere what the other flows of the same call have done
 */
public record EffectProgress(
        List<Finished> finished,
        Optional<Running> running,
        List<String> held,
        int started,
        int failures,
        Optional<Running> unsettled,
        List<Utterance> kept,
        int before,
        Meanwhile meanwhile,
        Elsewhere elsewhere) {
    static final EffectProgress NONE = new EffectProgress(
            List.of(),
            Optional.empty(),
            List.of(),
            0,
            0,
            Optional.empty(),
            List.of(),
            0,
            Meanwhile.NOTHING,
            Elsewhere.NOTHING);

    public EffectProgress {
        finished = List.copyOf(finished);
        held = List.copyOf(held);
        kept = List.copyOf(kept);
    }

    /** An effect that succeeded; {@code result} is its result in words, if it has any. */
    public record Finished(String name, int revision, Optional<String> result) {}

    /**
     * Work that runs.
     *
     * @param name of the effect, the search, or the slot whose value is verified
     * @param fillers how often the caller was told that it takes time
     * @param purpose what its outcome is for
     * @param looks whether it only looks, so that nothing is done by it, whatever becomes of it
     */
    public record Running(String effectId, String name, int revision, int fillers, Purpose purpose, boolean looks) {
        Running(String effectId, String name, int revision) {
            this(effectId, name, revision, 0, Purpose.TASK, false);
        }

        Running(String effectId, String name, int revision, Purpose purpose, EffectPolicy policy) {
            this(effectId, name, revision, 0, purpose, policy.again() == EffectPolicy.Again.LOOKS);
        }

        Running withFillerSaid() {
            return new Running(effectId, name, revision, fillers + 1, purpose, looks);
        }

        Running lost() {
            return looks ? this : new Running(effectId, name, revision, fillers, Purpose.LOST_TASK, false);
        }

        /** Whether nobody will hear what became of it, and only the same work tried again can tell. */
        boolean isLost() {
            return purpose == Purpose.LOST_TASK;
        }

        /** Whether a value is verified. */
        boolean verifies() {
            return switch (purpose) {
                case VALUE, CHOSEN_VALUE, AGREED_VALUE -> true;
                case TASK, LOST_TASK -> false;
            };
        }
    }

    /** What running work is for. */
    public enum Purpose {
        /** An effect or a search. */
        TASK,
        /** Verifies a value. */
        VALUE,
        /** Verifies a value that the caller chose from several. */
        CHOSEN_VALUE,
        /** Verifies a value that was asked back alone, and that the caller said yes to. */
        AGREED_VALUE,
        /** An effect, perhaps tried again, whose first run was lost with its process. */
        LOST_TASK
    }

    /** What other flows have done. */
    public enum Elsewhere {
        /** Nothing was booked or changed. */
        NOTHING,
        /** Something was. */
        SOMETHING,
        /** Whether something was is not known yet. */
        UNKNOWN
    }

    /** Whether nobody knows yet what was done in the call. */
    boolean isUncertain() {
        return unsettled.isPresent() || elsewhere == Elsewhere.UNKNOWN;
    }

    /** Whether nothing was done in the call. */
    boolean nothingDone() {
        return finished.isEmpty() && elsewhere == Elsewhere.NOTHING;
    }

    EffectProgress besides(Elsewhere others) {
        return elsewhere == others ? this : changed(d -> d.elsewhere = others);
    }

    /** The present task begins: nothing of it is done. */
    EffectProgress forNextTask() {
        return changed(d -> {
            d.failures = 0;
            d.before = finished.size();
        });
    }

    /** How many effects of the present task are done. */
    int finishedOfTask() {
        return finished.size() - before;
    }

    EffectProgress start(Running next) {
        return changed(d -> {
            d.running = Optional.of(next);
            d.started = started + 1;
        });
    }

    EffectProgress fillerSaid() {
        return changed(d -> d.running = running.map(Running::withFillerSaid));
    }

    EffectProgress hold(String callId) {
        return changed(d -> d.held = and(held, callId));
    }

    EffectProgress keep(Utterance words) {
        return changed(d -> d.kept = and(kept, words));
    }

    /** The same before what is kept already. */
    EffectProgress keepFirst(Utterance words) {
        List<Utterance> all = new ArrayList<>(kept);
        all.addFirst(words);
        return changed(d -> d.kept = all);
    }

    /** The last words that wait are these instead. */
    EffectProgress keepingInstead(String words) {
        List<Utterance> others = new ArrayList<>(kept);
        Utterance last = others.removeLast();
        others.add(new Utterance(words, last.verbatim(), last.interruptible()));
        return changed(d -> d.kept = others);
    }

    /** What is to happen when what runs has ended. */
    EffectProgress meanwhile(UnaryOperator<Meanwhile> change) {
        return changed(d -> d.meanwhile = change.apply(meanwhile));
    }

    EffectProgress released() {
        return changed(d -> {
            d.held = List.of();
            d.kept = List.of();
        });
    }

    EffectProgress succeeded(Finished effect) {
        return changed(d -> {
            d.ended(0);
            d.finished = and(finished, effect);
            d.unsettled = Optional.empty();
        });
    }

    /** A run came to nothing, or was not begun. */
    EffectProgress failed() {
        return changed(d -> d.ended(failures + 1));
    }

    /** A run took too long: unless it only looks, nobody knows what became of it. */
    EffectProgress timedOut() {
        return changed(d -> {
            d.ended(failures + 1);
            d.unsettled = running.filter(run -> !run.looks())
                    .map(run -> isLost() ? run.lost() : run)
                    .or(() -> unsettled);
        });
    }

    /** The process that ran it is gone: that is no failure of the work, and nobody will hear of it. */
    EffectProgress interrupted() {
        return changed(d -> {
            d.failures = 0;
            d.unsettled = unsettled.map(Running::lost);
        });
    }

    private boolean isLost() {
        return unsettled.filter(Running::isLost).isPresent();
    }

    /** What was unsettled had no effect; that a lost run had none is not known because another one failed. */
    EffectProgress resolved() {
        return changed(d -> d.unsettled = unsettled.filter(Running::isLost));
    }

    /** The author's code has expected this failure: it is an answer to the same work, whoever asked first. */
    EffectProgress refused() {
        return changed(d -> {
            d.ended(0);
            d.unsettled = Optional.empty();
        });
    }

    /** The run has ended and nothing was done by it: a search, a check, or a failure that led back to a slot. */
    EffectProgress rejected() {
        return changed(d -> d.ended(0));
    }

    private static <T> List<T> and(List<T> all, T another) {
        List<T> more = new ArrayList<>(all);
        more.add(another);
        return more;
    }

    private EffectProgress changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.progress();
    }

    private static final class Draft {
        private List<Finished> finished;
        private Optional<Running> running;
        private List<String> held;
        private int started;
        private int failures;
        private Optional<Running> unsettled;
        private List<Utterance> kept;
        private int before;
        private Meanwhile meanwhile;
        private Elsewhere elsewhere;

        Draft(EffectProgress from) {
            finished = from.finished;
            running = from.running;
            held = from.held;
            started = from.started;
            failures = from.failures;
            unsettled = from.unsettled;
            kept = from.kept;
            before = from.before;
            meanwhile = from.meanwhile;
            elsewhere = from.elsewhere;
        }

        void ended(int failed) {
            running = Optional.empty();
            failures = failed;
        }

        EffectProgress progress() {
            return new EffectProgress(
                    finished, running, held, started, failures, unsettled, kept, before, meanwhile, elsewhere);
        }
    }
}
