package dev.antiphon.server.estimate;

import dev.antiphon.estimate.Capacity;
import dev.antiphon.estimate.EstimateRow;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An estimate as one JSON object; amounts in US dollars. */
public final class EstimateJson {
    private EstimateJson() {}

    /** The object. */
    public static ObjectNode of(EstimateReport report) {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("basis", report.basis().name().toLowerCase(Locale.ROOT))
                .put("nature", report.nature())
                .put("prices_as_of", report.pricesAsOf().toString())
                .put("limits", report.limits())
                .put("calls_per_month", report.callsPerMonth());
        ArrayNode assumptions = json.putArray("assumptions");
        report.assumptions()
                .forEach(each -> assumptions
                        .addObject()
                        .put("name", each.name())
                        .put("value", each.value())
                        .put("source", each.source()));
        ArrayNode rows = json.putArray("rows");
        report.rows().forEach(row -> write(rows.addObject(), row, report.callsPerMonth()));
        ArrayNode curves = json.putArray("curves");
        for (EstimateReport.Curve curve : report.curves()) {
            ObjectNode one = curves.addObject().put("name", curve.name());
            ArrayNode points = one.putArray("points");
            curve.points()
                    .forEach(point ->
                            points.addObject().put("minutes", point.minutes()).put("usd", point.usd()));
        }
        return json;
    }

    private static void write(ObjectNode json, EstimateRow row, long calls) {
        json.put("name", row.name());
        row.shutdown().ifPresent(end -> json.put("ends", end.toString()).put("ended", row.ended()));
        json.put("per_call_usd", EstimateColumn.rounded(row.perCall()))
                .put("per_month_usd", EstimateColumn.rounded(row.perMonth(calls)));
        row.perCompleted()
                .map(EstimateColumn::rounded)
                .ifPresentOrElse(cost -> json.put("per_completed_usd", cost), () -> json.putNull("per_completed_usd"));
        json.put("model_usd", EstimateColumn.rounded(row.model()));
        row.transcription().map(EstimateColumn::rounded).ifPresent(cost -> json.put("transcription_usd", cost));
        json.put("other_usd", EstimateColumn.rounded(row.other()))
                .put("completes", row.completes())
                .put("completes_from", row.completesFrom())
                .put("minutes", row.minutes())
                .put("responses", row.responses());
        json.putObject("tokens")
                .put("text_in", row.usage().inputTextTokens())
                .put("text_cached", row.usage().cachedTextTokens())
                .put("audio_in", row.usage().inputAudioTokens())
                .put("audio_cached", row.usage().cachedAudioTokens())
                .put("text_out", row.usage().outputTextTokens())
                .put("audio_out", row.usage().outputAudioTokens());
        json.put("cached_share", row.cachedShare())
                .put("requests_per_minute", row.requestsPerMinute())
                .put("tokens_per_minute", row.tokensPerMinute())
                .put("window_full", row.windowFull())
                .put("calls_at_once", row.capacity().peak());
        row.capacity().needed().ifPresent(tier -> json.put("needs", tier));
        ArrayNode tiers = json.putArray("usage_tiers");
        row.capacity().tiers().forEach(tier -> write(tiers.addObject(), tier));
    }

    private static void write(ObjectNode json, Capacity.Allowed tier) {
        json.put("tier", tier.tier());
        tier.calls().ifPresent(calls -> json.put("calls_at_once", calls));
        tier.byRequests().ifPresent(calls -> json.put("by_requests", calls));
        tier.byTokens().ifPresent(calls -> json.put("by_tokens", calls));
    }
}
