package dev.antiphon.testkit.brain;

import java.util.List;

/**
 * How well a simulated model understands. The figures are simulated: they make a smaller tier worse than a larger one, and say
 * nothing about any real model.
 *
 * @param misunderstandingRate the share of caller turns that are misunderstood on purpose, 0 to 1
 * @param understandsMumbling whether words after the marker {@code (mumbles)} of simulated callers are understood; a smaller
 *     tier answers them with a no-match, which makes an escalation script deterministic
 */
public record BrainProfile(double misunderstandingRate, boolean understandsMumbling) {
    /** A model that makes no mistake. */
    public static final BrainProfile FLAWLESS = new BrainProfile(0, true);
    /** The default of model names that contain {@code mini}: 8 turns of 100 misunderstood, no mumbling. */
    public static final BrainProfile MINI = new BrainProfile(0.08, false);
    /** The default of all other models: 1 turn of 100 misunderstood. */
    public static final BrainProfile FULL = new BrainProfile(0.01, true);

    public BrainProfile {
        if (!(misunderstandingRate >= 0 && misunderstandingRate <= 1)) {
            throw new IllegalArgumentException(
                    "misunderstandingRate must lie between 0 and 1, but was " + misunderstandingRate);
        }
    }

    /** The same profile with another rate, 0 to 1. */
    public BrainProfile withMisunderstandingRate(double rate) {
        return new BrainProfile(rate, understandsMumbling);
    }

    /**
     * Profiles by model name; the first whose {@code nameContains} is part of the name counts, else {@code otherwise}.
     *
     * @param rules in order of precedence
     * @param otherwise for all other names
     */
    public record ByModel(List<Rule> rules, BrainProfile otherwise) {
        public ByModel {
            rules = List.copyOf(rules);
        }

        /** {@link #MINI} for names with {@code mini}, {@link #FULL} for the others. */
        public static ByModel defaults() {
            return new ByModel(List.of(new Rule("mini", MINI)), FULL);
        }

        /** The defaults with every misunderstanding rate set to zero; mumbling is still for the full tier only. */
        public static ByModel withoutMisunderstandings() {
            return new ByModel(List.of(new Rule("mini", MINI.withMisunderstandingRate(0))), FLAWLESS);
        }

        /** The profile of a model. */
        public BrainProfile of(String model) {
            return rules.stream()
                    .filter(rule -> model.contains(rule.nameContains()))
                    .map(Rule::profile)
                    .findFirst()
                    .orElse(otherwise);
        }
    }

    /** One rule of {@link ByModel}. */
    public record Rule(String nameContains, BrainProfile profile) {}
}
