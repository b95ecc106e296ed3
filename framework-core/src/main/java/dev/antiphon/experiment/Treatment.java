package dev.antiphon.experiment;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the calls of an arm get; what is empty stays as it is without the experiment.
 *
 * @param tier the tier on which a call starts; it may still be moved up while it runs, and counts for this arm all the same
 * @param voice of the agent
 * @param effort of the model's reasoning, one of {@link #EFFORTS}; only models that have it take a call then
 * @param variant the name of another prompt or flow version that the bot has
 */
public record Treatment(
        Optional<String> tier, Optional<String> voice, Optional<String> effort, Optional<String> variant) {
    /** What models know. */
    public static final List<String> EFFORTS = List.of("minimal", "low", "medium", "high", "xhigh");

    /** What {@link Experiment#changes} says of an experiment on tiers. */
    public static final String TIER = "tier";

    /** Everything as it is. */
    public static final Treatment NONE =
            new Treatment(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public Treatment {
        effort.filter(e -> !EFFORTS.contains(e)).ifPresent(e -> {
            throw new IllegalArgumentException("effort must be one of " + EFFORTS + ", but was '" + e + "'");
        });
    }

    /** Only another tier. */
    public static Treatment tier(String name) {
        return new Treatment(Optional.of(name), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Which of the four it sets. */
    Set<String> sets() {
        Set<String> names = new TreeSet<>();
        tier.ifPresent(set -> names.add(TIER));
        voice.ifPresent(set -> names.add("voice"));
        effort.ifPresent(set -> names.add("effort"));
        variant.ifPresent(set -> names.add("variant"));
        return names;
    }
}
