package dev.antiphon.server.store;

import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.SessionId;
import dev.antiphon.session.SessionObserver;
import dev.antiphon.tier.RouterDecision;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns facts of sessions into rows and hands these to the {@link StoreQueue}: one when a call begins, one for each experiment that it enters,
 * and one with all of it when it has ended. Thread-safe; never blocks, never throws for what a database does.
 */
public final class StoreWriter implements SessionObserver {
    private final ConcurrentMap<SessionId, CallDraft> open = new ConcurrentHashMap<>();
    private final StoreQueue queue;
    private final Consumer<Rows.Change> changes;
    private final StoreSettings settings;

    StoreWriter(StoreQueue queue, StoreSettings settings) {
        this.queue = queue;
        this.changes = queue::offer;
        this.settings = settings;
    }

    /** For the calls of one caller: they are stored with the hash of {@code callerId}, and without one when it is empty. */
    public SessionObserver forCaller(Optional<String> callerId) {
        String unit = callerId.map(settings.unitOf()).orElse(null);
        return event -> on(event, unit);
    }

    /** Takes a fact of a call of which nobody knows who calls. */
    @Override
    public void on(SessionEvent event) {
        on(event, null);
    }

    /** Stores a decision of the router. */
    public void decided(RouterDecision decision) {
        changes.accept(new Rows.Decided(new Rows.RouterDecisionRow(
                StoredText.time(decision.at()),
                StoredText.name(decision.flow()),
                StoredText.name(decision.tier()),
                decision.kind().name().toLowerCase(Locale.ROOT),
                decision.from().name().toLowerCase(Locale.ROOT),
                decision.to().name().toLowerCase(Locale.ROOT),
                decision.evidence(),
                decision.sessions(),
                StoredText.cut(decision.reason(), 2_000))));
    }

    /** Stores what the router's detector has measured. */
    void measured(Instant at, String flow, String tier, RouterDecision.State state, double evidence, double threshold) {
        changes.accept(new Rows.Measured(new Rows.RouterEvidenceRow(
                StoredText.time(at),
                StoredText.name(flow),
                StoredText.name(tier),
                state.name().toLowerCase(Locale.ROOT),
                evidence,
                threshold)));
    }

    /** Stores what the router knows of one tier of a flow, in place of what it knew; at most 1,000,000 characters. */
    public void saved(String flow, String tier, String state, Instant at) {
        changes.accept(new Rows.Saved(
                new Rows.RouterStateRow(StoredText.name(flow), StoredText.name(tier), state, StoredText.time(at))));
    }

    /** How many calls run. */
    int open() {
        return open.size();
    }

    private void on(SessionEvent event, @Nullable String unit) {
        if (queue.isClosed()) {
            return;
        }
        if (event instanceof SessionEvent.SessionEnded ended) {
            CallDraft draft = open.remove(event.session());
            CallDraft last = draft == null ? new CallDraft(event.session().value(), unit, settings.simulated()) : draft;
            synchronized (last) {
                changes.accept(last.ended(ended));
            }
            return;
        }
        CallDraft draft =
                open.computeIfAbsent(event.session(), id -> new CallDraft(id.value(), unit, settings.simulated()));
        synchronized (draft) {
            take(draft, event);
        }
    }

    private void take(CallDraft draft, SessionEvent event) {
        switch (event) {
            case SessionEvent.SessionStarted started -> changes.accept(draft.began(started));
            case SessionEvent.TurnAnswered answered -> draft.answered(answered);
            case SessionEvent.AgentSaid said -> draft.said(said);
            case SessionEvent.FirstHeard heard -> draft.heard(heard);
            case SessionEvent.BargedIn bargedIn -> draft.bargedIn(bargedIn);
            case SessionEvent.SpeechOverlooked ignored -> draft.overlooked();
            case SessionEvent.ResponseBilled billed -> draft.billed(billed);
            case SessionEvent.ToolStarted started -> draft.toolStarted(started);
            case SessionEvent.ToolSettled settled -> draft.toolSettled(settled);
            case SessionEvent.DialogMoved moved -> draft.moved(moved);
            case SessionEvent.Struggled struggled -> draft.struggled(struggled.struggle());
            case SessionEvent.TierDecided decided -> draft.decided(decided);
            case SessionEvent.TierChanged changed -> draft.changed(changed);
            case SessionEvent.ConnectionTroubled ignored -> draft.troubled();
            case SessionEvent.HandoverAsked asked -> draft.handoverAsked(asked);
            case SessionEvent.HandoverSettled settled -> draft.handoverSettled(settled);
            case SessionEvent.ExperimentEntered entered ->
                changes.accept(new Rows.Entered(new Rows.ExposureRow(
                        entered.session().value(),
                        StoredText.name(entered.experiment()),
                        StoredText.name(entered.variant()),
                        StoredText.cut(entered.unit(), 128),
                        StoredText.time(entered.at()),
                        entered.phase())));
            case SessionEvent.CallerTurnTaken ignored -> {}
            case SessionEvent.CallerTranscribed ignored -> {}
            case SessionEvent.McpToolCalled ignored -> {}
            case SessionEvent.McpApprovalAnswered ignored -> {}
            case SessionEvent.TranscriptionBilled ignored -> {}
            case SessionEvent.UsageUnknown ignored -> {}
            case SessionEvent.ConnectionRenewed ignored -> {}
            case SessionEvent.EndpointChanged ignored -> {}
            case SessionEvent.RateLimitsReported ignored -> {}
            case SessionEvent.ServiceProblem ignored -> {}
            case SessionEvent.SessionEnded ignored -> {}
        }
    }
}
