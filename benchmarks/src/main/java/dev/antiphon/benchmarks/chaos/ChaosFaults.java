package dev.antiphon.benchmarks.chaos;

import dev.antiphon.connection.WebSocketLink.Breakdown;
import dev.antiphon.testkit.emulator.EmulatorSettings.FaultPlan;
import dev.antiphon.testkit.emulator.Fault;
import dev.antiphon.testkit.emulator.FaultScript;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
            new Named("closed", random -> new Fault.CloseAfter(random.nextInt(MOST_EVENTS), code(random), "simulated")),
            new Named("dropped", random -> new Fault.DropAfter(random.nextInt(MOST_EVENTS))),
            new Named("never answers", random -> new Fault.NeverAnswer()),
            new Named("expires", random -> new Fault.ExpireAfter(Duration.ofMillis(500 + random.nextInt(30_000)))),
            new Named("rate limit", random -> Fault.FailResponse.rateLimited(response(random))),
            new Named("quota", random -> Fault.FailResponse.insufficientQuota(response(random))),
            new Named("server error", random -> Fault.FailResponse.serverError(response(random))),
            new Named(
                    "unknown event",
                    random -> new Fault.UnknownEventAfter(random.nextInt(MOST_EVENTS), "response.simulated.delta")),
            new Named("malformed frame", random -> new Fault.MalformedFrameAfter(random.nextInt(MOST_EVENTS))),
            new Named("no usage", random -> new Fault.OmitUsage()),
            new Named("rejected", random -> new Fault.Reject("server_error", "server_error", "simulated", 1011)),
            new Named(
                    "closed at an event",
                    random -> new Fault.CloseAt(type(random), 1 + random.nextInt(3), code(random), "simulated")),
            new Named("torn", random -> new Fault.BreakAfter(random.nextInt(MOST_EVENTS), Breakdown.TORN)),
            new Named("dead", random -> new Fault.BreakAfter(random.nextInt(MOST_EVENTS), Breakdown.DEAD)),
            new Named(
                    "delayed",
                    random -> new Fault.Delay(
                            type(random), 1 + random.nextInt(3), Duration.ofMillis(100 + random.nextInt(8_000)))),
            new Named("reordered", random -> new Fault.Reorder(type(random), 1 + random.nextInt(3))),
            new Named("duplicated", random -> new Fault.Duplicate(type(random), 1 + random.nextInt(3))),
            new Named(
                    "error event",
                    random -> new Fault.ReportErrorAfter(
                            random.nextInt(MOST_EVENTS), "server_error", Optional.of("server_error"), "simulated")),
            new Named("slow deltas", random -> new Fault.SlowDeltas(Duration.ofMillis(20 + random.nextInt(400)))),
            new Named("response ignored", random -> new Fault.IgnoreResponse(response(random))),
            new Named("response stalls", random -> new Fault.StallResponse(response(random), random.nextInt(4))),
            new Named("success claimed", random -> Fault.Claim.success(response(random))),
            new Named("call made twice", random -> new Fault.CallTwice(response(random))),
            new Named("wrong call id", random -> new Fault.WrongCallId(response(random))),
            new Named(
                    "late transcripts",
                    random -> new Fault.LateTranscription(Duration.ofMillis(500 + random.nextInt(8_000)))),
            new Named("no transcripts", random -> new Fault.FailTranscription()));

    private static final List<String> TYPES = List.of(
            "session.created",
            "session.updated",
            "conversation.item.added",
            "conversation.item.done",
            "response.created",
            "response.output_item.added",
            "response.output_item.done",
            "response.content_part.added",
            "response.output_text.delta",
            "response.output_text.done",
            "response.output_audio.delta",
            "response.output_audio_transcript.done",
            "response.function_call_arguments.delta",
            "response.function_call_arguments.done",
            "response.done",
            "rate_limits.updated",
            "input_audio_buffer.speech_started",
            "input_audio_buffer.committed");

    private static String type(SplittableRandom random) {
        return TYPES.get(random.nextInt(TYPES.size()));
    }

    private static int response(SplittableRandom random) {
        return 1 + random.nextInt(MOST_RESPONSES);
    }

    private static int code(SplittableRandom random) {
        return CODES[random.nextInt(CODES.length)];
    }

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
