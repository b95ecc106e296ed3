package dev.antiphon.benchmarks.router;

import dev.antiphon.benchmarks.Report;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What {@code bench router} found: simulated figures, each beside the published one. */
record RouterReport(long seed, int runs, List<Compared> figures) implements Report {
    RouterReport {
        figures = List.copyOf(figures);
    }

    boolean agrees() {
        return figures.stream().allMatch(Compared::agrees);
    }

    @Override
    public void print(PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "Simulated: sessions with known rates of completion, %,d runs of each row, seed %d; no calls, no models.%n"
                        + "± is one standard error. A figure agrees within %.0f standard errors of the difference, beyond rounding.%n",
                runs,
                seed,
                Compared.MOST_ERRORS);
        String section = "";
        for (Compared figure : figures) {
            if (!figure.section().equals(section)) {
                section = figure.section();
                out.printf("%n%-68s %20s %22s  %s%n", section, "published", "ours", "");
            }
            out.printf(
                    Locale.ROOT,
                    "%-68s %10s ± %7.3g %12.4g ± %7.3g  %s%n",
                    figure.name(),
                    figure.published(),
                    figure.publishedError(),
                    figure.ours().value(),
                    figure.ours().error(),
                    figure.agrees() ? "agrees" : String.format(Locale.ROOT, "DIFFERS by %.1f errors", figure.off()));
        }
        out.printf(
                "%n%d of %d figures agree%n",
                figures.stream().filter(Compared::agrees).count(), figures.size());
    }

    @Override
    public String json() {
        ObjectNode root = JsonNodeFactory.instance
                .objectNode()
                .put("simulated", true)
                .put("seed", seed)
                .put("runs", runs)
                .put("agrees", agrees());
        ArrayNode list = root.putArray("figures");
        for (Compared figure : figures) {
            list.addObject()
                    .put("section", figure.section())
                    .put("figure", figure.name())
                    .put("published", figure.expected())
                    .put("published_error", figure.publishedError())
                    .put("ours", figure.ours().value())
                    .put("error", figure.ours().error())
                    .put("agrees", figure.agrees());
        }
        return JsonMapper.shared().writeValueAsString(root);
    }
}
