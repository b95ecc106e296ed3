package dev.antiphon.server.experiment;

import java.util.Locale;

/**
 * Why a call does not enter experiments on tiers: it could not get the tier of its arm, and would count for what it did not get. Such
 * calls enter experiments on other things all the same.
 */
public enum StaysOut {
    /** At the spend cap of the day calls are kept on the lowest tier. */
    DAY_CAP("kept on the lowest tier by the day's spend cap"),
    /** An operator forced its flow to a tier. */
    FORCED_TIER("of a flow that an operator forced to a tier"),
    /** The router did not say whether an operator forced its flow to a tier. */
    ROUTER_SILENT("begun while the tier router did not answer");

    private final String calls;

    StaysOut(String calls) {
        this.calls = calls;
    }

    /** Which calls these are, to follow a number of calls. */
    String calls() {
        return calls;
    }

    /** As meters and JSON write it: {@code day_cap}. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
