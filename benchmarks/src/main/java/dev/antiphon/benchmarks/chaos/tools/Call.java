package dev.antiphon.benchmarks.chaos.tools;

import dev.antiphon.benchmarks.chaos.tools.SteppedThreads.Stepped;
import dev.antiphon.connection.WebSocketLink;
import dev.antiphon.testkit.caller.PlacedCall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** One caller of the storm, over both lines if the first was killed: the plan, and what is known of it. Not thread-safe. */
final class Call {
    /** When the caller asks for a tool. */
    enum Asks {
        FIRST,
        AT_READ_BACK
    }

    final int number;
    final Strike strike;
    final Asks asks;
    final Question question;
    final boolean spoken;
    final SplittableRandom random;
    final List<PlacedCall> lines = new ArrayList<>();
    final Set<Stepped> atWork = new HashSet<>();
    final List<Commit> commits = new ArrayList<>();
    final List<Work> works = new ArrayList<>();
    /** Runs of the effect that the dialog wants and has not heard of, by their ids. */
    final Map<String, Instant> wanted = new HashMap<>();
    /** How often a result was handed to the model, by its words. */
    final Map<String, Integer> handed = new HashMap<>();

    Optional<WebSocketLink> model = Optional.empty();
    Optional<String> saved = Optional.empty();
    boolean struck;
    boolean toolAtWork;
    /** 0 before it was killed, 1 afterwards. */
    int life;

    int toolRuns;
    int effectRuns;
    int modelCalls;

    /**
     * A booking that was written.
     *
     * @param key of the work
     * @param life in which the work began
     */
    record Commit(String key, String reference, int life, Instant at) {}

    /** A run of the effect, from when it began until it ended; still going on when that is empty. */
    record Work(Instant begun, Optional<Instant> ended) {
        boolean isOverBy(Instant moment) {
            return ended.filter(end -> !end.isAfter(moment)).isPresent();
        }
    }

    Call(int number, Strike strike, SplittableRandom random, boolean spoken) {
        this.number = number;
        this.strike = strike;
        this.random = random;
        this.spoken = spoken;
        this.question = question(strike, random);
        this.asks = random.nextBoolean() ? Asks.FIRST : Asks.AT_READ_BACK;
    }

    private static Question question(Strike strike, SplittableRandom random) {
        return switch (strike) {
            case TOOL_QUEUE_FULL -> Question.BUS;
            case TOOL_ANSWERS_WHEN_THE_CALL_WENT_ON -> Question.PARKING;
            case TOOL_ANSWERS_AFTER_ITS_TIME -> random.nextBoolean() ? Question.WEATHER : Question.NOTE;
            case KILLED_AND_RESUMED_WHILE_TOOL_RUNS -> random.nextBoolean() ? Question.PARKING : Question.NOTE;
            case TOOL_REFUSED_BY_ITS_GATE, MODEL_CALLS_IT_AGAIN_LATER -> Question.NOTE;
            default -> Question.values()[random.nextInt(3)];
        };
    }

    /** The run of the flow that it has, also after it was resumed. */
    String instance() {
        return "call-" + number;
    }

    /** The line that the caller has now. */
    PlacedCall line() {
        return lines.getLast();
    }
}
