package dev.antiphon.aftercall;

import dev.antiphon.aftercall.EndedCall.Effect;
import dev.antiphon.aftercall.EndedCall.PersonAsked;
import dev.antiphon.aftercall.EndedCall.TierUsed;
import dev.antiphon.model.Money;
import dev.antiphon.session.CallCost;
import dev.antiphon.session.Outcome;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A packet as JSON, in snake case; what is not known is left out, instants are ISO-8601, durations whole milliseconds, money US
 * dollars.
 */
public final class EndedCallJson {
    /** Reads amounts as they are written. */
    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private EndedCallJson() {}

    /** The packet. */
    public static ObjectNode of(EndedCall call) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("call", call.call());
        call.caller().ifPresent(id -> node.put("caller", id));
        call.telephoneCall().ifPresent(id -> node.put("telephone_call", id));
        node.put("dialog", call.dialog()).put("version", call.version());
        ArrayNode flows = node.putArray("flows");
        call.flows().forEach(flows::add);
        node.set("outcome", outcome(call.outcome()));
        NotesJson.put(node, call.notes());
        ArrayNode effects = node.putArray("effects");
        call.effects()
                .forEach(effect -> effects.addObject()
                        .put("name", effect.name())
                        .put("outcome", effect.outcome())
                        .put("took_ms", effect.took().toMillis()));
        ArrayNode handovers = node.putArray("handovers");
        call.handovers()
                .forEach(asked -> handovers
                        .addObject()
                        .put("target", asked.target())
                        .put("result", asked.result())
                        .put("detail", asked.detail()));
        ArrayNode tiers = node.putArray("tiers");
        call.tiers().forEach(tier -> tiers.addObject().put("name", tier.name()).put("model", tier.model()));
        node.put("began_at", call.began().toString())
                .put("ended_at", call.ended().toString())
                .put("duration_ms", call.duration().toMillis())
                .put("turns", call.turns());
        node.set("cost", cost(call.cost()));
        if (!call.transcript().isEmpty()) {
            NotesJson.put(node, "transcript", call.transcript());
        }
        return node;
    }

    /** {@code name} and {@code reason}, of a completed call its {@code flow}, of one that was handed over its {@code target}. */
    public static ObjectNode outcome(Outcome outcome) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("name", outcome.name())
                .put("reason", outcome.reason());
        return switch (outcome) {
            case Outcome.Completed completed -> node.put("flow", completed.flow());
            case Outcome.HandedOver handedOver -> node.put("target", handedOver.target());
            case Outcome.Abandoned ignored -> node;
            case Outcome.Failed ignored -> node;
        };
    }

    private static ObjectNode cost(CallCost cost) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("total_usd", cost.total().usd())
                .put("transcription_usd", cost.transcription().usd());
        ObjectNode tiers = node.putObject("by_tier_usd");
        cost.model().forEach((tier, money) -> tiers.put(tier, money.usd()));
        return node.put("unknown_usages", cost.unknown());
    }

    /** The packet again. What is missing is taken for unknown. */
    static EndedCall read(JsonNode node) {
        Duration duration = Duration.ofMillis(node.path("duration_ms").asLong(0));
        return new EndedCall(
                node.path("call").asString(""),
                NotesJson.text(node, "caller"),
                NotesJson.text(node, "telephone_call"),
                node.path("dialog").asString(""),
                node.path("version").asString(""),
                readOutcome(node.path("outcome")),
                NotesJson.read(node),
                list(
                        node.path("effects"),
                        each -> new Effect(
                                each.path("name").asString(""),
                                each.path("outcome").asString(""),
                                Duration.ofMillis(each.path("took_ms").asLong(0)))),
                list(
                        node.path("handovers"),
                        each -> new PersonAsked(
                                each.path("target").asString(""),
                                each.path("result").asString(""),
                                each.path("detail").asString(""))),
                list(
                        node.path("tiers"),
                        each -> new TierUsed(
                                each.path("name").asString(""),
                                each.path("model").asString(""))),
                Instant.parse(node.path("ended_at").asString("")),
                duration,
                node.path("turns").asInt(0),
                readCost(node.path("cost")),
                NotesJson.read(node, "transcript"));
    }

    private static Outcome readOutcome(JsonNode node) {
        String reason = node.path("reason").asString("");
        return switch (node.path("name").asString("")) {
            case "completed" -> new Outcome.Completed(node.path("flow").asString(""), reason);
            case "handed_over" -> new Outcome.HandedOver(node.path("target").asString(""), reason);
            case "abandoned" -> new Outcome.Abandoned(reason);
            default -> new Outcome.Failed(reason);
        };
    }

    private static CallCost readCost(JsonNode node) {
        Map<String, Money> tiers = new LinkedHashMap<>();
        node.path("by_tier_usd").properties().forEach(tier -> tiers.put(tier.getKey(), money(tier.getValue())));
        return new CallCost(
                tiers,
                money(node.path("transcription_usd")),
                node.path("unknown_usages").asInt(0));
    }

    private static Money money(JsonNode node) {
        return new Money(node.asDecimal(BigDecimal.ZERO));
    }

    private static <T> List<T> list(JsonNode array, Function<JsonNode, T> each) {
        return StreamSupport.stream(array.spliterator(), false).map(each).toList();
    }
}
