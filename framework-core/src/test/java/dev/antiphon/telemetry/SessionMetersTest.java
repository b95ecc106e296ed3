package dev.antiphon.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.antiphon.session.Conversation;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.SessionId;
import dev.antiphon.tier.Struggle.Signal;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SessionMetersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, new MockClock());
    private final SessionMeters meters = new SessionMeters(registry);

    private double counter(String name, String... tags) {
        return registry.get(name).tags(tags).counter().count();
    }

    private double active(String tier) {
        return registry.get("voice.session.active")
                .tags("flow", "booking", "tier", tier)
                .gauge()
                .value();
    }

    @Test
    void aCallIsActiveOnItsTierUntilItEnds() {
        meters.on(Facts.started(Facts.SESSION));
        meters.on(Facts.started(new SessionId("sess_other")));
        assertThat(active("mini")).isEqualTo(2);
        meters.on(Facts.changed());
        assertThat(active("mini")).isEqualTo(1);
        assertThat(active("full")).isEqualTo(1);
        meters.on(Facts.ended(Facts.SESSION, "full"));
        assertThat(active("full")).isZero();
    }

    @Test
    void callsUnderWayAreCountedByTheVersionThatTheyBeganWith() {
        meters.on(Facts.started(Facts.SESSION));
        var gauge = registry.get("voice.flow.active")
                .tags("flow", "booking", "version", "4be1d2a0c9f3")
                .gauge();
        assertThat(gauge.value()).isEqualTo(1);
        meters.on(Facts.ended(Facts.SESSION, "mini"));
        assertThat(gauge.value()).isZero();
    }

    @Test
    void aCallsDurationCarriesItsOutcome() {
        meters.on(Facts.ended(Facts.SESSION, "mini"));
        assertThat(registry.get("voice.session.duration")
                        .tags("flow", "booking", "tier", "mini", "outcome", "completed")
                        .timer()
                        .totalTime(TimeUnit.SECONDS))
                .isEqualTo(65);
    }

    @Test
    void thePartsOfATurnAddUpToItsLatency() {
        Facts.wholeCall().forEach(meters::on);
        double total = registry.get("voice.turn.latency")
                .tags("flow", "booking", "tier", "full", "tool", "yes")
                .timer()
                .totalTime(TimeUnit.MILLISECONDS);
        double parts = registry.get("voice.turn.latency.part").timers().stream()
                .mapToDouble(timer -> timer.totalTime(TimeUnit.MILLISECONDS))
                .sum();
        assertThat(total).isEqualTo(960);
        assertThat(parts).isCloseTo(total, within(1.0));
        assertThat(registry.get("voice.turn.latency.part").timers())
                .extracting(timer -> timer.getId().getTag("part"))
                .containsExactlyInAnyOrder("endpointing", "model", "tool", "model2", "delivery");
    }

    @Test
    void turnLatencyHasTheAgreedBuckets() {
        Facts.wholeCall().forEach(meters::on);
        assertThat(Arrays.stream(registry.get("voice.turn.latency")
                                .timer()
                                .takeSnapshot()
                                .histogramCounts())
                        .map(bucket -> bucket.bucket(TimeUnit.SECONDS)))
                .containsExactly(.3, .5, .8, 1.0, 1.2, 1.5, 2.0, 3.0, 5.0, 8.0);
    }

    @Test
    void theFirstAudioOfACallIsTimedByFlowAndTier() {
        Facts.wholeCall().forEach(meters::on);
        assertThat(registry.get("voice.session.first.audio")
                        .tags("flow", "booking")
                        .timer()
                        .totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(740);
    }

    @Test
    void bargeInsAreCountedAndTheirStopIsTimed() {
        Facts.wholeCall().forEach(meters::on);
        assertThat(counter("voice.turn.bargein", "flow", "booking", "kind", "true"))
                .isEqualTo(1);
        assertThat(registry.get("voice.turn.bargein.stop").timer().totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(120);
    }

    @Test
    void noMatchesNameTheSlotButNeverTheCallersWords() {
        Facts.wholeCall().forEach(meters::on);
        assertThat(counter("voice.turn.nomatch", "flow", "booking", "slot", "date"))
                .isEqualTo(1);
        assertThat(counter("voice.turn.noinput", "flow", "booking", "slot", "none"))
                .isEqualTo(1);
    }

    @Test
    void aNoMatchNamesTheSlotThatIsBeingAsked() {
        meters.on(Facts.started(Facts.SESSION));
        meters.on(new SessionEvent.DialogMoved(
                Facts.SESSION, Facts.AT, new Conversation.View("time", Map.of(), Optional.of("What time?"))));
        meters.on(Facts.struggled(Signal.NO_MATCH, "time"));
        assertThat(counter("voice.turn.nomatch", "flow", "booking", "slot", "time"))
                .isEqualTo(1);
    }

    @Test
    void cachedTokensAreCountedApart() {
        Facts.wholeCall().forEach(meters::on);
        assertThat(tokens("input", "text", "false")).isEqualTo(60);
        assertThat(tokens("input", "text", "true")).isEqualTo(40);
        assertThat(tokens("input", "audio", "false")).isEqualTo(40);
        assertThat(tokens("input", "audio", "true")).isEqualTo(10);
        assertThat(tokens("output", "audio", "false")).isEqualTo(30);
        assertThat(tokens("output", "text", "false")).isEqualTo(7);
    }

    private double tokens(String direction, String modality, String cached) {
        return counter(
                "voice.model.tokens", "tier", "full", "direction", direction, "modality", modality, "cached", cached);
    }

    @Test
    void costIsCountedInMillionthsOfADollar() {
        Facts.wholeCall().forEach(meters::on);
        assertThat(counter("voice.cost", "tier", "full", "kind", "model")).isEqualTo(12_300);
        assertThat(counter("voice.cost", "tier", "full", "kind", "transcription"))
                .isEqualTo(110);
        assertThat(counter("voice.usage.unknown", "tier", "full", "kind", "model"))
                .isEqualTo(1);
    }

    @Test
    void toolsDecisionsAndReconnectsAreMeasured() {
        Facts.wholeCall().forEach(meters::on);
        assertThat(registry.get("voice.tool.duration")
                        .tags("tool", "lookup", "result", "ok")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(counter("voice.tier.decisions", "flow", "booking", "tier", "mini", "decision", "move"))
                .isEqualTo(1);
        assertThat(counter("voice.connection.reconnects", "tier", "full")).isEqualTo(1);
    }

    @Test
    void noTagHoldsASessionIdOrAnythingSaid() {
        Facts.wholeCall().forEach(meters::on);
        assertThat(registry.getMeters()).isNotEmpty();
        for (Meter meter : registry.getMeters()) {
            for (Tag tag : meter.getId().getTags()) {
                assertThat(tag.getValue())
                        .doesNotContain(Facts.SESSION.value())
                        .doesNotContain(Facts.SECRET)
                        .doesNotContain("call_1");
            }
        }
    }

    @Test
    void everyNameAndTagKeyStandsInNames() throws IllegalAccessException {
        Facts.wholeCall().forEach(meters::on);
        Set<Object> declared = new HashSet<>();
        for (Field field : Names.class.getDeclaredFields()) {
            if (Modifier.isPublic(field.getModifiers())) {
                declared.add(field.get(null));
            }
        }
        for (Meter meter : ownMeters()) {
            assertThat(declared).contains(meter.getId().getName());
            assertThat(meter.getId().getTags())
                    .allSatisfy(tag -> assertThat(declared).contains(tag.getKey()));
        }
    }

    /** Without the gauges that the simple registry adds for histogram buckets. */
    private List<Meter> ownMeters() {
        return registry.getMeters().stream()
                .filter(meter -> meter.getId().syntheticAssociation() == null)
                .toList();
    }

    @Test
    void namesThatAModelInventsDoNotGrowTheNumberOfMeters() {
        meters.on(Facts.started(Facts.SESSION));
        for (int i = 0; i < 1_000; i++) {
            meters.on(Facts.toolSettled("tool " + i, "ok"));
            meters.on(Facts.toolSettled("invented " + i, "unknown_tool"));
            meters.on(Facts.struggled(Signal.NO_MATCH, "words " + i));
        }
        assertThat(registry.get("voice.tool.duration").timers()).hasSize(202);
        assertThat(registry.get("voice.turn.nomatch").counters()).hasSize(1);
    }

    @Test
    void nothingIsRememberedOfACallThatEnded() {
        for (int i = 0; i < 100; i++) {
            SessionId session = new SessionId("sess_" + i);
            meters.on(Facts.started(session));
            meters.on(Facts.ended(session, "mini"));
        }
        assertThat(meters.openCalls()).isZero();
    }

    @Test
    void whoWasAskedToTakeACallOverIsCountedByTargetAndResult() {
        Facts.wholeCall().forEach(meters::on);
        assertThat(registry.get(Names.HANDOVER)
                        .tags(Names.TARGET, "front desk", Names.RESULT, "refused")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void factsOfAnUnknownCallAreStillCounted() {
        SessionEvent answered =
                new SessionEvent.TurnAnswered(new SessionId("sess_unknown"), Facts.AT, "mini", Facts.TIMELINE);
        meters.on(answered);
        assertThat(registry.get("voice.turn.latency")
                        .tags("flow", "none")
                        .timer()
                        .count())
                .isEqualTo(1);
    }
}
