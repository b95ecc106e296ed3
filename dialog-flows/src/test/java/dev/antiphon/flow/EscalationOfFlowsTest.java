package dev.antiphon.flow;

import static dev.antiphon.flow.dsl.FlowDsl.askFirst;
import static dev.antiphon.flow.dsl.FlowDsl.digits;
import static dev.antiphon.flow.dsl.FlowDsl.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.session.Conversation.Directive;
import dev.antiphon.session.Conversation.Event;
import dev.antiphon.session.Outcome;
import dev.antiphon.tier.EscalationPolicy;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What a session asks a dialog before a struggling call gets help. */
class EscalationOfFlowsTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-30T10:00:00Z"));
    private static final EscalationPolicy EARLY = EscalationPolicy.defaults().withThreshold(1);

    /** What is collected. */
    record Renewal(String card, String pin) {}

    private static Flow<Renewal> renewal(UnaryOperator<FlowBuilder<Renewal, Object>> shape) {
        var card = digits("card", 6).ask("What is the number of your card?");
        var pin = digits("code", 4).ask("What is the code?");
        return Flow.named(
                "renewal",
                Renewal.class,
                f -> shape.apply(f.goal("Renew a membership"))
                        .collect(card, pin)
                        .confirm(r -> say("Card {}, {}. Shall I renew it?", r.card(), r.pin()))
                        .effect("renew", r -> "R7")
                        .done((r, reference) -> say("Done.")));
    }

    private static FlowConversation call(UnaryOperator<FlowBuilder<Renewal, Object>> shape) {
        FlowConversation call = FlowConversation.start(renewal(shape), CLOCK, ZoneOffset.UTC, "call");
        call.on(new Event.CallStarted());
        return call;
    }

    private static void fills(FlowConversation call, String values) {
        call.on(new Event.ToolCalled("c" + values.length(), "fill_slots", values));
        call.on(new Event.CallsComplete());
    }

    @Test
    void theGoalIsAsNearAsValuesAreMissing() {
        FlowConversation call = call(f -> f);
        assertThat(call.stepsToGoal()).isEqualTo(OptionalInt.of(2));
        fills(call, "{\"card\":\"471108\"}");
        assertThat(call.stepsToGoal()).isEqualTo(OptionalInt.of(1));
        fills(call, "{\"code\":\"4242\"}");
        assertThat(call.stepsToGoal()).isEqualTo(OptionalInt.of(0));
    }

    @Test
    void aServiceWithoutAWishIsNeitherNearNorFar() {
        FlowConversation call = FlowConversation.start(renewal(f -> f).asService(), CLOCK, ZoneOffset.UTC, "call");
        call.on(new Event.CallStarted());
        assertThat(call.stepsToGoal()).isEmpty();
    }

    @Test
    void flowsOfOneBotHaveThePolicyThatStandsBesideThem() {
        assertThat(call(f -> f.escalation(EARLY)).escalation()).contains(EARLY);
        assertThat(call(f -> f).escalation()).isEmpty();
        assertThat(call(f -> f).flow()).isEqualTo("renewal");
        Flow<Renewal> flow = renewal(f -> f);
        assertThat(flow.escalation(EARLY).escalation()).contains(EARLY);
        assertThat(flow.escalation(EARLY).asService().handOver("the office").escalation())
                .contains(EARLY);
        assertThat(flow.escalation(EARLY).version()).isEqualTo(flow.version());
    }

    @Test
    void whoStrugglesTooMuchIsHandedOverToTheFlowsTarget() {
        FlowConversation call = call(f -> f.handOver("the office"));
        assertThat(call.mayHandOver()).isTrue();
        List<Directive> directives = call.on(new Event.PersonNeeded("it struggles"));
        assertThat(directives)
                .contains(new Directive.End(new Outcome.HandedOver("the office", "it struggles")))
                .anyMatch(each -> each instanceof Directive.Say words
                        && words.speech().text().contains("the office"));
        assertThat(call.mayHandOver()).isFalse();
        assertThat(call.on(new Event.PersonNeeded("again"))).isEmpty();
    }

    @Test
    void whereTheFlowAsksFirstTheCallerDecides() {
        FlowConversation call =
                call(f -> f.handOver("the office").when(RepairPattern.PERSON, askFirst("Shall I connect you?")));
        List<Directive> directives = call.on(new Event.PersonNeeded("it struggles"));
        assertThat(directives)
                .noneMatch(Directive.End.class::isInstance)
                .anyMatch(each -> each instanceof Directive.Say words
                        && words.speech().text().contains("Shall I connect you?"));
        assertThat(call.mayHandOver()).isFalse();
        assertThat(call.view().openQuestion()).isEqualTo(Optional.of("Shall I connect you?"));
    }

    @Test
    void withoutATargetNobodyIsAsked() {
        FlowConversation call = call(f -> f);
        assertThat(call.mayHandOver()).isFalse();
        assertThat(call.on(new Event.PersonNeeded("it struggles"))).isEmpty();
    }
}
