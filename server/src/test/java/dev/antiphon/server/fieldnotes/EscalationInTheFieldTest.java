package dev.antiphon.server.fieldnotes;

import static dev.antiphon.flow.dsl.FlowDsl.digits;
import static dev.antiphon.flow.dsl.FlowDsl.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.Flow;
import dev.antiphon.flow.FlowConversation;
import dev.antiphon.model.Money;
import dev.antiphon.server.fieldnotes.FieldCall.Frame;
import dev.antiphon.server.fieldnotes.FieldCall.Plan;
import dev.antiphon.session.Conversation;
import dev.antiphon.session.Outcome;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.testkit.brain.BrainProfile;
import dev.antiphon.testkit.brain.SchemaBrain;
import dev.antiphon.testkit.virtual.VirtualWorld;
import dev.antiphon.tier.EscalationPolicy;
import dev.antiphon.tier.Rung;
import dev.antiphon.tier.TierDecision;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Calls on the emulator whose caller is not understood: each rung of escalation, and what keeps a call from climbing. */
class EscalationInTheFieldTest {
    private static final String MUMBLE = "Brmbl frz.";

    /** What is done. */
    record Renewal(String card, String pin, String member) {}

    private final List<Renewal> renewed = new ArrayList<>();

    private Conversation renewal(VirtualWorld world, EscalationPolicy policy) {
        var card = digits("card", 6).ask("What is the number of your card?");
        var pin = digits("code", 4).ask("What is the code?");
        var member = digits("member", 8).ask("What is your member number?");
        Flow<Renewal> flow = Flow.named(
                "renewal",
                Renewal.class,
                f -> f.goal("Renew a membership")
                        .greet("Hello.")
                        .collect(card, pin, member)
                        .confirm(
                                r -> say("Card {}, {}, of member {}. Shall I renew it?", r.card(), r.pin(), r.member()))
                        .effect("renew", r -> {
                            renewed.add(r);
                            return "R7";
                        })
                        .done((r, reference) -> say("Your membership is renewed."))
                        .handOver("the office")
                        .escalation(policy));
        return FlowConversation.start(flow, world.clock(), ZoneOffset.UTC, "call");
    }

    private Plan plan(EscalationPolicy policy) {
        return Plan.of(
                        new SchemaBrain(BrainProfile.ByModel.withoutMisunderstandings()),
                        world -> renewal(world, policy))
                .on("gpt-realtime-2.1-mini", "gpt-realtime-2.1");
    }

    private static List<TierDecision> decisions(FieldCall call) {
        return call.facts(SessionEvent.TierDecided.class).stream()
                .map(SessionEvent.TierDecided::decision)
                .toList();
    }

    private static List<String> climbed(FieldCall call) {
        return decisions(call).stream()
                .flatMap(decision -> decision.rung().stream())
                .map(Rung::words)
                .toList();
    }

    private static FieldCall mumbles(FieldCall call, int times) {
        for (int i = 0; i < times; i++) {
            call.types(MUMBLE).passes(15_000);
        }
        return call;
    }

    private static List<String> efforts(FieldCall call) {
        return call.received("session.updated").stream()
                .map(Frame::event)
                .map(event -> event.at("/session/reasoning/effort").asString("as it is"))
                .distinct()
                .toList();
    }

    @Test
    void aCallThatStrugglesOnClimbsEachRungOnce() {
        try (FieldCall call = new FieldCall(plan(EscalationPolicy.defaults()))) {
            call.passes(6_000);
            mumbles(call, 3);
            assertThat(climbed(call)).as(call.story()).containsExactly("effort high");
            assertThat(efforts(call)).containsExactly("as it is", "high");
            assertThat(call.facts(SessionEvent.TierChanged.class)).isEmpty();

            mumbles(call, 3);
            assertThat(climbed(call)).containsExactly("effort high", "larger model");
            SessionEvent.TierChanged moved =
                    call.facts(SessionEvent.TierChanged.class).getFirst();
            assertThat(moved.from()).isEqualTo("mini");
            assertThat(moved.to()).isEqualTo("full");
            assertThat(moved.gap()).isLessThan(Duration.ofMillis(50));
            Frame last = call.received("session.updated").getLast();
            assertThat(last.event().at("/session/model").asString("")).isEqualTo("gpt-realtime-2.1");
            assertThat(last.event().at("/session/reasoning/effort").asString(""))
                    .isEqualTo("high");

            mumbles(call, 6).passes(20_000);
            assertThat(climbed(call)).containsExactly("effort high", "larger model", "person");
            assertThat(call.said()).last().asString().contains("the office");
            assertThat(call.facts(SessionEvent.SessionEnded.class).getFirst().outcome())
                    .isInstanceOfSatisfying(Outcome.HandedOver.class, to -> {
                        assertThat(to.target()).isEqualTo("the office");
                        assertThat(to.reason()).contains("struggle score").doesNotContain("Brmbl");
                    });
            assertThat(call.errors()).isEmpty();
        }
    }

    @Test
    void everyDecisionHasItsReasonAndWhatTheNextRungWouldCost() {
        try (FieldCall call = new FieldCall(plan(EscalationPolicy.defaults()))) {
            mumbles(call.passes(6_000), 6);
            assertThat(decisions(call)).hasSizeGreaterThanOrEqualTo(6).allSatisfy(decision -> {
                assertThat(decision.reason()).isNotBlank();
                assertThat(decision.costEstimate()).isPresent();
            });
            TierDecision move = decisions(call).stream()
                    .filter(decision -> decision.to().isPresent())
                    .findFirst()
                    .orElseThrow();
            assertThat(move.costEstimate().orElseThrow()).isGreaterThan(Money.ZERO);
        }
    }

    @Test
    void aCallWhoseBudgetDoesNotAllowItStaysAndSaysSo() {
        EscalationPolicy broke = EscalationPolicy.defaults()
                .withRungs(new Rung.LargerModel(), new Rung.Person())
                .withBudget(Money.ZERO);
        try (FieldCall call = new FieldCall(plan(broke))) {
            mumbles(call.passes(6_000), 4);
            assertThat(climbed(call)).isEmpty();
            assertThat(decisions(call))
                    .anyMatch(decision -> decision.reason().contains("passed over: 'larger model' is estimated at $0.")
                            && decision.reason().contains("of the budget of $0.0000"));
            assertThat(call.facts(SessionEvent.TierChanged.class)).isEmpty();
        }
    }

    @Test
    void withinAStepOfTheGoalTheCallStaysOnItsModelAndReachesIt() {
        try (FieldCall call = new FieldCall(plan(EscalationPolicy.defaults()))) {
            call.passes(6_000).types("4 7 1 1 0 8").passes(15_000);
            call.types("4 2 4 2").passes(15_000);
            mumbles(call, 4);
            assertThat(decisions(call))
                    .as(call.story())
                    .anyMatch(decision -> decision.isStay()
                            && decision.reason().startsWith("'effort high' waits, since the goal is one answer away"));
            call.types("1 2 3 4 5 6 7 8").passes(20_000);
            call.types("Yes, please.").passes(20_000);

            assertThat(climbed(call)).isEmpty();
            assertThat(renewed).containsExactly(new Renewal("471108", "4242", "12345678"));
        }
    }

    /** Asks for more of the model as soon as an effect is slow, and does not know how near its goal is. */
    private record Impatient(Conversation dialog) implements Conversation {
        @Override
        public String name() {
            return dialog.name();
        }

        @Override
        public Opening opening() {
            return dialog.opening();
        }

        @Override
        public List<Directive> on(Event event) {
            List<Directive> directives = new ArrayList<>(dialog.on(event));
            if (event instanceof Event.EffectSlow) {
                directives.add(new Directive.Escalate("it is slow"));
            }
            return directives;
        }

        @Override
        public Optional<String> seed() {
            return dialog.seed();
        }

        @Override
        public View view() {
            return dialog.view();
        }
    }

    @Test
    void whatIsAskedForWhileAnEffectRunsWaitsForItsEnd() {
        Plan plan = Plan.of(
                        new SchemaBrain(BrainProfile.ByModel.withoutMisunderstandings()),
                        world -> new Impatient(renewal(world, EscalationPolicy.never())))
                .on("gpt-realtime-2.1-mini", "gpt-realtime-2.1");
        try (FieldCall call = new FieldCall(plan.taking(Map.of("renew", Duration.ofSeconds(3))))) {
            call.passes(6_000).types("4 7 1 1 0 8").passes(15_000);
            call.types("4 2 4 2").passes(15_000);
            call.types("1 2 3 4 5 6 7 8").passes(25_000);
            call.types("Yes, please.").passes(25_000);

            assertThat(decisions(call))
                    .as(call.story())
                    .extracting(TierDecision::reason)
                    .contains(
                            "'effort high' waits, since an effect runs; the flow asked for it: it is slow",
                            "the flow asked for it: it is slow");
            assertThat(climbed(call)).containsExactly("effort high");
            assertThat(renewed).hasSize(1);
            List<SessionEvent> facts = call.facts;
            int settled = facts.indexOf(call.facts(SessionEvent.ToolSettled.class).stream()
                    .filter(fact -> fact.tool().equals("renew"))
                    .findFirst()
                    .orElseThrow());
            int climbedAt = facts.indexOf(call.facts(SessionEvent.TierDecided.class).stream()
                    .filter(fact -> !fact.decision().isStay())
                    .findFirst()
                    .orElseThrow());
            assertThat(climbedAt).isGreaterThan(settled);
        }
    }

    @Test
    void aModelWithoutEffortGoesOnToTheNextRung() {
        try (FieldCall call =
                new FieldCall(plan(EscalationPolicy.defaults()).on("gpt-realtime-mini", "gpt-realtime"))) {
            mumbles(call.passes(6_000), 3).passes(5_000);
            assertThat(climbed(call)).containsExactly("larger model");
            assertThat(call.facts(SessionEvent.TierChanged.class)).hasSize(1);
        }
    }
}
