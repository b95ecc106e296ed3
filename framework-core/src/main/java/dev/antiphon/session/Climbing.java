package dev.antiphon.session;

import dev.antiphon.model.Tier;
import dev.antiphon.realtime.ApiError;
import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.tier.CallSituation;
import dev.antiphon.tier.ClimbCost;
import dev.antiphon.tier.EscalationPolicy;
import dev.antiphon.tier.EscalationState;
import dev.antiphon.tier.Rung;
import dev.antiphon.tier.Struggle;
import dev.antiphon.tier.TierDecision;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Climbs the rungs of one call's escalation policy: keeps the {@link EscalationState}, records every decision, and has done what was
 * decided. Confined to one session actor.
 */
final class Climbing {
    /** By which an error of the service is known to be about this. */
    private static final String EFFORT_EVENT = "antiphon_effort";

    /** What the session and its dialog do, and tell. */
    interface Port {
        /** The tier in use. */
        Tier tier();

        /** Starts to move to this tier; false when that cannot be begun. */
        boolean moveTo(Tier tier);

        /** Tells the model in use. */
        void send(ClientEvent event);

        /** Has the dialog hand the call over; false when it does not. */
        boolean handOver(String reason);

        boolean effectRuns();

        boolean isOver();
    }

    private final CallSetup call;
    private final CallRecord record;
    private final Port port;
    private EscalationState state;
    private Optional<String> raised = Optional.empty();
    private final Set<String> stays = new HashSet<>();
    private int turnOfStays;

    Climbing(CallSetup call, CallRecord record, Port port) {
        this.call = call;
        this.record = record;
        this.port = port;
        this.state = EscalationState.initial(
                policy(),
                call.ladder().tiers().stream().map(Tier::name).toList(),
                call.start().name(),
                call.clock().instant());
    }

    /** Evidence was seen, and its fact was recorded. */
    void struggled(Struggle struggle) {
        decide(current().onStruggle(struggle, situation()));
    }

    /** A turn moved the dialog on. */
    void progressed() {
        decide(current().onProgress(situation()));
    }

    /** The author's flow asks for more of the model. */
    void asked(String reason) {
        decide(current().onDirective(reason, situation()));
    }

    /**
     * A turn was taken, or an effect has settled: what waits is weighed again.
     *
     * @param struggled whether evidence was seen in the same breath, and so was weighed already
     */
    void turned(boolean struggled) {
        boolean waits = state.wish()
                .filter(wish -> !struggled || wish.ordered().isPresent())
                .isPresent();
        if (waits) {
            decide(current().onTurn(situation()));
        }
    }

    /** The call runs on the tier to which it was moved. */
    void moved() {
        decide(state.onClimbed(call.clock().instant()));
    }

    /** The call stays on its model. */
    void moveFailed() {
        decide(state.onClimbFailed("the hand-over to a larger model failed", situation()));
    }

    /** Whether a move that was decided may happen now. */
    boolean mayMove() {
        return situation().hold().isEmpty();
    }

    /** The effort that a model of this tier is told, if it was raised and the tier has any. */
    Optional<String> effort(Tier tier) {
        return raised.filter(level -> tier.reasoningEffort());
    }

    /** The service may have refused more effort; the call goes on without. */
    void refused(ApiError error) {
        if (raised.isPresent()
                && error.clientEventId().filter(EFFORT_EVENT::equals).isPresent()) {
            String level = raised.get();
            raised = Optional.empty();
            decide(state.onUseless(
                    "the service refused the reasoning effort '" + level + "': "
                            + error.code().orElse(error.type()),
                    situation()));
        }
    }

    private EscalationState current() {
        return state.under(policy());
    }

    private EscalationPolicy policy() {
        return call.escalation()
                .of(call.conversation().flow(), call.conversation().escalation());
    }

    private CallSituation situation() {
        Tier tier = port.tier();
        return new CallSituation(
                call.clock().instant(),
                port.isOver(),
                call.conversation().stepsToGoal(),
                port.effectRuns(),
                tier.reasoningEffort(),
                raised.or(() -> call.settings().line().reasoningEffort()),
                call.conversation().mayHandOver(),
                record.extra(),
                ClimbCost.of(policy().rungs(), tier, call.ladder().above(tier), record.usage()));
    }

    private void decide(EscalationState.Transition transition) {
        state = transition.next();
        transition.decision().filter(this::isNews).ifPresent(decision -> {
            record.decided(decision);
            decision.rung().ifPresent(rung -> climb(rung, decision));
        });
    }

    /** In one turn a call stays once for the same reason. */
    private boolean isNews(TierDecision decision) {
        if (record.turns() != turnOfStays) {
            turnOfStays = record.turns();
            stays.clear();
        }
        return !decision.isStay() || stays.add(decision.reason());
    }

    private void climb(Rung rung, TierDecision decision) {
        switch (rung) {
            case Rung.RaiseEffort effort -> {
                raised = Optional.of(effort.level());
                moved();
                port.send(new ClientEvent.SessionUpdate(Optional.of(EFFORT_EVENT), LineConfig.effort(effort.level())));
            }
            case Rung.LargerModel ignored -> {
                boolean begun = decision.to()
                        .flatMap(name -> call.ladder().named(name))
                        .filter(port::moveTo)
                        .isPresent();
                if (!begun) {
                    decide(state.onClimbFailed("the move to a larger model could not be begun", situation()));
                }
            }
            case Rung.Person ignored -> {
                if (port.handOver(decision.reason())) {
                    moved();
                } else {
                    decide(state.onClimbFailed("the dialog did not hand the call over", situation()));
                }
            }
        }
    }
}
