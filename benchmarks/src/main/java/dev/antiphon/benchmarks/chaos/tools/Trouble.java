package dev.antiphon.benchmarks.chaos.tools;

import java.util.SplittableRandom;

/** What one run of a tool or effect does. */
enum Trouble {
    /** At once. */
    NONE,
    /** So late that the caller is told to wait. */
    SLOW,
    /** Never, as far as a call is concerned. */
    HANGS,
    /** After its time, and is done then. */
    LATE,
    /** In time, and answers after its time. */
    DONE_THEN_LATE,
    FAILS,
    THROWS,
    ERROR,
    TRANSIENT,
    REFUSED;

    /** Of a run for which nothing is planned: mostly none. */
    static Trouble any(SplittableRandom random) {
        return switch (random.nextInt(12)) {
            case 0, 1 -> SLOW;
            case 2 -> THROWS;
            default -> NONE;
        };
    }

    /** Of a tool of a call with this strike. */
    static Trouble ofTool(Strike strike) {
        return switch (strike) {
            case TOOL_HANGS -> HANGS;
            case TOOL_FAILS_WITH_WORDS -> FAILS;
            case TOOL_THROWS -> THROWS;
            case TOOL_DIES_OF_AN_ERROR -> ERROR;
            case TOOL_FAILS_TRANSIENTLY -> TRANSIENT;
            case TOOL_ANSWERS_AFTER_ITS_TIME -> LATE;
            case TOOL_REFUSED_BY_ITS_GATE -> REFUSED;
            case NOTHING, MODEL_CALLS_IT_AGAIN_LATER, CALLER_CUTS_IN_AT_THE_RESULT, CALLER_CUTS_IN_DURING_THE_ANSWER ->
                NONE;
            default -> SLOW;
        };
    }

    /** Of an effect of a call with this strike. */
    static Trouble ofEffect(Strike strike, SplittableRandom random) {
        return switch (strike) {
            case EFFECT_SLOW,
                    CALLER_CUTS_IN_WHILE_EFFECT_RUNS,
                    HANGS_UP_WHILE_EFFECT_RUNS,
                    TIER_CHANGES_WHILE_EFFECT_RUNS,
                    KILLED_AND_RESUMED_WHILE_EFFECT_RUNS,
                    LINE_LOST_WHILE_EFFECT_RUNS,
                    POOL_BREAKS_WHILE_EFFECT_RUNS -> random.nextInt(3) == 0 ? DONE_THEN_LATE : SLOW;
            case EFFECT_HANGS -> HANGS;
            case EFFECT_FAILS_WITH_WORDS -> FAILS;
            case EFFECT_THROWS -> THROWS;
            case EFFECT_DIES_OF_AN_ERROR -> ERROR;
            case EFFECT_FAILS_TRANSIENTLY -> TRANSIENT;
            case EFFECT_DONE_AFTER_ITS_TIME -> LATE;
            case EFFECT_DONE_AND_ANSWERS_AFTER_ITS_TIME -> DONE_THEN_LATE;
            case EFFECT_REFUSED_BY_ITS_GATE -> REFUSED;
            case NOTHING, KILLED_AND_RESUMED_AT_THE_RESULT -> NONE;
            default -> any(random);
        };
    }
}
