package dev.antiphon.server.cli;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reports as JSON, for programs: durations in whole milliseconds, money in US dollars. */
final class CallJson {
    private CallJson() {}

    static String of(List<CallReport> reports, Duration took, boolean simulated) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("calls", reports.size());
        root.put("as_expected", reports.stream().filter(CallReport::asExpected).count());
        root.put("took_ms", took.toMillis());
        root.put("simulated", simulated);
        ArrayNode list = root.putArray("reports");
        reports.forEach(report -> list.add(report(report)));
        return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(root);
    }

    private static ObjectNode report(CallReport report) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("script", report.script());
        report.session().ifPresent(session -> node.put("session", session));
        node.put("outcome", report.outcome())
                .put("reason", report.reason())
                .put("expected", report.expected())
                .put("as_expected", report.asExpected())
                .put("took_ms", report.took().toMillis());
        report.spent().ifPresent(spent -> putCost(node, spent));
        ArrayNode latencies = node.putArray("latencies_ms");
        report.latencies().forEach(latency -> latencies.add(latency.toMillis()));
        ArrayNode facts = node.putArray("facts");
        report.facts().forEach(fact -> facts.add(fact(fact)));
        return node;
    }

    private static void putCost(ObjectNode node, CallFact.Spent spent) {
        node.put("cost_usd", spent.total().usd())
                .put("transcription_cost_usd", spent.transcription().usd());
        ObjectNode tiers = node.putObject("cost_by_tier_usd");
        spent.byTier().forEach((tier, money) -> tiers.put(tier, money.usd()));
        node.put("unknown_usages", spent.unknown());
    }

    private static ObjectNode fact(CallFact fact) {
        return switch (fact) {
            case CallFact.Connected f -> node("connected").put("tier", f.tier()).put("model", f.model());
            case CallFact.CallerSaid f -> node("caller").put("text", f.text());
            case CallFact.AgentSaid f -> node("agent").put("text", f.text()).put("cut_off", f.cutOff());
            case CallFact.Answered f -> {
                ObjectNode node = node("answered").put("tier", f.tier());
                node.put("total_ms", f.timeline().total().toMillis())
                        .put("tool", f.timeline().tool());
                ObjectNode parts = node.putObject("parts");
                f.timeline()
                        .ordered()
                        .forEach((part, took) -> parts.put(part.name().toLowerCase(Locale.ROOT), took.toMillis()));
                yield node;
            }
            case CallFact.ToolRan f ->
                node("tool")
                        .put("name", f.tool())
                        .put("effect", f.effect())
                        .put("outcome", f.outcome())
                        .put("took_ms", f.took().toMillis());
            case CallFact.BargedIn f ->
                node("barged_in").put("heard_ms", f.heard().toMillis());
            case CallFact.TierMoved f ->
                node("tier").put("from", f.from()).put("to", f.to()).put("reason", f.reason());
            case CallFact.Climbed f ->
                node("rung").put("tier", f.tier()).put("rung", f.rung()).put("reason", f.reason());
            case CallFact.Trouble f -> node("trouble").put("code", f.code()).put("message", f.message());
            case CallFact.Ended f ->
                node("ended")
                        .put("outcome", f.outcome())
                        .put("reason", f.reason())
                        .put("tier", f.tier())
                        .put("turns", f.turns())
                        .put("duration_ms", f.duration().toMillis());
        };
    }

    private static ObjectNode node(String kind) {
        return JsonNodeFactory.instance.objectNode().put("kind", kind);
    }
}
