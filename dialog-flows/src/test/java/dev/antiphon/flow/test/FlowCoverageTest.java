package dev.antiphon.flow.test;

import static dev.antiphon.flow.dsl.FlowDsl.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.flow.Flow;
import dev.antiphon.flow.faq.Faq;
import dev.antiphon.flow.faq.FaqEntry;
import dev.antiphon.flow.slot.Slot;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What counts as visited, and what a missing part leads to. */
class FlowCoverageTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));

    record Alarm(LocalTime time, int count) {}

    private final Slot<LocalTime> time = time("time")
            .ask("What time?")
            .check((at, slots) -> at.getHour() < 12 ? ok() : alternatives(List.of(LocalTime.of(7, 0))));
    private final Slot<Integer> count = number("count", 1, 5).ask("How often?");
    private final Flow<Alarm> flow = Flow.named(
            "alarm",
            Alarm.class,
            f -> f.goal("Set an alarm")
                    .collect(time, count)
                    .confirm(alarm -> say("At {}. Shall I set it?", alarm.time()))
                    .effect("set", alarm -> "A1", e -> e.on(IllegalStateException.class, taken -> reject(time)))
                    .done((alarm, id) -> say("It is set."))
                    .faq(Faq.of(FaqEntry.entry("Is it <loud> & clear?").answer("Very.")))
                    .onStuck(noMatch(2), escalate())
                    .onStuck(noMatch(4), handOver("the desk")));
    private final FlowCoverage coverage = FlowCoverage.of(flow);

    @AfterEach
    void recordNothingMore() {
        FlowRecording.stop();
    }

    private FlowTest call() {
        FlowTest call = FlowTest.of(flow, CLOCK);
        call.conversation().observedBy(coverage.observer());
        return call;
    }

    private List<String> missed() {
        return coverage.missed().stream().map(FlowPart::toString).toList();
    }

    @Test
    void everythingThatTheFlowDeclaresIsMissedAtFirst() {
        assertThat(missed())
                .containsExactly(
                        "slot time: asked",
                        "slot time: filled",
                        "slot time: corrected",
                        "slot time: refused",
                        "slot time: alternatives offered",
                        "slot time: alternative chosen",
                        "slot count: asked",
                        "slot count: filled",
                        "slot count: corrected",
                        "slot count: refused",
                        "confirmation: yes",
                        "confirmation: no",
                        "confirmation: stale yes",
                        "effect set: succeeded",
                        "effect set: IllegalStateException handled",
                        "effect set: failed",
                        "effect set: timed out",
                        "effect set: tried again",
                        "flow: done",
                        "question \"Is it <loud> & clear?\": answered",
                        "stuck, not understood 2 times: next tier",
                        "stuck, not understood 4 times: hand over to the desk",
                        "call: silence",
                        "call: cancelled",
                        "call: handed over");
        assertThat(coverage.share()).isZero();
    }

    @Test
    void aConversationVisitsWhatHappensInItAndNothingElse() {
        call().fills(time, "13:00")
                .confirmsYes()
                .fills(count, "2")
                .confirmsNo()
                .fills(count, "3")
                .confirmsYes();

        assertThat(missed())
                .containsExactly(
                        "slot time: asked",
                        "slot time: corrected",
                        "slot count: refused",
                        "confirmation: stale yes",
                        "effect set: IllegalStateException handled",
                        "effect set: failed",
                        "effect set: timed out",
                        "effect set: tried again",
                        "question \"Is it <loud> & clear?\": answered",
                        "stuck, not understood 2 times: next tier",
                        "stuck, not understood 4 times: hand over to the desk",
                        "call: silence",
                        "call: cancelled",
                        "call: handed over");
    }

    @Test
    void failuresAreToldFromThoseThatAreHandled() {
        call().effectsSettledByTest()
                .fills(time, "07:00", count, "1")
                .confirmsYes()
                .effectFails(new RuntimeException(new IllegalStateException("taken")));
        assertThat(missed()).contains("effect set: failed").doesNotContain("effect set: IllegalStateException handled");

        call().effectsSettledByTest()
                .fills(time, "07:00", count, "1")
                .confirmsYes()
                .effectFails(new RuntimeException("broken"))
                .confirmsYes()
                .effectSucceeds("A1");
        assertThat(missed()).doesNotContain("effect set: failed", "effect set: tried again", "effect set: succeeded");
    }

    @Test
    void eachRuleOfTheLadderIsVisitedByItsOwnCount() {
        call().isUnclear().isUnclear().isUnclear();
        assertThat(missed())
                .doesNotContain("stuck, not understood 2 times: next tier")
                .contains("stuck, not understood 4 times: hand over to the desk", "call: handed over");

        call().isUnclear().isUnclear().isUnclear().isUnclear();
        assertThat(missed())
                .doesNotContain("stuck, not understood 4 times: hand over to the desk", "call: handed over");
    }

    @Test
    void aRequiredShareThatIsMissedNamesWhatWasNeverVisited() {
        call().fills(time, "07:00", count, "1").confirmsYes();

        coverage.atLeast(0.1);
        assertThatThrownBy(() -> coverage.atLeast(0.9))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("flow alarm: 5 of 25 parts visited, 20.0 %, but at least 90.0 % was required")
                .hasMessageContaining("\n  confirmation: no\n");
    }

    @Test
    void whatIsExceptedIsNotCountedAndMustExist() {
        coverage.except("call: silence");

        assertThat(missed()).hasSize(24).doesNotContain("call: silence");
        assertThatThrownBy(() -> coverage.except("slot day: asked"))
                .hasMessageContaining("flow 'alarm' has no part 'slot day: asked'")
                .hasMessageContaining("slot time: asked");
        assertThatThrownBy(() -> coverage.atLeast(90)).hasMessageContaining("between 0 and 1, but was 90.0");
    }

    @Test
    void conversationsOfOtherFlowsDoNotCount() {
        FlowTest other =
                FlowTest.of(Flow.faq("other", Faq.of(FaqEntry.entry("Why?").answer("Because."))), CLOCK);
        other.conversation().observedBy(coverage.observer());
        other.asks("why?").isSilent(1);

        assertThat(coverage.share()).isZero();
    }

    @Test
    void thePageHoldsTheDrawingInColoursAndEveryPart() {
        call().fills(time, "07:00").asks("is it loud and clear?");

        assertThat(coverage.html())
                .contains("<svg ", "#drawing [data-step=\"time\"] rect { fill: #fff1c2 }")
                .contains("#drawing [data-step=\"confirm\"] rect { fill: #ffdcd9 }")
                .contains("question &quot;Is it &lt;loud&gt; &amp; clear?&quot;", "stale yes, never")
                .doesNotContain("http://www.w3.org/1999", "<script", "src=", "href=");
        assertThat(coverage.text()).contains("asked NEVER", "\nNever visited:\n", "answered 1");
    }

    @Test
    void conversationsOfManyThreadsAreAllCounted() throws Exception {
        FlowCoverageExtension extension = FlowCoverageExtension.atLeast(0.1);
        FlowRecording.into(List.of(extension.recording()));
        CountDownLatch together = new CountDownLatch(4);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> calls = IntStream.range(0, 4)
                    .<Future<?>>mapToObj(i -> threads.submit(() -> {
                        together.countDown();
                        together.await();
                        for (int n = 0; n < 25; n++) {
                            FlowTest.of(flow, CLOCK)
                                    .fills(time, "07:00", count, "1")
                                    .confirmsYes();
                        }
                        return together;
                    }))
                    .toList();
            for (Future<?> call : calls) {
                call.get();
            }
        }

        FlowCoverage recorded = extension.recording().coverage(flow);
        assertThat(recorded.conversations()).isEqualTo(100);
        assertThat(recorded.parts().stream()
                        .filter(part -> part.toString().equals("effect set: succeeded"))
                        .map(recorded::visits))
                .containsExactly(100L);
        extension.check("FlowCoverageTest");
    }

    @Test
    void anExtensionRequiresItsShareAndAFlow() {
        FlowCoverageExtension extension = FlowCoverageExtension.atLeast(0.9).except("call: silence");
        assertThatThrownBy(() -> extension.check("QuietTest")).hasMessageContaining("no FlowTest of QuietTest");

        FlowRecording.into(List.of(extension.recording()));
        FlowTest.of(flow, CLOCK).fills(time, "07:00", count, "1").confirmsYes();
        FlowRecording.stop();
        FlowTest.of(flow, CLOCK).isSilent(1).cancels();

        assertThatThrownBy(() -> extension.check("QuietTest"))
                .hasMessageContaining("of 24 parts visited")
                .hasMessageContaining("call: cancelled")
                .hasMessageNotContaining("slot time: asked");
    }

    @Test
    void reportsAreWrittenWhenTheTestsAreOver(@TempDir Path folder) {
        FlowCoverageExtension.Module module = new FlowCoverageExtension.Module(folder.resolve("reports"));
        FlowRecording.into(List.of(module.recording));
        FlowTest.of(flow, CLOCK).cancels();

        module.close();

        assertThat(folder.resolve("reports/alarm.txt")).content().contains("cancelled 1");
        assertThat(folder.resolve("reports/alarm.html")).content().startsWith("<!doctype html>");
    }
}
