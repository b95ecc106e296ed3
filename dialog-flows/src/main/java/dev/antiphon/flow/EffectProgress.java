package dev.antiphon.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was done and what is running.
 *
 * @param finished the effects that succeeded, in order
 * @param running the one that runs
 * @param held calls whose answers wait for it
 * @param started how many runs were started, for their ids
 * @param failures how many runs failed since the last success or expected failure
 */
public record EffectProgress(
        List<Finished> finished, Optional<Running> running, List<String> held, int started, int failures) {
    static final EffectProgress NONE = new EffectProgress(List.of(), Optional.empty(), List.of(), 0, 0);

    public EffectProgress {
        finished = List.copyOf(finished);
        held = List.copyOf(held);
    }

    /** An effect that succeeded; {@code result} is its result in words, if it has any. */
    public record Finished(String name, int revision, Optional<String> result) {}

    /** An effect that runs. */
    public record Running(String effectId, String name, int revision, boolean fillerSaid) {}

    EffectProgress start(Running next) {
        return new EffectProgress(finished, Optional.of(next), held, started + 1, failures);
    }

    EffectProgress fillerSaid() {
        return new EffectProgress(
                finished,
                running.map(run -> new Running(run.effectId(), run.name(), run.revision(), true)),
                held,
                started,
                failures);
    }

    EffectProgress hold(String callId) {
        List<String> more = new ArrayList<>(held);
        more.add(callId);
        return new EffectProgress(finished, running, more, started, failures);
    }

    EffectProgress released() {
        return new EffectProgress(finished, running, List.of(), started, failures);
    }

    EffectProgress succeeded(Finished effect) {
        List<Finished> more = new ArrayList<>(finished);
        more.add(effect);
        return new EffectProgress(more, Optional.empty(), held, started, 0);
    }

    EffectProgress failed() {
        return new EffectProgress(finished, Optional.empty(), held, started, failures + 1);
    }

    /** The failure was an expected one that led back to a slot. */
    EffectProgress rejected() {
        return new EffectProgress(finished, Optional.empty(), held, started, 0);
    }
}
