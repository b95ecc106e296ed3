package dev.antiphon.server.simulate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Puts a report's JSON, the chart library and our page into one file. */
final class SimulationPage {
    private static final String CHARTS = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

    private SimulationPage() {}

    static String of(String json, SimulationPlan plan) {
        String page = resource("simulation.html");
        Map<String, String> parts = Map.of(
                "/*charts.css*/", resource(CHARTS + "uPlot.min.css"),
                "/*charts.js*/", resource(CHARTS + "uPlot.iife.min.js"),
                "/*page.js*/", resource("simulation.js"),
                "/*page.css*/", resource("simulation.css"),
                // Within a script element, only an end tag could end it.
                "/*data*/", json.replace("<", "\\u003c"),
                "<!--plan-->",
                        plan.calls() + " calls from each tier, seed " + plan.seed()
                                + (plan.escalation() ? "" : ", no call may move to a larger model"));
        for (Map.Entry<String, String> part : parts.entrySet()) {
            page = page.replace(part.getKey(), part.getValue());
        }
        return page;
    }

    private static String resource(String name) {
        try (InputStream in = SimulationPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program must contain " + name + ", but does not");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
