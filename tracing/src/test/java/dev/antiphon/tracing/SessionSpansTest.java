package dev.antiphon.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.realtime.Usage;
import dev.antiphon.session.CallCost;
import dev.antiphon.session.Outcome;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.SessionId;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionSpansTest {
    private static final SessionId CALL = new SessionId("sess_1");
    private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");
    private static final String SECRET = "Lovelace";

    private final List<SpanData> ended = new CopyOnWriteArrayList<>();
    private final SdkTracerProvider provider = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(new Kept(ended)))
            .build();
    private final SessionSpans spans = new SessionSpans(provider.get("test"));

    @AfterEach
    void close() {
        provider.close();
    }

    private record Kept(List<SpanData> ended) implements SpanExporter {
        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            ended.addAll(spans);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }

    private void begins() {
        spans.on(new SessionEvent.SessionStarted(CALL, AT, "booking", "4be1", "mini", "gpt-realtime-mini"));
    }

    private void settles(String tool, boolean effect, String outcome) {
        spans.on(new SessionEvent.ToolSettled(
                CALL, AT.plusSeconds(9), "call_1", tool, effect, outcome, "for " + SECRET, Duration.ofSeconds(2)));
    }

    private void ends(Outcome outcome) {
        spans.on(new SessionEvent.SessionEnded(
                CALL,
                AT.plusSeconds(60),
                "booking",
                "full",
                outcome,
                Duration.ofSeconds(60),
                3,
                Usage.NONE,
                CallCost.NONE));
    }

    private static String attribute(SpanData span, String name) {
        return String.valueOf(span.getAttributes().get(AttributeKey.stringKey(name)));
    }

    private static long nanos(Instant at) {
        return TimeUnit.SECONDS.toNanos(at.getEpochSecond()) + at.getNano();
    }

    @Test
    void aToolIsASpanBelowItsCall() {
        begins();
        settles("search", false, "ok");
        ends(new Outcome.Completed("booking", SECRET));

        SpanData tool = ended.getFirst();
        assertThat(tool.getName()).isEqualTo("execute_tool search");
        assertThat(tool.getStartEpochNanos()).isEqualTo(nanos(AT.plusSeconds(7)));
        assertThat(tool.getEndEpochNanos()).isEqualTo(nanos(AT.plusSeconds(9)));
        assertThat(attribute(tool, "gen_ai.operation.name")).isEqualTo("execute_tool");
        assertThat(attribute(tool, "gen_ai.tool.name")).isEqualTo("search");
        assertThat(attribute(tool, "gen_ai.tool.call.id")).isEqualTo("call_1");
        assertThat(attribute(tool, "gen_ai.tool.type")).isEqualTo("function");
        assertThat(tool.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);

        SpanData call = ended.getLast();
        assertThat(call.getName()).isEqualTo("voice.session");
        assertThat(call.getStartEpochNanos()).isEqualTo(nanos(AT));
        assertThat(call.getEndEpochNanos()).isEqualTo(nanos(AT.plusSeconds(60)));
        assertThat(tool.getParentSpanId()).isEqualTo(call.getSpanId());
        assertThat(tool.getTraceId()).isEqualTo(call.getTraceId());
        assertThat(attribute(call, "gen_ai.conversation.id")).isEqualTo("sess_1");
        assertThat(attribute(call, "voice.flow")).isEqualTo("booking");
        assertThat(attribute(call, "voice.tier")).isEqualTo("full");
        assertThat(attribute(call, "voice.outcome")).isEqualTo("completed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"failed", "timed_out", "rejected", "cancelled"})
    void whatIsNoSuccessIsAnErrorOfItsKind(String outcome) {
        begins();
        settles("book", true, outcome);

        SpanData effect = ended.getFirst();
        assertThat(effect.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(attribute(effect, "error.type")).isEqualTo(outcome);
        assertThat(attribute(effect, "gen_ai.tool.type")).isEqualTo("effect");
    }

    @Test
    void nothingThatWasSaidAndNothingThatTheModelMadeUpIsInASpan() {
        begins();
        settles("search", false, "failed");
        settles(SECRET, false, "unknown_tool");
        ends(new Outcome.Failed(SECRET));

        assertThat(ended)
                .hasSize(3)
                .allSatisfy(span -> assertThat(span.toString()).doesNotContain(SECRET));
        assertThat(ended.get(1).getName()).isEqualTo("execute_tool");
        assertThat(ended.getLast().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    }

    @Test
    void aCallThatHasEndedIsForgottenAndALateToolStandsAlone() {
        begins();
        assertThat(spans.openCalls()).isEqualTo(1);
        ends(new Outcome.Abandoned("hung up"));
        assertThat(spans.openCalls()).isZero();

        settles("search", false, "ok");
        assertThat(ended.getLast().getParentSpanContext().isValid()).isFalse();
        assertThat(attribute(ended.getLast(), "gen_ai.conversation.id")).isEqualTo("sess_1");
    }
}
