package dev.antiphon.server.console;

import dev.antiphon.aftercall.EndedCallJson;
import dev.antiphon.realtime.TranscriptionUsage;
import dev.antiphon.realtime.Usage;
import dev.antiphon.session.CallCost;
import dev.antiphon.session.Conversation;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.TurnTimeline;
import dev.antiphon.tier.Struggle;
import dev.antiphon.tier.TierDecision;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Facts as JSON, as the page and the command line read them: {@code type}, {@code session}, {@code at} (ISO-8601), then the
 * fact's own fields in snake case. Durations are whole milliseconds ({@code …_ms}), money is US dollars ({@code cost_usd}).
 */
final class SessionEventJson {
    private SessionEventJson() {}

    static ObjectNode of(SessionEvent event) {
        return switch (event) {
            case SessionEvent.SessionStarted e ->
                fact("session_started", e)
                        .put("flow", e.flow())
                        .put("flow_version", e.version())
                        .put("tier", e.tier())
                        .put("model", e.model());
            case SessionEvent.CallerTurnTaken e -> {
                ObjectNode node = fact("caller_turn_taken", e).put("item_id", e.itemId());
                e.text().ifPresent(t -> node.put("text", t));
                yield node;
            }
            case SessionEvent.CallerTranscribed e ->
                fact("caller_transcribed", e).put("item_id", e.itemId()).put("text", e.text());
            case SessionEvent.TurnAnswered e ->
                fact("turn_answered", e).put("tier", e.tier()).setAll(timeline(e.timeline()));
            case SessionEvent.AgentSaid e ->
                fact("agent_said", e)
                        .put("utterance_id", e.utteranceId())
                        .put("text", e.text())
                        .put("cut_off", e.cutOff());
            case SessionEvent.FirstHeard e ->
                fact("first_heard", e).put("after_ms", e.after().toMillis());
            case SessionEvent.BargedIn e ->
                fact("barged_in", e)
                        .put("utterance_id", e.utteranceId())
                        .put("heard_ms", e.heard().toMillis())
                        .put("stop_ms", e.stopTime().toMillis());
            case SessionEvent.SpeechOverlooked e ->
                fact("speech_overlooked", e).put("item_id", e.itemId()).put("text", e.text());
            case SessionEvent.McpToolCalled e -> {
                ObjectNode node =
                        fact("mcp_tool_called", e).put("server", e.server()).put("tool", e.tool());
                e.error().ifPresent(why -> node.put("error", why));
                yield node;
            }
            case SessionEvent.McpApprovalAnswered e ->
                fact("mcp_approval_answered", e)
                        .put("server", e.server())
                        .put("tool", e.tool())
                        .put("approved", e.approved());
            case SessionEvent.ResponseBilled e -> {
                ObjectNode node =
                        fact("response_billed", e).put("tier", e.tier()).put("turn", e.turn());
                node.set("usage", usage(e.usage()));
                yield node.put("cost_usd", e.cost().usd());
            }
            case SessionEvent.TranscriptionBilled e -> {
                ObjectNode node = fact("transcription_billed", e)
                        .put("tier", e.tier())
                        .put("turn", e.turn())
                        .put("model", e.model());
                node.set("usage", usage(e.usage()));
                yield node.put("cost_usd", e.cost().usd());
            }
            case SessionEvent.UsageUnknown e ->
                fact("usage_unknown", e)
                        .put("tier", e.tier())
                        .put("part", e.part().name().toLowerCase(Locale.ROOT))
                        .put("reason", e.reason());
            case SessionEvent.ToolStarted e ->
                fact("tool_started", e)
                        .put("call_id", e.callId())
                        .put("tool", e.tool())
                        .put("effect", e.effect())
                        .put("arguments", e.arguments());
            case SessionEvent.ToolSettled e ->
                fact("tool_settled", e)
                        .put("call_id", e.callId())
                        .put("tool", e.tool())
                        .put("effect", e.effect())
                        .put("outcome", e.outcome())
                        .put("detail", e.detail())
                        .put("took_ms", e.took().toMillis());
            case SessionEvent.DialogMoved e -> fact("dialog_moved", e).setAll(view(e.view()));
            case SessionEvent.Struggled e -> fact("struggled", e).setAll(struggle(e.struggle()));
            case SessionEvent.TierDecided e -> fact("tier_decided", e).setAll(decision(e.decision()));
            case SessionEvent.TierChanged e ->
                fact("tier_changed", e)
                        .put("from", e.from())
                        .put("to", e.to())
                        .put("gap_ms", e.gap().toMillis())
                        .put("model", e.model());
            case SessionEvent.RateLimitsReported e -> {
                ObjectNode node = fact("rate_limits_reported", e).put("tier", e.tier());
                ArrayNode limits = node.putArray("limits");
                e.limits()
                        .forEach(limit -> limits.addObject()
                                .put("name", limit.name())
                                .put("limit", limit.limit())
                                .put("remaining", limit.remaining())
                                .put("reset_ms", limit.reset().toMillis()));
                yield node;
            }
            case SessionEvent.EndpointChanged e ->
                fact("endpoint_changed", e)
                        .put("tier", e.tier())
                        .put("from", e.from())
                        .put("to", e.to())
                        .put("address", e.address());
            case SessionEvent.ConnectionRenewed e ->
                fact("connection_renewed", e).put("tier", e.tier());
            case SessionEvent.ConnectionTroubled e ->
                fact("connection_troubled", e).put("tier", e.tier()).put("problem", e.problem());
            case SessionEvent.ServiceProblem e ->
                fact("service_problem", e).put("code", e.code()).put("message", e.message());
            case SessionEvent.ExperimentEntered e ->
                fact("experiment_entered", e)
                        .put("experiment", e.experiment())
                        .put("variant", e.variant())
                        .put("unit", e.unit())
                        .put("phase", e.phase());
            case SessionEvent.HandoverAsked e ->
                fact("handover_asked", e).put("target", e.target()).put("reason", e.reason());
            case SessionEvent.HandoverSettled e ->
                fact("handover_settled", e)
                        .put("target", e.target())
                        .put("result", e.result().name())
                        .put("detail", e.result().detail())
                        .put("took_ms", e.took().toMillis());
            case SessionEvent.SessionEnded e -> ended(e);
        };
    }

    static ObjectNode usage(Usage usage) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("input_text_tokens", usage.inputTextTokens())
                .put("input_audio_tokens", usage.inputAudioTokens())
                .put("cached_tokens", usage.cachedTokens())
                .put("output_text_tokens", usage.outputTextTokens())
                .put("output_audio_tokens", usage.outputAudioTokens())
                .put("total_tokens", usage.inputTokens() + usage.outputTokens());
    }

    /** {@code total_ms}, {@code tool} and {@code parts}, whose values add up to the total but for rounding. */
    static ObjectNode timeline(TurnTimeline timeline) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("total_ms", timeline.total().toMillis())
                .put("tool", timeline.tool());
        ObjectNode parts = node.putObject("parts");
        timeline.ordered().forEach((part, took) -> parts.put(part.name().toLowerCase(Locale.ROOT), took.toMillis()));
        return node;
    }

    static ObjectNode view(Conversation.View view) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("step", view.step());
        ObjectNode slots = node.putObject("slots");
        view.slots().forEach(slots::put);
        view.openQuestion().ifPresent(q -> node.put("open_question", q));
        return node;
    }

    static ObjectNode decision(TierDecision decision) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("from", decision.from());
        decision.to().ifPresent(to -> node.put("to", to));
        decision.rung().ifPresent(rung -> node.put("rung", rung.words()));
        decision.costEstimate()
                .ifPresent(cost -> node.put("cost_estimate_usd", cost.usd().toPlainString()));
        node.put("evidence", decision.evidence()).put("reason", decision.reason());
        ArrayNode signals = node.putArray("signals");
        decision.signals().forEach(s -> signals.add(struggle(s)));
        return node;
    }

    private static ObjectNode struggle(Struggle struggle) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("signal", struggle.signal().name().toLowerCase(Locale.ROOT))
                .put("detail", struggle.detail());
    }

    private static ObjectNode ended(SessionEvent.SessionEnded e) {
        ObjectNode node = fact("session_ended", e).put("flow", e.flow()).put("tier", e.tier());
        node.set("outcome", EndedCallJson.outcome(e.outcome()));
        node.put("duration_ms", e.duration().toMillis()).put("turns", e.turns());
        node.set("usage", usage(e.usage()));
        putCost(node, e.cost());
        return node;
    }

    /** {@code cost_usd} is all that is known, transcription included; {@code unknown_usages} are in none of the sums. */
    static void putCost(ObjectNode node, CallCost cost) {
        node.put("cost_usd", cost.total().usd())
                .put("transcription_cost_usd", cost.transcription().usd());
        ObjectNode tiers = node.putObject("cost_by_tier_usd");
        cost.model().forEach((tier, money) -> tiers.put(tier, money.usd()));
        node.put("unknown_usages", cost.unknown());
    }

    private static ObjectNode usage(TranscriptionUsage usage) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        return switch (usage) {
            case TranscriptionUsage.Tokens tokens ->
                node.put("input_text_tokens", tokens.inputTextTokens())
                        .put("input_audio_tokens", tokens.inputAudioTokens())
                        .put("output_text_tokens", tokens.outputTokens());
            case TranscriptionUsage.Audio audio ->
                node.put("audio_ms", audio.length().toMillis());
        };
    }

    private static ObjectNode fact(String type, SessionEvent event) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", type)
                .put("session", event.session().value())
                .put("at", event.at().toString());
    }
}
