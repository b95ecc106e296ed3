package dev.antiphon.server.cli;

import dev.antiphon.model.Money;
import dev.antiphon.session.TurnTimeline;
import dev.antiphon.session.TurnTimeline.Part;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the gateway's JSON about one call. Lenient: what it does not know, it passes over. Not thread-safe. */
final class FactReader {
    private final JsonMapper json = new JsonMapper();
    private String tierReason = "";

    /** What one event tells, if it tells anything to people. */
    Optional<CallFact> read(String text) {
        try {
            return of(json.readTree(text));
        } catch (JacksonException e) {
            return Optional.of(new CallFact.Trouble(
                    "unreadable_feed", "the server's feed is not JSON: " + e.getOriginalMessage()));
        }
    }

    private Optional<CallFact> of(JsonNode event) {
        return switch (event.path("type").asString("")) {
            case "session_started" -> Optional.of(new CallFact.Connected(text(event, "tier"), text(event, "model")));
            case "caller_turn_taken", "caller_transcribed" ->
                Optional.of(text(event, "text"))
                        .filter(words -> !words.isBlank())
                        .map(CallFact.CallerSaid::new);
            case "agent_said" ->
                Optional.of(new CallFact.AgentSaid(
                        text(event, "text"), event.path("cut_off").asBoolean(false)));
            case "turn_answered" -> Optional.of(new CallFact.Answered(text(event, "tier"), timeline(event)));
            case "tool_settled" ->
                Optional.of(new CallFact.ToolRan(
                        text(event, "tool"),
                        event.path("effect").asBoolean(false),
                        text(event, "outcome"),
                        millis(event.path("took_ms"))));
            case "barged_in" -> Optional.of(new CallFact.BargedIn(millis(event.path("heard_ms"))));
            case "tier_decided" -> decided(event);
            case "tier_changed" ->
                Optional.of(new CallFact.TierMoved(text(event, "from"), text(event, "to"), tierReason));
            case "connection_troubled" -> Optional.of(new CallFact.Trouble("connection", text(event, "problem")));
            case "service_problem" -> Optional.of(new CallFact.Trouble(text(event, "code"), text(event, "message")));
            case "session_ended" -> Optional.of(ended(event));
            default -> Optional.empty();
        };
    }

    /** A move is told when it is done, with this reason. */
    private Optional<CallFact> decided(JsonNode event) {
        if (event.has("to")) {
            tierReason = text(event, "reason");
            return Optional.empty();
        }
        return event.has("rung")
                ? Optional.of(new CallFact.Climbed(text(event, "from"), text(event, "rung"), text(event, "reason")))
                : Optional.empty();
    }

    private static CallFact ended(JsonNode event) {
        JsonNode outcome = event.path("outcome");
        return new CallFact.Ended(
                text(outcome, "name"),
                text(outcome, "reason"),
                text(event, "tier"),
                millis(event.path("duration_ms")),
                event.path("turns").asInt(0),
                spent(event));
    }

    private static CallFact.Spent spent(JsonNode event) {
        Map<String, Money> byTier = new LinkedHashMap<>();
        event.path("cost_by_tier_usd").properties().forEach(tier -> byTier.put(tier.getKey(), money(tier.getValue())));
        return new CallFact.Spent(
                money(event.path("cost_usd")),
                money(event.path("transcription_cost_usd")),
                byTier,
                event.path("unknown_usages").asInt(0));
    }

    private static Money money(JsonNode amount) {
        return new Money(amount.asDecimal(Money.ZERO.usd()).stripTrailingZeros());
    }

    private static TurnTimeline timeline(JsonNode event) {
        Map<Part, Duration> parts = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            JsonNode took = event.path("parts").path(part.name().toLowerCase(Locale.ROOT));
            if (took.isNumber()) {
                parts.put(part, millis(took));
            }
        }
        return new TurnTimeline(parts, event.path("tool").asBoolean(false));
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }

    private static Duration millis(JsonNode value) {
        return Duration.ofMillis(value.asLong(0));
    }
}
