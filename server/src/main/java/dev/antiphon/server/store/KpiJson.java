package dev.antiphon.server.store;

import dev.antiphon.statistics.Interval;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Figures as JSON: counts, rates with their intervals, times in milliseconds, costs in millionths of a US dollar. */
public final class KpiJson {
    private KpiJson() {}

    /** All of them. */
    public static ObjectNode of(Kpis kpis) {
        ObjectNode node = object();
        KpiQuery asked = kpis.asked();
        node.put("from", asked.from().toString()).put("to", asked.to().toString());
        node.put("as_of", asked.asOf().toString());
        node.put("flow", asked.flow().orElse(null))
                .put("start_tier", asked.tier().orElse(null));
        node.put("slow_turn_ms", asked.slowTurn().toMillis());
        node.set("outcomes", outcomes(kpis.outcomes()));
        node.set("handovers", list(kpis.handovers(), KpiJson::counted));
        node.set("abandoned_at", list(kpis.abandoned(), KpiJson::counted));
        node.set("talk", talk(kpis.talk()));
        node.set("turn_latency", list(kpis.latency(), KpiJson::latency));
        node.set("first_audio_ms", spread(kpis.firstAudio()));
        node.set("barge_in_stop_ms", spread(kpis.bargeInStop()));
        node.set("tools", list(kpis.tools(), KpiJson::tool));
        node.set("slots", list(kpis.slots(), KpiJson::slot));
        node.set("cost", cost(kpis.cost()));
        node.set("tokens", list(kpis.tokens(), KpiJson::tokens));
        node.set(
                "funnel",
                list(
                        kpis.funnel(),
                        step -> object().put("flow", step.flow())
                                .put("step", step.step())
                                .put("calls", step.calls())
                                .put("completed", step.completed())));
        ObjectNode returns = object().put("started", kpis.returns().started());
        returns.put("completed", kpis.returns().completed());
        returns.set("returned_within_7_days", rate(kpis.returns().returned()));
        node.set("returns", returns);
        return node;
    }

    /** Hours or days. */
    public static ArrayNode of(List<Kpis.Point> series) {
        return list(
                series,
                point -> object().put("from", point.from().toString())
                        .put("finished", point.finished())
                        .put("completed", point.completed())
                        .put("handed_over", point.handedOver())
                        .put("abandoned", point.abandoned())
                        .put("failed", point.failed())
                        .put("cost_micros", point.costMicros())
                        .put("turns", point.turns())
                        .put("slow_turns", point.slowTurns()));
    }

    private static ObjectNode outcomes(Kpis.Outcomes outcomes) {
        ObjectNode node = object().put("simulated", outcomes.simulated())
                .put("unfinished", outcomes.unfinished())
                .put("finished", outcomes.finished())
                .put("completed", outcomes.completed())
                .put("handed_over", outcomes.handedOver())
                .put("abandoned", outcomes.abandoned())
                .put("failed", outcomes.failed());
        node.set("completion", rate(outcomes.completion()));
        node.set("containment", rate(outcomes.containment()));
        node.set("contained_without_call_back", rate(outcomes.callBacks()));
        node.set("handover", rate(outcomes.handover()));
        node.set("abandonment", rate(outcomes.abandonment()));
        node.set("escalation", rate(outcomes.escalation()));
        return node;
    }

    private static ObjectNode talk(Kpis.Talk talk) {
        ObjectNode node = object().put("turns", talk.turns());
        put(node, "turns_per_call", talk.turnsPerCall());
        node.set("engaged", rate(talk.engaged()));
        node.put("no_matches", talk.noMatches()).put("no_inputs", talk.noInputs());
        put(node, "no_match_rate", talk.noMatchRate());
        put(node, "repeated_prompt_rate", talk.repeatedPromptRate());
        put(node, "correction_rate", talk.correctionRate());
        node.set("barge_in", rate(talk.bargeIn()));
        node.put("overlooked", talk.overlooked());
        node.set("duration_ms", spread(talk.durationMs()));
        return node;
    }

    private static ObjectNode cost(Kpis.Cost cost) {
        ObjectNode node = object().put("micros", cost.micros())
                .put("transcription_micros", cost.transcriptionMicros())
                .put("unknown_usages", cost.unknownUsages());
        put(node, "micros_per_minute", cost.perMinute());
        put(node, "micros_per_call", cost.perCall());
        put(node, "micros_per_completed", cost.perCompleted());
        return node;
    }

    private static ObjectNode latency(Kpis.Latency latency) {
        ObjectNode node = object().put("tier", latency.tier()).put("tool", latency.tool());
        node.set("ms", spread(latency.ms()));
        node.set("slow", rate(latency.slow()));
        ObjectNode parts = node.putObject("parts");
        latency.parts()
                .forEach(part ->
                        parts.putObject(part.name()).put("p50", part.p50()).put("p95", part.p95()));
        return node;
    }

    private static ObjectNode tool(Kpis.Tool tool) {
        ObjectNode node = object().put("tool", tool.name()).put("effect", tool.effect());
        node.set("ok", rate(tool.ok()));
        node.put("failed", tool.failed()).put("timed_out", tool.timedOut()).put("rejected", tool.rejected());
        node.set("took_ms", spread(tool.tookMs()));
        return node;
    }

    private static ObjectNode slot(Kpis.Slot slot) {
        return object().put("flow", slot.flow())
                .put("slot", slot.slot())
                .put("filled", slot.filled())
                .put("failed", slot.failed())
                .put("dropped", slot.dropped())
                .put("attempts", slot.attempts())
                .put("corrections", slot.corrections());
    }

    private static ObjectNode tokens(Kpis.Tokens tokens) {
        ObjectNode node = object().put("tier", tokens.tier())
                .put("responses", tokens.responses())
                .put("cost_micros", tokens.micros())
                .put("input_text", tokens.inputText())
                .put("input_audio", tokens.inputAudio())
                .put("input_image", tokens.inputImage())
                .put("output_text", tokens.outputText())
                .put("output_audio", tokens.outputAudio());
        node.set("cached", rate(tokens.cachedShare()));
        return node;
    }

    private static ObjectNode counted(Kpis.Counted counted) {
        return object().put("name", counted.name()).put("calls", counted.calls());
    }

    private static ObjectNode spread(Kpis.Spread spread) {
        return object().put("n", spread.n())
                .put("mean", spread.mean())
                .put("p50", spread.p50())
                .put("p95", spread.p95())
                .put("p99", spread.p99());
    }

    private static ObjectNode rate(Rate rate) {
        ObjectNode node = object().put("count", rate.count()).put("of", rate.of());
        rate.value().ifPresent(value -> {
            node.put("value", value);
            ends(node, "wilson_95", rate.wilson());
            ends(node, "anytime_95", rate.anytime());
        });
        return node;
    }

    private static void ends(ObjectNode node, String name, Interval interval) {
        node.putArray(name).add(interval.lower()).add(interval.upper());
    }

    private static void put(ObjectNode node, String name, OptionalDouble value) {
        value.ifPresentOrElse(known -> node.put(name, known), () -> node.putNull(name));
    }

    private static <T> ArrayNode list(List<T> items, Function<T, ObjectNode> each) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        items.forEach(item -> array.add(each.apply(item)));
        return array;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
