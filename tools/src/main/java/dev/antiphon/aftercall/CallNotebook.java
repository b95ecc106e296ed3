package dev.antiphon.aftercall;

import dev.antiphon.aftercall.EndedCall.Effect;
import dev.antiphon.aftercall.EndedCall.PersonAsked;
import dev.antiphon.aftercall.EndedCall.TierUsed;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.SessionObserver;
import dev.antiphon.session.TurnsSaid;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Notes what a packet of one call needs, and hands the packet on when the call is over. For one session; not thread-safe. Words are kept
 * only when somebody may have them.
 */
final class CallNotebook implements SessionObserver {
    private final Optional<String> caller;
    private final Optional<String> telephoneCall;
    private final UnaryOperator<String> models;
    private final Optional<TurnsSaid> said;
    private final Runnable begins;
    private final Consumer<EndedCall> over;
    private final List<Effect> effects = new ArrayList<>();
    private final List<PersonAsked> handovers = new ArrayList<>();
    private final SequencedSet<TierUsed> tiers = new LinkedHashSet<>();
    private String version = "";
    private boolean begun;

    /**
     * Notes of a call.
     *
     * @param models the model of a tier, by the tier's name
     * @param keepsWords whether a task may have the transcript
     * @param begins is run once, with the first fact; must not block
     * @param over gets the packet once; must not block
     */
    CallNotebook(
            Optional<String> caller,
            Optional<String> telephoneCall,
            UnaryOperator<String> models,
            boolean keepsWords,
            Runnable begins,
            Consumer<EndedCall> over) {
        this.caller = caller;
        this.telephoneCall = telephoneCall;
        this.models = models;
        this.said = keepsWords ? Optional.of(new TurnsSaid(EndedCall.MOST_ENTRIES)) : Optional.empty();
        this.begins = begins;
        this.over = over;
    }

    @Override
    public void on(SessionEvent event) {
        if (!begun) {
            begun = true;
            begins.run();
        }
        said.ifPresent(turns -> turns.on(event));
        switch (event) {
            case SessionEvent.SessionStarted started -> {
                version = started.version();
                tiers.add(new TierUsed(started.tier(), started.model()));
            }
            case SessionEvent.TierChanged changed -> tiers.add(new TierUsed(changed.to(), models.apply(changed.to())));
            case SessionEvent.ToolSettled settled -> onToolSettled(settled);
            case SessionEvent.HandoverSettled settled ->
                handovers.add(new PersonAsked(
                        settled.target(),
                        settled.result().name(),
                        settled.result().detail()));
            case SessionEvent.SessionEnded ended -> over.accept(packet(ended));
            case SessionEvent.ExperimentEntered other -> {}
            case SessionEvent.CallerTurnTaken other -> {}
            case SessionEvent.CallerTranscribed other -> {}
            case SessionEvent.AgentSaid other -> {}
            case SessionEvent.TurnAnswered other -> {}
            case SessionEvent.BargedIn other -> {}
            case SessionEvent.FirstHeard other -> {}
            case SessionEvent.SpeechOverlooked other -> {}
            case SessionEvent.McpToolCalled other -> {}
            case SessionEvent.McpApprovalAnswered other -> {}
            case SessionEvent.ResponseBilled other -> {}
            case SessionEvent.TranscriptionBilled other -> {}
            case SessionEvent.UsageUnknown other -> {}
            case SessionEvent.ToolStarted other -> {}
            case SessionEvent.DialogMoved other -> {}
            case SessionEvent.Struggled other -> {}
            case SessionEvent.TierDecided other -> {}
            case SessionEvent.ConnectionRenewed other -> {}
            case SessionEvent.EndpointChanged other -> {}
            case SessionEvent.RateLimitsReported other -> {}
            case SessionEvent.ConnectionTroubled other -> {}
            case SessionEvent.ServiceProblem other -> {}
            case SessionEvent.HandoverAsked other -> {}
        }
    }

    private void onToolSettled(SessionEvent.ToolSettled settled) {
        if (settled.effect() && effects.size() < EndedCall.MOST_ENTRIES) {
            effects.add(new Effect(settled.tool(), settled.outcome(), settled.took()));
        }
    }

    private EndedCall packet(SessionEvent.SessionEnded ended) {
        return new EndedCall(
                ended.session().value(),
                caller,
                telephoneCall,
                ended.flow(),
                version,
                ended.outcome(),
                ended.notes(),
                effects,
                handovers,
                List.copyOf(tiers),
                ended.at(),
                ended.duration(),
                ended.turns(),
                ended.cost(),
                said.map(TurnsSaid::turns).orElse(List.of()));
    }
}
