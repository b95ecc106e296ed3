package dev.antiphon.server.experiment;

import dev.antiphon.experiment.ArmTotals;
import dev.antiphon.experiment.AuditEntry;
import dev.antiphon.experiment.Comparison;
import dev.antiphon.experiment.ExperimentReport;
import dev.antiphon.experiment.ExperimentState;
import dev.antiphon.experiment.GuardrailRow;
import dev.antiphon.experiment.Metric;
import dev.antiphon.experiment.MetricRow;
import dev.antiphon.spend.Cap;
import dev.antiphon.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reports as JSON, as the routes give them. Shares are from 0 to 1, money is US dollars; a value of an arm that nobody knows is null,
 * such as the cost of a completed call where none was completed; other figures that nobody knows are left out, as are differences,
 * their p and beliefs below the minimum of units and calls.
 */
public final class ExperimentJson {
    /** Of an interval of units with one call each. */
    public static final String EXACT = "exact";

    /** Of an interval of units of which some have several calls. */
    public static final String BY_UNIT = "by unit, approximate";

    private ExperimentJson() {}

    /** One line of the list. */
    static ObjectNode summary(ExperimentReport report, Optional<ExperimentSpend> spend, Map<StaysOut, Long> stayedOut) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("key", report.experiment().key());
        node.put("status", report.state().status().name().toLowerCase(Locale.ROOT))
                .put("stage_percent", report.state().stagePercent())
                .put("state", report.state().shown())
                .put(
                        "units",
                        report.arms().values().stream()
                                .mapToLong(ArmTotals::units)
                                .sum())
                .put("verdict", report.verdict().name())
                .put("sentence", report.sentence());
        notice(report.state(), spend, stayedOut).ifPresent(told -> node.put("notice", told));
        spend.ifPresent(of -> node.putObject("spend")
                .put("spent_usd", of.spent().usd())
                .put("cap_usd", of.cap().most().usd())
                .put("level", of.cap().level(of.spent()).name().toLowerCase(Locale.ROOT)));
        return node;
    }

    /**
     * What an operator should know beside the verdict: who paused it and why, how near its cap is, which calls stayed out, and of which
     * phase figures are.
     */
    public static Optional<String> notice(
            ExperimentState state, Optional<ExperimentSpend> spend, Map<StaysOut, Long> stayedOut) {
        List<String> told = new ArrayList<>();
        if (state.status() == ExperimentState.Status.PAUSED) {
            AuditEntry last = state.audit().getLast();
            told.add("Paused, so that no call enters it; last by " + last.who() + ": " + last.why() + ".");
        }
        spend.filter(of -> state.status() == ExperimentState.Status.RUNNING)
                .filter(of -> of.cap().level(of.spent()) != Cap.Level.BELOW)
                .ifPresent(of -> told.add("Near its spend cap, at which it is paused: " + of.sentence() + "."));
        if (!stayedOut.isEmpty()) {
            told.add("Calls that stayed outside since the server started: "
                    + stayedOut.entrySet().stream()
                            .map(each -> each.getValue() + " " + each.getKey().calls())
                            .collect(Collectors.joining(", "))
                    + ". They could not get the tier of an arm, and are in no figure.");
        }
        state.phaseSentence().ifPresent(told::add);
        return told.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", told));
    }

    /** The whole report with the audit log. */
    public static ObjectNode whole(
            ExperimentReport report, Optional<ExperimentSpend> spend, Map<StaysOut, Long> stayedOut) {
        ObjectNode node = summary(report, spend, stayedOut);
        ObjectNode out = node.putObject("stayed_out");
        stayedOut.forEach((reason, calls) -> out.put(reason.word(), calls));
        node.put("question", report.experiment().plan().question().name().toLowerCase(Locale.ROOT))
                .put("alpha", report.experiment().plan().alpha())
                .put("margin", report.experiment().plan().margin());
        report.shownSampleRatioP().ifPresent(p -> node.put("sample_ratio_p", p));
        report.experiment().plan().horizon().ifPresent(horizon -> node.put("horizon_per_arm", horizon));
        report.state().look().ifPresent(look -> node.put("look_at", look.at().toString()));
        ArrayNode arms = node.putArray("arms");
        report.arms().forEach((key, arm) -> arms.add(arm(report, key, arm)));
        ArrayNode comparisons = node.putArray("comparisons");
        report.comparisons().forEach(each -> comparisons.add(comparison(each)));
        ArrayNode audit = node.putArray("audit");
        report.state().audit().forEach(entry -> audit.add(audit(entry)));
        return node;
    }

    private static ObjectNode arm(ExperimentReport report, String key, ArmTotals arm) {
        Interval rate = report.completion(key);
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("key", key)
                .put("weight", report.experiment().weights().getOrDefault(key, 0.0))
                .put("units", arm.units())
                .put("calls", arm.finished());
        for (Metric metric : Metric.values()) {
            put(node, metric.word(), arm.value(metric));
        }
        return node.put("completion_low", rate.lower())
                .put("completion_high", rate.upper())
                .put("completion_interval", arm.isOneCallEach() ? EXACT : BY_UNIT);
    }

    private static ObjectNode comparison(Comparison comparison) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("control", comparison.control())
                .put("treatment", comparison.treatment())
                .put("verdict", comparison.verdict().name())
                .put("sentence", comparison.sentence());
        ArrayNode goals = node.putArray("goals");
        comparison.goals().forEach(row -> goals.add(goal(row)));
        ArrayNode guardrails = node.putArray("guardrails");
        comparison.guardrails().forEach(row -> guardrails.add(guardrail(row)));
        comparison
                .belief()
                .ifPresent(belief -> node.putObject("belief")
                        .put("chance_better", belief.chanceBetter())
                        .put("expected_loss", belief.expectedLoss())
                        .put("note", "descriptive: no verdict rests on it, and who looks often is misled often"));
        return node;
    }

    private static ObjectNode goal(MetricRow row) {
        ObjectNode node =
                JsonNodeFactory.instance.objectNode().put("metric", row.metric().word());
        put(node, "control", row.control());
        put(node, "treatment", row.treatment());
        row.effect()
                .ifPresent(effect -> node.put("difference", effect.estimate()).put("units", effect.units()));
        interval(node, "", row.interval());
        interval(node, "relative_", row.relative());
        row.effect().ifPresent(effect -> node.put("p", row.p()).put("adjusted_p", row.adjustedP()));
        return node.put("alpha", row.alpha()).put("rule", row.rule()).put("differs", row.differs());
    }

    private static ObjectNode guardrail(GuardrailRow row) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("metric", row.guardrail().metric().word());
        put(node, "control", row.control());
        put(node, "treatment", row.treatment());
        node.put("tolerance", row.guardrail().tolerance());
        row.bound().ifPresent(bound -> node.put("worse_by_at_least", bound));
        return node.put("units", row.n())
                .put("fails", row.fails())
                .put("state", row.state().name().toLowerCase(Locale.ROOT));
    }

    private static void put(ObjectNode node, String name, OptionalDouble value) {
        value.ifPresentOrElse(known -> node.put(name, known), () -> node.putNull(name));
    }

    private static void interval(ObjectNode node, String prefix, Optional<Interval> interval) {
        interval.filter(i -> Double.isFinite(i.lower()) && Double.isFinite(i.upper()))
                .ifPresent(i -> node.put(prefix + "low", i.lower()).put(prefix + "high", i.upper()));
    }

    private static ObjectNode audit(AuditEntry entry) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("at", entry.at().toString())
                .put("who", entry.who())
                .put("what", entry.what())
                .put("from", entry.from())
                .put("to", entry.to())
                .put("why", entry.why());
    }
}
