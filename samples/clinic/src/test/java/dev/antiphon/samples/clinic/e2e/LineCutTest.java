package dev.antiphon.samples.clinic.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.samples.clinic.WatchedCall;
import dev.antiphon.samples.clinic.WatchedClinic;
import dev.antiphon.session.Conversation;
import dev.antiphon.session.Conversation.Event;
import dev.antiphon.session.Outcome;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The model's line breaks in a certain phase of a booking, over real sockets, in either dialect. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class LineCutTest {

    static Stream<Arguments> phases() {
        return Stream.of(
                        phase("greeting", event -> event instanceof Event.CallStarted),
                        phase("asking", event -> agentSays(event, "name")),
                        phase("tool running", event -> event instanceof Event.ToolCalled),
                        phase("confirming", event -> agentSays(event, "shall i")),
                        phase("after the effect", event -> event instanceof Event.EffectSettled),
                        phase("after booking", event -> agentSays(event, "anything else")))
                .flatMap(dialects -> dialects);
    }

    private static Stream<Arguments> phase(String name, Predicate<Event> when) {
        return Stream.of(Arguments.of(name, false, when), Arguments.of(name + ", beta", true, when));
    }

    private static boolean agentSays(Event event, String words) {
        return event instanceof Event.AgentSpoke spoke
                && spoke.text().toLowerCase(java.util.Locale.ROOT).contains(words);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("phases")
    void theCallBooksOnceAndTheCallerHearsAtMostOneLineTwice(String name, boolean beta, Predicate<Event> when) {
        try (CuttableWire wire = new CuttableWire();
                WatchedClinic clinic = WatchedClinic.with(new CutOnce(wire, when));
                ClinicDesk desk =
                        beta ? ClinicDesk.betaOver(wire, clinic.bot()) : ClinicDesk.over(wire, clinic.bot())) {
            JsonNode report = new Callers(desk).call("--script", "happy");

            assertBookedOnce(report, clinic);
            assertThat(desk.modelSessions()).isEqualTo(2);
            assertThat(repeated(report)).as(report.toPrettyString()).hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    void aCutWhileTheBookingIsMadeMakesNoSecondBooking() {
        try (CuttableWire wire = new CuttableWire();
                WatchedClinic clinic = WatchedClinic.with(new WatchedClinic.Trouble() {
                    @Override
                    public Conversation.Directive.Run disturb(String caller, Conversation.Directive.Run run) {
                        return new Conversation.Directive.Run(
                                run.effectId(), run.name(), run.idempotencyKey(), run.policy(), () -> {
                                    wire.cut();
                                    return run.work().call();
                                });
                    }
                });
                ClinicDesk desk = ClinicDesk.over(wire, clinic.bot())) {
            JsonNode report = new Callers(desk).call("--script", "happy");

            assertBookedOnce(report, clinic);
            assertThat(desk.modelSessions()).isEqualTo(2);
        }
    }

    private record CutOnce(CuttableWire wire, Predicate<Event> when, AtomicBoolean done)
            implements WatchedClinic.Trouble {
        CutOnce(CuttableWire wire, Predicate<Event> when) {
            this(wire, when, new AtomicBoolean());
        }

        @Override
        public void before(String caller, Event event) {
            if (when.test(event) && done.compareAndSet(false, true)) {
                wire.cut();
            }
        }
    }

    private static void assertBookedOnce(JsonNode report, WatchedClinic clinic) {
        assertThat(Callers.outcomes(report)).as(report.toPrettyString()).containsExactly("completed");
        WatchedCall call = clinic.call();
        assertThat(call.outcome()).isInstanceOf(Outcome.Completed.class);
        assertThat(call.bookings()).isEqualTo(1);
    }

    /** What the agent said whole and then said again. */
    private static List<String> repeated(JsonNode report) {
        List<String> lines = Callers.reports(report)
                .flatMap(call -> call.path("facts").valueStream())
                .filter(fact -> fact.path("kind").asString().equals("agent"))
                .map(fact -> fact.path("text").asString())
                .toList();
        return lines.stream()
                .filter(line -> lines.indexOf(line) != lines.lastIndexOf(line))
                .distinct()
                .toList();
    }
}
