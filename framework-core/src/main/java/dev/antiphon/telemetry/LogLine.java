package dev.antiphon.telemetry;

import dev.antiphon.realtime.Usage;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.TurnTimeline;
import dev.antiphon.tier.Rung;
import dev.antiphon.tier.TierDecision;
import java.time.Duration;
import java.util.Locale;

/** One fact as one line of {@code key=value} pairs; values with blanks or quotes are quoted. Built once, not thread-safe. */
final class LogLine {
    private static final int MAX_VALUE_CHARS = 500;

    private final StringBuilder text = new StringBuilder(160);
    private final boolean personal;

    private LogLine(boolean personal) {
        this.personal = personal;
    }

    /** The line. {@code personal}: whether words and values of the caller may stand in it. */
    static String of(SessionEvent event, boolean personal) {
        LogLine line = new LogLine(personal);
        line.with("event", snake(event.getClass().getSimpleName()))
                .with("session", event.session().value())
                .with("at", event.at().toString());
        return line.facts(event).text.toString();
    }

    private LogLine facts(SessionEvent event) {
        return switch (event) {
            case SessionEvent.SessionStarted e ->
                with("flow", e.flow())
                        .with("version", e.version())
                        .with("tier", e.tier())
                        .with("model", e.model());
            case SessionEvent.CallerTurnTaken e ->
                with("item", e.itemId()).words("text", e.text().orElse(""));
            case SessionEvent.CallerTranscribed e -> with("item", e.itemId()).words("text", e.text());
            case SessionEvent.TurnAnswered e -> with("tier", e.tier()).timeline(e.timeline());
            case SessionEvent.AgentSaid e ->
                with("utterance", e.utteranceId()).with("cut_off", e.cutOff()).words("text", e.text());
            case SessionEvent.FirstHeard e -> millis("after", e.after());
            case SessionEvent.BargedIn e ->
                with("utterance", e.utteranceId()).millis("heard", e.heard()).millis("stop", e.stopTime());
            case SessionEvent.SpeechOverlooked e -> with("item", e.itemId()).words("text", e.text());
            case SessionEvent.McpToolCalled e ->
                with("server", e.server())
                        .with("tool", e.tool())
                        .with("failed", e.error().isPresent())
                        .words("error", e.error().orElse(""));
            case SessionEvent.McpApprovalAnswered e ->
                with("server", e.server()).with("tool", e.tool()).with("approved", e.approved());
            case SessionEvent.ResponseBilled e ->
                with("tier", e.tier()).with("turn", e.turn()).usage(e.usage()).with("cost", e.cost());
            case SessionEvent.TranscriptionBilled e ->
                with("tier", e.tier())
                        .with("turn", e.turn())
                        .with("model", e.model())
                        .with("cost", e.cost());
            case SessionEvent.UsageUnknown e ->
                with("tier", e.tier()).with("part", lower(e.part().name())).with("reason", e.reason());
            case SessionEvent.ToolStarted e ->
                with("call", e.callId())
                        .with("tool", e.tool())
                        .with("effect", e.effect())
                        .words("arguments", e.arguments());
            case SessionEvent.ToolSettled e ->
                with("call", e.callId())
                        .settledTool(e)
                        .with("effect", e.effect())
                        .with("outcome", e.outcome())
                        .millis("took", e.took())
                        .words("detail", e.detail());
            case SessionEvent.DialogMoved e ->
                with("step", e.view().step())
                        .with("filled", String.join(",", e.view().slots().keySet()))
                        .words("slots", e.view().slots().toString())
                        .words("question", e.view().openQuestion().orElse(""));
            case SessionEvent.Struggled e ->
                with("signal", lower(e.struggle().signal().name()))
                        .words("detail", e.struggle().detail());
            case SessionEvent.TierDecided e ->
                with("from", e.decision().from())
                        .decided(e.decision())
                        .with(
                                "evidence",
                                String.format(Locale.ROOT, "%.2f", e.decision().evidence()))
                        .words("reason", e.decision().reason());
            case SessionEvent.TierChanged e ->
                with("from", e.from()).with("to", e.to()).millis("gap", e.gap());
            case SessionEvent.ConnectionRenewed e -> with("tier", e.tier());
            case SessionEvent.RateLimitsReported e -> {
                LogLine line = with("tier", e.tier());
                e.limits().forEach(limit -> line.with(limit.name(), limit.remaining()));
                yield line;
            }
            case SessionEvent.EndpointChanged e ->
                with("tier", e.tier()).with("from", e.from()).with("to", e.to()).with("address", e.address());
            case SessionEvent.ConnectionTroubled e -> with("tier", e.tier()).with("problem", e.problem());
            case SessionEvent.ServiceProblem e -> with("code", e.code()).words("message", e.message());
            case SessionEvent.ExperimentEntered e ->
                with("experiment", e.experiment()).with("variant", e.variant());
            case SessionEvent.HandoverAsked e -> with("target", e.target()).words("reason", e.reason());
            case SessionEvent.HandoverSettled e ->
                with("target", e.target())
                        .with("result", e.result().name())
                        .millis("took", e.took())
                        .words("detail", e.result().detail());
            case SessionEvent.SessionEnded e ->
                with("flow", e.flow())
                        .with("tier", e.tier())
                        .with("outcome", e.outcome().name())
                        .millis("duration", e.duration())
                        .with("turns", e.turns())
                        .usage(e.usage())
                        .with("cost", e.cost().total())
                        .with("transcription_cost", e.cost().transcription())
                        .with("unknown_usages", e.cost().unknown())
                        .words("reason", e.outcome().reason());
        };
    }

    private LogLine decided(TierDecision decision) {
        with("decision", decision.rung().map(Rung::kind).orElse("stay"));
        decision.to().ifPresent(tier -> with("to", tier));
        decision.rung().filter(rung -> rung instanceof Rung.RaiseEffort).ifPresent(rung -> with("rung", rung.words()));
        decision.costEstimate()
                .ifPresent(cost -> with("estimate_usd", cost.usd().toPlainString()));
        return this;
    }

    /** A name that nobody declared is the model's words. */
    private LogLine settledTool(SessionEvent.ToolSettled settled) {
        return settled.outcome().equals("unknown_tool") ? words("tool", settled.tool()) : with("tool", settled.tool());
    }

    private LogLine timeline(TurnTimeline timeline) {
        millis("total", timeline.total());
        timeline.ordered().forEach((part, took) -> millis(lower(part.name()), took));
        return with("tool", timeline.tool());
    }

    private LogLine usage(Usage usage) {
        return with("input_tokens", usage.inputTokens())
                .with("cached_tokens", usage.cachedTokens())
                .with("output_tokens", usage.outputTokens());
    }

    /** The caller's or the model's words: only their length, unless personal data is wanted. */
    private LogLine words(String key, String value) {
        if (value.isEmpty()) {
            return this;
        }
        return personal ? with(key, value) : with(key + "_chars", value.length());
    }

    private LogLine millis(String key, Duration duration) {
        return with(key + "_ms", duration.toMillis());
    }

    private LogLine with(String key, Object value) {
        if (!text.isEmpty()) {
            text.append(' ');
        }
        text.append(key).append('=').append(quoted(value.toString()));
        return this;
    }

    private static String quoted(String value) {
        String shown = value.length() <= MAX_VALUE_CHARS ? value : value.substring(0, MAX_VALUE_CHARS) + "…";
        if (shown.chars().noneMatch(c -> c <= ' ' || c == '"' || c == '=' || c == 0x7f)) {
            return shown;
        }
        StringBuilder escaped = new StringBuilder("\"");
        shown.chars()
                .forEach(c -> escaped.append(c == '"' || c == '\\' ? "\\" : "").append((char) (c < ' ' ? ' ' : c)));
        return escaped.append('"').toString();
    }

    private static String snake(String name) {
        return lower(name.replaceAll("(?<=[a-z])(?=[A-Z])", "_"));
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
