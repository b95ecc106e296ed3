package dev.antiphon.benchmarks.chaos.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.benchmarks.chaos.tools.Violations.Rule;
import dev.antiphon.session.CallClock;
import dev.antiphon.testkit.emulator.FrameObserver.Direction;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The checks find what they are for. */
class StormWireTest {
    private final Violations violations = new Violations();
    private final Storm storm = new Storm(number -> {});
    private final StormWire wire = new StormWire(storm, violations);
    private Instant now = Instant.parse("2026-11-20T09:00:00Z");

    @BeforeEach
    void aLineIsOpen() {
        storm.add(new Call(1, Strike.NOTHING, new SplittableRandom(1), false));
        wire.livesIn(new CallClock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public long nanoTime() {
                return 0;
            }
        });
        in("{\"type\":\"session.update\",\"session\":{\"instructions\":\"This is call 1.\"}}");
    }

    private void in(String frame) {
        wire.frame("s", Direction.IN, frame);
    }

    private void out(String frame) {
        wire.frame("s", Direction.OUT, frame);
    }

    private void called(String id) {
        out("{\"type\":\"response.output_item.done\",\"item\":{\"type\":\"function_call\",\"status\":\"completed\","
                + "\"name\":\"weather\",\"call_id\":\"" + id + "\"}}");
    }

    private void answered(String id) {
        in("{\"type\":\"conversation.item.create\",\"item\":{\"type\":\"function_call_output\",\"call_id\":\"" + id
                + "\",\"output\":\"{}\"}}");
    }

    private void says(String words) {
        in("{\"type\":\"response.create\",\"response\":{\"instructions\":\"Say: \\\"\\\"\\\"" + words
                + "\\\"\\\"\\\"\"}}");
    }

    private void spoken() {
        out("{\"type\":\"response.created\"}");
        out("{\"type\":\"response.done\"}");
    }

    private void found(Rule rule, int times) {
        assertThat(violations.counts()).containsEntry(rule.words(), times);
        assertThat(violations.counts().values().stream().mapToInt(Integer::intValue))
                .as("nothing else")
                .allMatch(found -> found == 0 || found == times);
    }

    @Test
    void aSecondOutputOfACall() {
        called("c1");
        answered("c1");
        found(Rule.TWO_OUTPUTS, 0);
        answered("c1");
        found(Rule.TWO_OUTPUTS, 1);
    }

    @Test
    void aCallThatWaitsForEver() {
        called("c1");
        now = now.plusSeconds(41);
        out("{\"type\":\"rate_limits.updated\"}");
        found(Rule.NO_OUTPUT, 1);
    }

    @Test
    void twoFillersInOneBreathOrOneInTheOther() {
        says("One moment, please.");
        spoken();
        says("I'm still on it.");
        found(Rule.TWO_FILLERS, 0);
        says("One moment, please.");
        found(Rule.TWO_FILLERS, 1);
        spoken();
        says("One moment, please. I'm still on it.");
        found(Rule.TWO_FILLERS, 2);
    }

    @Test
    void aFillerWhileTheCallerSpeaks() {
        out("{\"type\":\"input_audio_buffer.speech_started\"}");
        now = now.plus(Duration.ofMillis(5));
        says("One moment, please.");
        spoken();
        found(Rule.FILLER_OVER_SPEECH, 0);
        now = now.plusSeconds(1);
        says("I'm still on it.");
        found(Rule.FILLER_OVER_SPEECH, 1);
    }

    @Test
    void aResultBesideWordsThatWereAskedFor() {
        called("c1");
        says("One moment, please.");
        answered("c1");
        found(Rule.RESULT_IN_SPEECH, 0);
        spoken();
        in("{\"type\":\"response.create\"}");
        found(Rule.RESULT_IN_SPEECH, 1);
    }
}
