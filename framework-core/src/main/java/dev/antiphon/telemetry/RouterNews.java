package dev.antiphon.telemetry;

import dev.antiphon.session.Outcome;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.SessionId;
import dev.antiphon.session.SessionObserver;
import dev.antiphon.tier.Observed;
import dev.antiphon.tier.TierRouter;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Tells the {@link TierRouter} what became of calls, in the router's own words, and with the number that it gave each of them. At most
 * {@value #MAX_STARTS} numbers are kept; calls beyond are no evidence. Thread-safe; never blocks.
 */
public final class RouterNews implements SessionObserver {
    static final int MAX_STARTS = 100_000;

    private final ActorRef<TierRouter.Command> router;
    private final OpenCalls calls = new OpenCalls();
    private final ConcurrentMap<SessionId, Long> starts = new ConcurrentHashMap<>();

    /** News for this router. */
    public RouterNews(ActorRef<TierRouter.Command> router) {
        this.router = router;
    }

    /** The router said where this call starts. Told before the call's first fact. */
    public void starts(SessionId session, TierRouter.Start start) {
        if (start.number() > 0 && starts.size() < MAX_STARTS) {
            starts.put(session, start.number());
        }
    }

    /** The call of this flow for which the router was asked never came about. */
    public void withdrawn(SessionId session, String flow) {
        if (starts.remove(session) != null) {
            tell(new Observed.Withdrawn(flow, session.value()));
        }
    }

    @Override
    public void on(SessionEvent event) {
        switch (event) {
            case SessionEvent.SessionStarted started -> onStarted(started);
            case SessionEvent.TierChanged changed ->
                tell(new Observed.Moved(calls.flowOf(changed.session()), changed.from(), changed.to()));
            case SessionEvent.SessionEnded ended -> onEnded(ended);
            case SessionEvent.CallerTurnTaken other -> {}
            case SessionEvent.CallerTranscribed other -> {}
            case SessionEvent.TurnAnswered other -> {}
            case SessionEvent.AgentSaid other -> {}
            case SessionEvent.BargedIn other -> {}
            case SessionEvent.FirstHeard other -> {}
            case SessionEvent.SpeechOverlooked other -> {}
            case SessionEvent.McpToolCalled other -> {}
            case SessionEvent.McpApprovalAnswered other -> {}
            case SessionEvent.ResponseBilled other -> {}
            case SessionEvent.TranscriptionBilled other -> {}
            case SessionEvent.UsageUnknown other -> {}
            case SessionEvent.ToolStarted other -> {}
            case SessionEvent.ToolSettled other -> {}
            case SessionEvent.DialogMoved other -> {}
            case SessionEvent.Struggled other -> {}
            case SessionEvent.TierDecided other -> {}
            case SessionEvent.ConnectionRenewed other -> {}
            case SessionEvent.EndpointChanged other -> {}
            case SessionEvent.RateLimitsReported other -> {}
            case SessionEvent.ConnectionTroubled other -> {}
            case SessionEvent.ServiceProblem other -> {}
            case SessionEvent.ExperimentEntered other -> {}
            case SessionEvent.HandoverAsked other -> {}
            case SessionEvent.HandoverSettled other -> {}
        }
    }

    private void onStarted(SessionEvent.SessionStarted started) {
        calls.began(
                started.session(),
                new OpenCalls.Call(started.flow(), started.version(), started.tier(), started.tier(), Set.of()));
    }

    private void onEnded(SessionEvent.SessionEnded ended) {
        String start = calls.ended(ended.session()).map(OpenCalls.Call::start).orElse(ended.tier());
        Long number = starts.remove(ended.session());
        tell(new Observed.Finished(
                ended.flow(),
                ended.session().value(),
                number == null ? 0 : number,
                start,
                ended.tier(),
                ended.outcome() instanceof Outcome.Completed,
                ended.cost().total()));
    }

    private void tell(Observed fact) {
        router.tell(new TierRouter.Observe(fact));
    }
}
