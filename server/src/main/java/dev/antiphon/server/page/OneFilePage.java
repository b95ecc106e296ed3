package dev.antiphon.server.page;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A report as one HTML file that needs no other, also from a disk: our page, its style and script, the chart library, and the figures. */
public final class OneFilePage {
    private OneFilePage() {}

    /**
     * The file's text.
     *
     * @param beside {@code name.html}, {@code name.css} and {@code name.js} are beside this class
     * @param json the figures
     * @param words further gaps of the page, by their names, as HTML
     */
    public static String of(Class<?> beside, String name, String json, Map<String, String> words) {
        String page = text(beside, name + ".html")
                .replace("{{plot-licence}}", charts("LICENSE").replace("--", "- -"))
                .replace("{{plot-style}}", charts("dist/uPlot.min.css"))
                .replace("{{style}}", text(beside, name + ".css"))
                .replace("{{plot}}", charts("dist/uPlot.iife.min.js"))
                .replace("{{script}}", text(beside, name + ".js"));
        for (Map.Entry<String, String> gap : words.entrySet()) {
            page = page.replace("{{" + gap.getKey() + "}}", gap.getValue());
        }
        // No text of the figures can end its script element.
        return page.replace("{{figures}}", json.replace("<", "\\u003c"));
    }

    private static String charts(String file) {
        return text(ChartLibrary.class, ChartLibrary.resource(file));
    }

    private static String text(Class<?> beside, String resource) {
        return new String(StaticFiles.bytes(beside, resource), StandardCharsets.UTF_8);
    }
}
