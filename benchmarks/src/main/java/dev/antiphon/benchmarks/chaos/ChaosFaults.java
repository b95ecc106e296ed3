package dev.antiphon.benchmarks.chaos;

import dev.antiphon.testkit.emulator.EmulatorSettings.FaultPlan;
import dev.antiphon.testkit.emulator.Fault;
import dev.antiphon.testkit.emulator.FaultScript;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Draws a fault for some of the model sessions, by the seed and the session's number alone. Not thread-safe.
 *
 * <p>Two of three sessions get one, so that a call whose line was lost may well lose the next one too.
 */
final class ChaosFaults implements FaultPlan {
    /** One kind of fault. */
    private interface Kind {
        Fault draw(SplittableRandom random);
    }

    private record Named(String name, Kind kind) {}

    private static final int[] CODES = {1000, 1001, 1008, 1011, 1012, 1013, 3000, 4000};
    private static final int MOST_EVENTS = 120;
    private static final int MOST_RESPONSES = 8;

    private static final List<Named> KINDS = List.of(
            new Named("refused 429", random -> new Fault.RefuseUpgrade(429, "simulated: too many requests")),
            new Named("refused 500", random -> new Fault.RefuseUpgrade(500, "simulated: server error")),
            new Named("refused 503", random -> new Fault.RefuseUpgrade(503, "simulated: maintenance")),
            new Named(
                    "closed",
                    random -> new Fault.CloseAfter(
                            random.nextInt(MOST_EVENTS), CODES[random.nextInt(CODES.length)], "simulated")),
            new Named("dropped", random -> new Fault.DropAfter(random.nextInt(MOST_EVENTS))),
            new Named("never answers", random -> new Fault.NeverAnswer()),
            new Named("expires", random -> new Fault.ExpireAfter(Duration.ofMillis(500 + random.nextInt(30_000)))),
            new Named("rate limit", random -> Fault.FailResponse.rateLimited(1 + random.nextInt(MOST_RESPONSES))),
            new Named("quota", random -> Fault.FailResponse.insufficientQuota(1 + random.nextInt(MOST_RESPONSES))),
            new Named("server error", random -> Fault.FailResponse.serverError(1 + random.nextInt(MOST_RESPONSES))),
            new Named(
                    "unknown event",
                    random -> new Fault.UnknownEventAfter(random.nextInt(MOST_EVENTS), "response.simulated.delta")),
            new Named("malformed frame", random -> new Fault.MalformedFrameAfter(random.nextInt(MOST_EVENTS))),
            new Named("no usage", random -> new Fault.OmitUsage()));

    private final long seed;
    private final Map<String, Integer> drawn = new TreeMap<>();

    ChaosFaults(long seed) {
        this.seed = seed;
    }

    @Override
    public FaultScript forSession(long number, String model) {
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number);
        if (random.nextInt(3) == 0) {
            return FaultScript.none();
        }
        Named fault = KINDS.get(random.nextInt(KINDS.size()));
        drawn.merge(fault.name(), 1, Integer::sum);
        return FaultScript.of(fault.kind().draw(random));
    }

    /** How many sessions got each fault. */
    Map<String, Integer> drawn() {
        return Map.copyOf(drawn);
    }
}
