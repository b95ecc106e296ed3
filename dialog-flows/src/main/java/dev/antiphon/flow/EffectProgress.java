package dev.antiphon.flow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
 * @param later values that the caller gave while another one was verified, by slot: they are taken after it
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
        Map<String, String> later) {
    static final EffectProgress NONE =
            new EffectProgress(List.of(), Optional.empty(), List.of(), 0, 0, Optional.empty(), List.of(), 0, Map.of());

    public EffectProgress {
        finished = List.copyOf(finished);
        held = List.copyOf(held);
        kept = List.copyOf(kept);
        later = Map.copyOf(later);
    }

    /** An effect that succeeded; {@code result} is its result in words, if it has any. */
    public record Finished(String name, int revision, Optional<String> result) {}

    /**
     * Work that runs.
     *
     * @param name of the effect, the search, or the slot whose value is verified
     * @param purpose what its outcome is for
     */
    public record Running(String effectId, String name, int revision, boolean fillerSaid, Purpose purpose) {
        Running(String effectId, String name, int revision) {
            this(effectId, name, revision, false, Purpose.TASK);
        }

        Running withFillerSaid() {
            return new Running(effectId, name, revision, true, purpose);
        }

        /** Whether a value is verified, so that nothing is done by it. */
        boolean verifies() {
            return purpose != Purpose.TASK;
        }
    }

    /** What running work is for. */
    public enum Purpose {
        /** An effect or a search. */
        TASK,
        /** Verifies a value. */
        VALUE,
        /** Verifies a value that the caller chose from several. */
        CHOSEN_VALUE
    }

    /** The present task begins: nothing of it is done. */
    EffectProgress forNextTask() {
        return new EffectProgress(finished, running, held, started, 0, unsettled, kept, finished.size(), later);
    }

    /** How many effects of the present task are done. */
    int finishedOfTask() {
        return finished.size() - before;
    }

    EffectProgress start(Running next) {
        return new EffectProgress(
                finished, Optional.of(next), held, started + 1, failures, unsettled, kept, before, later);
    }

    EffectProgress fillerSaid() {
        return new EffectProgress(
                finished,
                running.map(Running::withFillerSaid),
                held,
                started,
                failures,
                unsettled,
                kept,
                before,
                later);
    }

    EffectProgress hold(String callId) {
        List<String> more = new ArrayList<>(held);
        more.add(callId);
        return new EffectProgress(finished, running, more, started, failures, unsettled, kept, before, later);
    }

    EffectProgress keep(Utterance words) {
        List<Utterance> more = new ArrayList<>(kept);
        more.add(words);
        return new EffectProgress(finished, running, held, started, failures, unsettled, more, before, later);
    }

    /** The last words that wait are these instead. */
    EffectProgress keepingInstead(String words) {
        List<Utterance> others = new ArrayList<>(kept);
        Utterance last = others.removeLast();
        others.add(new Utterance(words, last.verbatim(), last.interruptible()));
        return new EffectProgress(finished, running, held, started, failures, unsettled, others, before, later);
    }

    /** These values are taken when what runs has ended; later ones win. */
    EffectProgress takingLater(Map<String, String> values) {
        Map<String, String> all = new HashMap<>(later);
        all.putAll(values);
        return new EffectProgress(finished, running, held, started, failures, unsettled, kept, before, all);
    }

    /** Nothing waits any more. */
    EffectProgress takenLater() {
        return new EffectProgress(finished, running, held, started, failures, unsettled, kept, before, Map.of());
    }

    EffectProgress released() {
        return new EffectProgress(finished, running, List.of(), started, failures, unsettled, List.of(), before, later);
    }

    EffectProgress succeeded(Finished effect) {
        List<Finished> more = new ArrayList<>(finished);
        more.add(effect);
        return new EffectProgress(more, Optional.empty(), held, started, 0, Optional.empty(), kept, before, later);
    }

    /** A run came to nothing, or was not begun. */
    EffectProgress failed() {
        return new EffectProgress(
                finished, Optional.empty(), held, started, failures + 1, unsettled, kept, before, later);
    }

    /** A run took too long. */
    EffectProgress timedOut() {
        return new EffectProgress(
                finished, Optional.empty(), held, started, failures + 1, running, kept, before, later);
    }

    /** What was unsettled had no effect. */
    EffectProgress resolved() {
        return new EffectProgress(finished, running, held, started, failures, Optional.empty(), kept, before, later);
    }

    /** The run has ended and nothing was done by it: a search, a check, or a failure that led back to a slot. */
    EffectProgress rejected() {
        return new EffectProgress(finished, Optional.empty(), held, started, 0, Optional.empty(), kept, before, later);
    }
}
