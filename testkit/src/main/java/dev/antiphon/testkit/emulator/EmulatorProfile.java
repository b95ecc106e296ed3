package dev.antiphon.testkit.emulator;

import java.util.Comparator;
import java.util.Map;

/**
 * The latency of each simulated model, by the longest beginning of its name that is listed. A simulation: the differences between
 * the tiers are assumptions, not measurements.
 *
 * @param byModel profiles by model name or beginning of one
 * @param others the profile of every other model
 */
public record EmulatorProfile(Map<String, TierProfile> byModel, TierProfile others) {
    public EmulatorProfile {
        byModel = Map.copyOf(byModel);
    }

    /** Simulated latencies: minis answer sooner than full models. */
    public static EmulatorProfile simulated() {
        return new EmulatorProfile(
                Map.of(
                        "gpt-realtime-mini", TierProfile.simulatedMini(),
                        "gpt-realtime-2.1-mini", TierProfile.simulatedMini()),
                TierProfile.simulatedFull());
    }

    /** No delay for any model, for benchmarks. */
    public static EmulatorProfile instant() {
        return of(TierProfile.instant());
    }

    /** The same profile for every model. */
    public static EmulatorProfile of(TierProfile profile) {
        return new EmulatorProfile(Map.of(), profile);
    }

    /** The profile of {@code model}. */
    public TierProfile forModel(String model) {
        return byModel.entrySet().stream()
                .filter(entry -> model.startsWith(entry.getKey()))
                .max(Comparator.comparingInt(entry -> entry.getKey().length()))
                .map(Map.Entry::getValue)
                .orElse(others);
    }
}
