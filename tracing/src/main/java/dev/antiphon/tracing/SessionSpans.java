package dev.antiphon.tracing;

import dev.antiphon.session.Outcome;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.SessionId;
import dev.antiphon.session.SessionObserver;
import dev.antiphon.telemetry.Names;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Turns facts of sessions into OpenTelemetry spans, named by {@link Names}: {@code voice.session} from a call's start to its end,
 * and below it {@code execute_tool NAME} for each tool and effect that has settled, also late ones. Thread-safe; never blocks, unless the
 * span processors do.
 *
 * <p>No name and no attribute holds a word of the call, an argument or a result. A tool that the model made up has no name
 * here. At most 100,000 calls are open; the tools of those beyond are spans of their own.
 */
public final class SessionSpans implements SessionObserver {
    private static final int MAX_CALLS = 100_000;
    private static final String WORKED = "ok";
    private static final String MADE_UP = "unknown_tool";

    private final Tracer tracer;
    private final ConcurrentMap<SessionId, Span> calls = new ConcurrentHashMap<>();

    /** Spans of this tracer, for example {@code openTelemetry.getTracer("dev.antiphon")}. */
    public SessionSpans(Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public void on(SessionEvent event) {
        switch (event) {
            case SessionEvent.SessionStarted started -> onStarted(started);
            case SessionEvent.ToolSettled settled -> onToolSettled(settled);
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
            case SessionEvent.DialogMoved other -> {}
            case SessionEvent.Struggled other -> {}
            case SessionEvent.TierDecided other -> {}
            case SessionEvent.TierChanged other -> {}
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

    /** How many calls are open. */
    int openCalls() {
        return calls.size();
    }

    private void onStarted(SessionEvent.SessionStarted started) {
        if (calls.size() >= MAX_CALLS) {
            return;
        }
        SpanBuilder span = tracer.spanBuilder(Names.SESSION_SPAN)
                .setNoParent()
                .setSpanKind(SpanKind.INTERNAL)
                .setStartTimestamp(started.at())
                .setAttribute(Names.CONVERSATION, started.session().value())
                .setAttribute(Names.SPAN_FLOW, started.flow())
                .setAttribute(Names.SPAN_TIER, started.tier());
        if (!started.version().isEmpty()) {
            span.setAttribute(Names.SPAN_VERSION, started.version());
        }
        calls.put(started.session(), span.startSpan());
    }

    private void onToolSettled(SessionEvent.ToolSettled settled) {
        boolean madeUp = settled.outcome().equals(MADE_UP);
        SpanBuilder tool = tracer.spanBuilder(Names.EXECUTE_TOOL + (madeUp ? "" : " " + settled.tool()))
                .setParent(callOf(settled.session()))
                .setSpanKind(SpanKind.INTERNAL)
                .setStartTimestamp(settled.at().minus(settled.took()))
                .setAttribute(Names.OPERATION, Names.EXECUTE_TOOL)
                .setAttribute(Names.CONVERSATION, settled.session().value())
                .setAttribute(Names.TOOL_CALL, settled.callId())
                .setAttribute(Names.TOOL_TYPE, settled.effect() ? "effect" : "function");
        if (!madeUp) {
            tool.setAttribute(Names.TOOL_NAME, settled.tool());
        }
        Span span = tool.startSpan();
        if (!settled.outcome().equals(WORKED)) {
            span.setAttribute(Names.ERROR_TYPE, settled.outcome()).setStatus(StatusCode.ERROR);
        }
        span.end(settled.at());
    }

    private Context callOf(SessionId session) {
        return Optional.ofNullable(calls.get(session))
                .map(span -> Context.root().with(span))
                .orElse(Context.root());
    }

    private void onEnded(SessionEvent.SessionEnded ended) {
        Optional.ofNullable(calls.remove(ended.session())).ifPresent(span -> {
            span.setAttribute(Names.SPAN_TIER, ended.tier())
                    .setAttribute(Names.SPAN_OUTCOME, ended.outcome().name());
            if (ended.outcome() instanceof Outcome.Failed) {
                span.setStatus(StatusCode.ERROR);
            }
            span.end(ended.at());
        });
    }
}
