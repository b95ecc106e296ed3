package dev.antiphon.server.estimate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** An estimate as one HTML file that needs no other, also from a disk: plots (uPlot), and the same in tables. */
public final class EstimatePage {
    private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/";

    private EstimatePage() {}

    /** The file's text. */
    public static String of(EstimateReport report) {
        // No text of the estimate can end its script element.
        String json = EstimateJson.of(report).toString().replace("<", "\\u003c");
        return resource("page.html")
                .replace("{{plot-licence}}", resource(UPLOT + "LICENSE").replace("--", "- -"))
                .replace("{{plot-style}}", resource(UPLOT + "dist/uPlot.min.css"))
                .replace("{{style}}", resource("page.css"))
                .replace("{{plot}}", resource(UPLOT + "dist/uPlot.iife.min.js"))
                .replace("{{script}}", resource("page.js"))
                .replace("{{estimate}}", json);
    }

    private static String resource(String name) {
        try (InputStream in = EstimatePage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
