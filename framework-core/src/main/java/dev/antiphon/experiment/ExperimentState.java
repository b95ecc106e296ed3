package dev.antiphon.experiment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where an experiment stands: a state machine that is changed by {@link #changed} only, each change with an entry in the audit log.
 *
 * @param status whether calls enter it
 * @param stagePercent how much of its coverage is in use, one of {@link #STAGES}; 0 for a draft
 * @param design the {@link Experiment#design} that was started; empty for a draft
 * @param look the planned look, once it was taken
 * @param audit every change, oldest first; its length is the state's version
 */
public record ExperimentState(
        Status status, int stagePercent, String design, Optional<PlannedLook> look, List<AuditEntry> audit) {

    /** The stages of a ramp, in percent of the experiment's coverage. */
    public static final List<Integer> STAGES = List.of(1, 5, 10, 25, 50, 100);

    /** Never started. */
    public static final ExperimentState DRAFT = new ExperimentState(Status.DRAFT, 0, "", Optional.empty(), List.of());

    public ExperimentState {
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
        };
    }

    private Result start(Change.Start start, String who, String why, Instant at) {
        return switch (status) {
            case RUNNING, STOPPED -> refused("only a draft or a paused experiment can be started");
            case DRAFT ->
                STAGES.contains(start.stagePercent())
                        ? new ExperimentState(status, 0, start.design(), look, audit)
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

    private Result to(
            Status next, int stage, Optional<PlannedLook> nextLook, String what, String who, String why, Instant at) {
        List<AuditEntry> entries = new ArrayList<>(audit);
        entries.add(new AuditEntry(at, who, what, shown(status, stagePercent), shown(next, stage), why));
        return new Result.Changed(new ExperimentState(next, stage, design, nextLook, entries));
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

    /** For people: {@code running 10 %}. */
    public String shown() {
        return shown(status, stagePercent);
    }

    private static String shown(Status status, int stage) {
        return status == Status.DRAFT ? "draft" : word(status) + " " + stage + " %";
    }

    private static String word(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }
}
