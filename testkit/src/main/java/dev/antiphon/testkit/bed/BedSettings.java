package dev.antiphon.testkit.bed;

import dev.antiphon.testkit.brain.BrainProfile;
import dev.antiphon.testkit.emulator.EmulatorSettings;
import dev.antiphon.testkit.emulator.FrameObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * How a test bed is made. Immutable.
 *
 * @param seed of everything that is left to chance; default 1
 * @param begin when virtual time begins; default Friday, 2026-11-20, 09:00 UTC. Real time is what it is
 * @param latency of one frame on a virtual line, one way; default 5 ms
 * @param toolTime how long each run of a tool works in virtual time; default 20 ms
 * @param brain how well the emulated models understand; default without misunderstandings
 * @param emulator changes the emulator's defaults
 * @param callerFrames sees the frames of callers' lines
 */
public record BedSettings(
        long seed,
        Instant begin,
        Duration latency,
        Supplier<Duration> toolTime,
        BrainProfile.ByModel brain,
        UnaryOperator<EmulatorSettings> emulator,
        FrameObserver callerFrames) {

    /** The defaults. */
    public static BedSettings defaults() {
        return new BedSettings(
                1,
                Instant.parse("2026-11-20T09:00:00Z"),
                Duration.ofMillis(5),
                () -> Duration.ofMillis(20),
                BrainProfile.ByModel.withoutMisunderstandings(),
                unchanged -> unchanged,
                FrameObserver.none());
    }

    /** A copy with another seed. */
    public BedSettings withSeed(long value) {
        return new BedSettings(value, begin, latency, toolTime, brain, emulator, callerFrames);
    }

    /** A copy whose virtual time begins at another moment. */
    public BedSettings withBegin(Instant value) {
        return new BedSettings(seed, value, latency, toolTime, brain, emulator, callerFrames);
    }

    /** A copy with other times on virtual lines and in tools. */
    public BedSettings withTimes(Duration ofFrame, Supplier<Duration> ofTool) {
        return new BedSettings(seed, begin, ofFrame, ofTool, brain, emulator, callerFrames);
    }

    /** A copy whose emulated models understand better or worse. */
    public BedSettings withBrain(BrainProfile.ByModel value) {
        return new BedSettings(seed, begin, latency, toolTime, value, emulator, callerFrames);
    }

    /** A copy with one more change to the emulator. */
    public BedSettings withEmulator(UnaryOperator<EmulatorSettings> change) {
        return new BedSettings(
                seed, begin, latency, toolTime, brain, before -> change.apply(emulator.apply(before)), callerFrames);
    }

    /** A copy whose callers' lines are watched. */
    public BedSettings withCallerFrames(FrameObserver observer) {
        return new BedSettings(seed, begin, latency, toolTime, brain, emulator, observer);
    }
}
