package dev.antiphon.experiment;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * Says who gets what. The same caller gets the same arm in each call, as long as key and seed stay; nothing is stored for that. Of a
 * caller's number only a keyed hash is used (HMAC-SHA-256, in hexadecimal): logs and tables do not have the number, and without the
 * key nobody finds it by trying all of them. Immutable.
 */
public final class Assigner {
    /** Shorter keys are refused. */
    public static final int LEAST_KEY_BYTES = 16;

    private final UnaryOperator<String> hash;

    /**
     * With this key. Another one makes other units of the same callers: who is in an experiment may then get another arm, and counts
     * as somebody else.
     *
     * @throws IllegalArgumentException when it is shorter than {@value #LEAST_KEY_BYTES} bytes
     */
    public Assigner(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < LEAST_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "the key of experiments must have " + LEAST_KEY_BYTES + " bytes or more, but has " + bytes.length);
        }
        this.hash = new KeyedHash(bytes);
    }

    private Assigner(UnaryOperator<String> hash) {
        this.hash = hash;
    }

    /**
     * With the hash by which a store knows callers, so that both have the same unit for a caller.
     *
     * @param hash of any text, in hexadecimal; HMAC-SHA-256 with a kept key
     */
    public static Assigner of(UnaryOperator<String> hash) {
        return new Assigner(hash);
    }

    /**
     * The unit of a call.
     *
     * @param caller who calls, if that is known
     * @param call the session's id
     */
    public String unit(Experiment.Unit kind, Optional<String> caller, String call) {
        return kind == Experiment.Unit.CALLER && caller.isPresent()
                ? hash.apply(caller.get())
                : hash.apply("call:" + call);
    }

    /** What an experiment is to a call of this flow whose unit was not assigned in an earlier phase. */
    public Assignment assign(
            Experiment experiment, ExperimentState state, String flow, Optional<String> caller, String call) {
        return assign(experiment, state, Map.of(), flow, caller, call);
    }

    /**
     * What the experiment is to a call of this flow.
     *
     * @param earlier units that were assigned in earlier phases, with the phase: they keep its arm
     */
    public Assignment assign(
            Experiment experiment,
            ExperimentState state,
            Map<String, Integer> earlier,
            String flow,
            Optional<String> caller,
            String call) {
        if (state.status() != ExperimentState.Status.RUNNING) {
            return new Assignment.Excluded(Assignment.Why.NOT_RUNNING);
        }
        if (!experiment.isAbout(flow)) {
            return new Assignment.Excluded(Assignment.Why.OTHER_FLOW);
        }
        String unit = unit(experiment.unit(), caller, call);
        int phase = Math.clamp(earlier.getOrDefault(unit, state.phase()), Phase.FIRST, state.phase());
        return place(state.in(phase, experiment), phase, state.stagePercent(), unit);
    }

    private static Assignment place(Experiment experiment, int phase, int stagePercent, String unit) {
        if (experiment.holdOut().has(unit)) {
            return new Assignment.HeldOut(unit);
        }
        if (experiment.namespace().filter(part -> !part.has(unit)).isPresent()) {
            return new Assignment.Excluded(Assignment.Why.OTHER_PART);
        }
        OptionalInt arm = experiment.shares(stagePercent).armAt(Bucketing.place(experiment.placement(), unit));
        return arm.isPresent()
                ? new Assignment.Entered(experiment.arms().get(arm.getAsInt()), unit, phase)
                : new Assignment.Excluded(Assignment.Why.NOT_COVERED);
    }
}
