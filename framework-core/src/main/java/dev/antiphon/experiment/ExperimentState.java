package dev.antiphon.experiment;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where an experiment stands: a state machine that is changed by {@link #changed} only, each change with an entry in the audit log.
 *
 * @param status whether calls enter it
 * @param stagePercent how much of its coverage is in use, one of {@link #STAGES}; 0 for a draft
 * @param design the {@link Experiment#design} that was started; empty for a draft
 * @param look the planned look, once it was taken
 * @param phases those after the first one, oldest first; the last one runs now
 * @param audit every change, oldest first; its length is the state's version
 */
public record ExperimentState(
        Status status,
        int stagePercent,
        String design,
        Optional<PlannedLook> look,
        List<Phase> phases,
        List<AuditEntry> audit) {

    /** The stages of a ramp, in percent of the experiment's coverage. */
    public static final List<Integer> STAGES = List.of(1, 5, 10, 25, 50, 100);

    /** Never started. */
    public static final ExperimentState DRAFT =
            new ExperimentState(Status.DRAFT, 0, "", Optional.empty(), List.of(), List.of());

    public ExperimentState {
        phases = List.copyOf(phases);
        audit = List.copyOf(audit);
        if (status == Status.DRAFT ? stagePercent != 0 : !STAGES.contains(stagePercent)) {
            throw new IllegalArgumentException("the stage of a " + word(status) + " experiment must be "
                    + (status == Status.DRAFT ? "0" : "one of " + STAGES) + ", but was " + stagePercent);
        }
    }

    /** Whether calls enter an experiment. */
    public enum Status {
        /** It was defined, and no call has entered it. */
        DRAFT,
        /** Calls enter it. */
        RUNNING,
        /** No call enters it, until it is started again; callers then get the arm that they had. */
        PAUSED,
        /** No call enters it ever again. Its report stays. */
        STOPPED
    }

    /** What can be done to an experiment. */
    public sealed interface Change {
        /** Calls enter it from now on. {@code stagePercent} is for a draft; one that was paused goes on with its stage. */
        record Start(int stagePercent, String design) implements Change {}

        /** No call enters it for now. */
        record Pause() implements Change {}

        /** No call enters it any more. */
        record Stop() implements Change {}

        /**
         * More of its coverage is used, or less.
         *
         * @param failing what speaks against more: guardrails that fail, or a broken assignment; empty for nothing
         */
        record Ramp(int stagePercent, String failing) implements Change {}

        /** The planned number of units is reached. */
        record Freeze(PlannedLook look) implements Change {}

        /**
         * Units that are new from now on are shared by other weights: another {@link Phase} begins.
         *
         * @param before the weights until now, by arm
         * @param after the weights from now on, as {@link Experiment#weights(Map)} gives them
         */
        record Weights(Map<String, Double> before, Map<String, Double> after) implements Change {
            public Weights {
                before = Collections.unmodifiableMap(new LinkedHashMap<>(before));
                after = Collections.unmodifiableMap(new LinkedHashMap<>(after));
            }
        }
    }

    /** What came of it. */
    public sealed interface Result {
        /** Done; {@code state} has one more entry in its audit log. */
        record Changed(ExperimentState state) implements Result {}

        /** Not done, and why. */
        record Refused(String rule) implements Result {}
    }

    /**
     * Does it, if it can be done now.
     *
     * @param who an operator's name, or {@code guardrail}, {@code plan}
     * @throws IllegalArgumentException when {@code who} or {@code why} is empty or too long
     */
    public Result changed(Change change, String who, String why, Instant at) {
        return switch (change) {
            case Change.Start start -> start(start, who, why, at);
            case Change.Pause pause ->
                status == Status.RUNNING
                        ? to(Status.PAUSED, stagePercent, look, "pause", who, why, at)
                        : refused("only a running experiment can be paused");
            case Change.Stop stop ->
                status == Status.RUNNING || status == Status.PAUSED
                        ? to(Status.STOPPED, stagePercent, look, "stop", who, why, at)
                        : refused("only a running or paused experiment can be stopped");
            case Change.Ramp ramp -> ramp(ramp, who, why, at);
            case Change.Freeze freeze ->
                look.isPresent()
                        ? new Result.Refused("the planned look happens once, and was taken at "
                                + look.get().at())
                        : to(status, stagePercent, Optional.of(freeze.look()), "look", who, why, at);
            case Change.Weights weights -> weights(weights, who, why, at);
        };
    }

    private Result start(Change.Start start, String who, String why, Instant at) {
        return switch (status) {
            case RUNNING, STOPPED -> refused("only a draft or a paused experiment can be started");
            case DRAFT ->
                STAGES.contains(start.stagePercent())
                        ? new ExperimentState(status, 0, start.design(), look, phases, audit)
                                .to(Status.RUNNING, start.stagePercent(), look, "start", who, why, at)
                        : stageRule(start.stagePercent());
            case PAUSED ->
                start.design().equals(design)
                        ? to(Status.RUNNING, stagePercent, look, "start", who, why, at)
                        : new Result.Refused(
                                "an experiment goes on only as it was begun, but its arms, seed or plan were"
                                        + " changed since; stop it and define another key");
        };
    }

    private Result ramp(Change.Ramp ramp, String who, String why, Instant at) {
        if (status != Status.RUNNING && status != Status.PAUSED) {
            return refused("only a running or paused experiment has a stage");
        }
        if (!STAGES.contains(ramp.stagePercent())) {
            return stageRule(ramp.stagePercent());
        }
        if (ramp.stagePercent() == stagePercent) {
            return new Result.Refused("it is at " + stagePercent + " % already");
        }
        if (ramp.stagePercent() > stagePercent && !ramp.failing().isEmpty()) {
            return new Result.Refused("a stage advances only when guardrails hold, but " + ramp.failing());
        }
        return to(status, ramp.stagePercent(), look, "ramp", who, why, at);
    }

    private Result weights(Change.Weights weights, String who, String why, Instant at) {
        if (status != Status.RUNNING && status != Status.PAUSED) {
            return refused("only weights of a running or paused experiment can be changed");
        }
        if (look.isPresent()) {
            return new Result.Refused("weights can be changed until the planned look only, which was taken at "
                    + look.get().at() + "; stop it and define another key");
        }
        if (weights.after().equals(weights.before())) {
            return new Result.Refused("it has the weights " + shown(weights.after()) + " already");
        }
        List<Phase> more = new ArrayList<>(phases);
        more.add(new Phase(phase() + 1, at, weights.after()));
        ExperimentState next = new ExperimentState(status, stagePercent, design, look, more, audit);
        return new Result.Changed(next.with(new AuditEntry(
                at,
                who,
                "weights",
                AuditEntry.cut(shown() + " with " + shown(weights.before())),
                AuditEntry.cut(next.shown() + " with " + shown(weights.after())),
                why)));
    }

    private ExperimentState with(AuditEntry entry) {
        List<AuditEntry> entries = new ArrayList<>(audit);
        entries.add(entry);
        return new ExperimentState(status, stagePercent, design, look, phases, entries);
    }

    private static String shown(Map<String, Double> weights) {
        return weights.entrySet().stream()
                .map(arm -> arm.getKey() + " "
                        + BigDecimal.valueOf(arm.getValue() * 100)
                                .round(new MathContext(4))
                                .stripTrailingZeros()
                                .toPlainString()
                        + " %")
                .collect(Collectors.joining(", "));
    }

    private Result to(
            Status next, int stage, Optional<PlannedLook> nextLook, String what, String who, String why, Instant at) {
        ExperimentState after = new ExperimentState(next, stage, design, nextLook, phases, audit);
        return new Result.Changed(after.with(new AuditEntry(at, who, what, shown(), after.shown(), why)));
    }

    private Result refused(String rule) {
        return new Result.Refused(rule + ", but this one is " + (status == Status.DRAFT ? "a draft" : word(status)));
    }

    private static Result stageRule(int stage) {
        return new Result.Refused("a stage must be one of " + STAGES + " percent, but was " + stage);
    }

    /** How often it was changed. Two states of one experiment with the same version are the same. */
    public int version() {
        return audit.size();
    }

    /** For people: {@code running 10 %}, and from the second phase on {@code running 10 %, phase 2}. */
    public String shown() {
        return status == Status.DRAFT
                ? "draft"
                : word(status) + " " + stagePercent + " %" + (phases.isEmpty() ? "" : ", phase " + phase());
    }

    /** The number of the phase that runs now, from {@link Phase#FIRST} on. */
    public int phase() {
        return Phase.FIRST + phases.size();
    }

    /** The experiment as it is in the phase that runs now. */
    public Experiment now(Experiment definition) {
        return in(phase(), definition);
    }

    /**
     * The experiment as it was in one phase.
     *
     * @throws IllegalArgumentException when there is no such phase
     */
    public Experiment in(int phase, Experiment definition) {
        if (phase < Phase.FIRST || phase > phase()) {
            throw new IllegalArgumentException("a phase of experiment " + definition.key() + " must be from 1 to "
                    + phase() + ", but was " + phase);
        }
        return phase == Phase.FIRST ? definition : definition.in(phases.get(phase - Phase.FIRST - 1));
    }

    /** What the figures are of, from the second phase on; empty in the first one. */
    public Optional<String> phaseSentence() {
        return phases.isEmpty()
                ? Optional.empty()
                : Optional.of("Phase " + phase() + ", since the weights were changed at "
                        + phases.getLast().since().truncatedTo(ChronoUnit.SECONDS)
                        + ": figures and sample ratio are of callers who are new since then;"
                        + " callers of earlier phases keep their arm and count there. Each phase has the whole error of"
                        + " the plan: " + phase() + " mislead up to " + phase() + " times as often as one.");
    }

    private static String word(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }
}
