package dev.antiphon.session;

import dev.antiphon.connection.Endpoints;
import dev.antiphon.connection.WebSocketTransport;
import dev.antiphon.experiment.Exposure;
import dev.antiphon.handover.Handover;
import dev.antiphon.model.Tier;
import dev.antiphon.model.TierLadder;
import dev.antiphon.realtime.FunctionTool;
import dev.antiphon.tier.EscalationPolicies;
import dev.antiphon.tier.EscalationPolicy;
import java.util.List;
import java.util.Optional;

/**
 * Everything one call is made of.
 *
 * @param id the session's id
 * @param conversation the dialog; used by this session alone
 * @param ladder the tiers of this flow
 * @param start the tier the call begins on
 * @param escalation when it gets help because it struggles
 * @param settings times, formats, limits
 * @param caller where the caller is
 * @param tools the tool pool
 * @param observer receives every fact
 * @param transport how WebSockets are opened
 * @param endpoints which places of its tiers are well; shared by the calls of a node
 * @param clock the time it lives in
 * @param handover who is asked when the dialog hands the call over
 * @param experiments in which it takes part; told as facts when it has started
 * @param usual the settings without what experiments changed: taken when the service refuses the session with it; empty when
 *     they changed nothing
 */
public record CallSetup(
        SessionId id,
        Conversation conversation,
        TierLadder ladder,
        Tier start,
        EscalationPolicies escalation,
        SessionSettings settings,
        CallerChannel caller,
        ToolInvoker tools,
        SessionObserver observer,
        WebSocketTransport transport,
        Endpoints endpoints,
        CallClock clock,
        Handover handover,
        List<Exposure> experiments,
        Optional<SessionSettings> usual) {
    public CallSetup {
        experiments = List.copyOf(experiments);
    }

    /** A call that takes part in no experiment, and whose flows have the policy that they declare, else this one. */
    public CallSetup(
            SessionId id,
            Conversation conversation,
            TierLadder ladder,
            Tier start,
            EscalationPolicy escalation,
            SessionSettings settings,
            CallerChannel caller,
            ToolInvoker tools,
            SessionObserver observer,
            WebSocketTransport transport,
            Endpoints endpoints,
            CallClock clock,
            Handover handover) {
        this(
                id,
                conversation,
                ladder,
                start,
                EscalationPolicies.of(escalation),
                settings,
                caller,
                tools,
                observer,
                transport,
                endpoints,
                clock,
                handover,
                List.of(),
                Optional.empty());
    }

    /** A call that nobody takes over: it ends when its dialog hands it over. */
    public CallSetup(
            SessionId id,
            Conversation conversation,
            TierLadder ladder,
            Tier start,
            EscalationPolicy escalation,
            SessionSettings settings,
            CallerChannel caller,
            ToolInvoker tools,
            SessionObserver observer,
            WebSocketTransport transport,
            Endpoints endpoints,
            CallClock clock) {
        this(
                id,
                conversation,
                ladder,
                start,
                escalation,
                settings,
                caller,
                tools,
                observer,
                transport,
                endpoints,
                clock,
                Handover.NONE);
    }

    /** The pool's tools that the dialog lets the model have. */
    List<FunctionTool> offeredTools() {
        return tools.offered().stream()
                .filter(tool -> conversation.offers(tool.name()))
                .toList();
    }
}
