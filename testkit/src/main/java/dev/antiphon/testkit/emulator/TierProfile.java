package dev.antiphon.testkit.emulator;

import java.time.Duration;

/**
 * How fast one simulated model is. The figures are simulated; they are no measurement of a real service.
 *
 * @param toFirstOutput from {@code response.created} to the first output event
 * @param jitter added to it, uniformly from zero to this, from the session's seeded stream
 * @param deliverySpeed how many times faster than real time audio is delivered; infinite for all at once
 * @param perTextDelta pause before each text or argument delta
 * @param transcription from the commit of caller audio to its transcript
 * @param rateLimits from {@code response.done} to {@code rate_limits.updated}
 */
public record TierProfile(
        Duration toFirstOutput,
        Duration jitter,
        double deliverySpeed,
        Duration perTextDelta,
        Duration transcription,
        Duration rateLimits) {
    public TierProfile {
        if (!(deliverySpeed > 0)) {
            throw new IllegalArgumentException("deliverySpeed must be above 0, but was " + deliverySpeed);
        }
    }

    /** No delay anywhere, for benchmarks. */
    public static TierProfile instant() {
        return new TierProfile(
                Duration.ZERO, Duration.ZERO, Double.POSITIVE_INFINITY, Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }

    /** A simulated small model. */
    public static TierProfile simulatedMini() {
        return simulated(Duration.ofMillis(280), Duration.ofMillis(120));
    }

    /** A simulated large model. */
    public static TierProfile simulatedFull() {
        return simulated(Duration.ofMillis(420), Duration.ofMillis(180));
    }

    private static TierProfile simulated(Duration toFirstOutput, Duration jitter) {
        return new TierProfile(
                toFirstOutput, jitter, 5, Duration.ofMillis(12), Duration.ofMillis(250), Duration.ofMillis(40));
    }

    /** A copy with another time to the first output, without jitter. */
    public TierProfile withFirstOutputAfter(Duration delay) {
        return new TierProfile(delay, Duration.ZERO, deliverySpeed, perTextDelta, transcription, rateLimits);
    }

    /** A copy with another speed of delivery. */
    public TierProfile withDeliverySpeed(double timesRealTime) {
        return new TierProfile(toFirstOutput, jitter, timesRealTime, perTextDelta, transcription, rateLimits);
    }

    /** The pause before a piece of audio that plays {@code audio}. */
    Duration pauseBefore(Duration audio) {
        return Double.isInfinite(deliverySpeed)
                ? Duration.ZERO
                : Duration.ofNanos((long) (audio.toNanos() / deliverySpeed));
    }
}
