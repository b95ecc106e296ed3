package dev.antiphon.benchmarks.briefing;

import dev.antiphon.benchmarks.Report;
import dev.antiphon.flow.Briefing;
import dev.antiphon.model.ModelCatalogue;
import dev.antiphon.model.Money;
import dev.antiphon.model.PriceCard;
import dev.antiphon.realtime.Usage;
import dev.antiphon.session.Conduct;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code bench briefing} found; every figure is simulated.
 *
 * @param rows one for each way to brief a model
 */
record BriefingReport(Conduct conduct, List<Row> rows) implements Report {
    private static final List<String> MODELS = List.of("gpt-realtime-mini", "gpt-realtime");

    BriefingReport {
        rows = List.copyOf(rows);
    }

    /** One call. */
    record Row(Briefing briefing, BriefingCall call) {
        /** What its responses cost at the prices of a model, without transcripts, which cost the same in every row. */
        Money cost(String model) {
            PriceCard prices =
                    ModelCatalogue.bundled().find(model).orElseThrow().prices();
            return prices.cost(call.total());
        }

        double cachedShare() {
            Usage usage = call.total();
            return usage.cachedTokens() / (double) Math.max(1, usage.inputTokens());
        }
    }

    static BriefingReport measure(Conduct conduct) {
        List<Row> rows = new ArrayList<>();
        for (Briefing briefing : Briefing.values()) {
            rows.add(new Row(briefing, BriefingCall.made(briefing, conduct)));
        }
        return new BriefingReport(conduct, rows);
    }

    @Override
    public void print(PrintWriter out) {
        BriefingCall call = rows.getFirst().call();
        out.printf(
                Locale.ROOT,
                "simulated: one spoken booking call at the clinic, %s, %.1f minutes, %d turns; tokens of all its responses%n%n",
                conduct.name().toLowerCase(Locale.ROOT),
                call.talked().toMillis() / 60_000.0,
                call.turns());
        out.printf(
                Locale.ROOT,
                "%-11s %9s %9s %9s %9s %9s %9s %9s %8s %18s %13s%n",
                "briefing",
                "responses",
                "text in",
                "cached",
                "audio in",
                "cached",
                "text out",
                "audio out",
                "cached %",
                "gpt-realtime-mini",
                "gpt-realtime");
        for (Row row : rows) {
            Usage usage = row.call().total();
            out.printf(
                    Locale.ROOT,
                    "%-11s %9d %9d %9d %9d %9d %9d %9d %8.1f %17.2fc %12.2fc%n",
                    name(row),
                    row.call().usages().size(),
                    usage.inputTextTokens(),
                    usage.cachedTextTokens(),
                    usage.inputAudioTokens(),
                    usage.cachedAudioTokens(),
                    usage.outputTextTokens(),
                    usage.outputAudioTokens(),
                    100 * row.cachedShare(),
                    cents(row.cost(MODELS.get(0))),
                    cents(row.cost(MODELS.get(1))));
        }
        out.printf(
                Locale.ROOT,
                "%nCosts in US cents a call, without transcripts. Nothing is cached behind the first change of a prompt.%n");
        out.flush();
    }

    private static String name(Row row) {
        return row.briefing().name().toLowerCase(Locale.ROOT);
    }

    private static double cents(Money money) {
        return money.usd().doubleValue() * 100;
    }

    @Override
    public String json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("simulated", true).put("conduct", conduct.name().toLowerCase(Locale.ROOT));
        var results = root.putArray("results");
        for (Row row : rows) {
            Usage usage = row.call().total();
            ObjectNode node = results.addObject()
                    .put("simulated", true)
                    .put("briefing", name(row))
                    .put("minutes", row.call().talked().toMillis() / 60_000.0)
                    .put("turns", row.call().turns())
                    .put("responses", row.call().usages().size())
                    .put("text_in", usage.inputTextTokens())
                    .put("text_cached", usage.cachedTextTokens())
                    .put("audio_in", usage.inputAudioTokens())
                    .put("audio_cached", usage.cachedAudioTokens())
                    .put("text_out", usage.outputTextTokens())
                    .put("audio_out", usage.outputAudioTokens())
                    .put("cached_share", row.cachedShare());
            ObjectNode costs = node.putObject("cost_usd");
            MODELS.forEach(model -> costs.put(model, row.cost(model).usd()));
        }
        return JsonMapper.shared().writeValueAsString(root);
    }
}
