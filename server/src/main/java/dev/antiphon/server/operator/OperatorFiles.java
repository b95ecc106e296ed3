package dev.antiphon.server.operator;

import dev.antiphon.server.page.ChartLibrary;
import dev.antiphon.server.page.StaticFiles;
import org.apache.pekko.http.javadsl.model.ContentTypes;

/** The console's files, and the library that draws its charts. */
final class OperatorFiles {
    private OperatorFiles() {}

    static StaticFiles read() {
        return new StaticFiles(OperatorFiles.class)
                .with("/", "index.html", ContentTypes.TEXT_HTML_UTF8)
                .with("/login", "login.html", ContentTypes.TEXT_HTML_UTF8)
                .with("/page/operator.css", "operator.css", StaticFiles.STYLE)
                .with("/page/icon.svg", "/dev/antiphon/server/console/icon.svg", StaticFiles.PICTURE)
                .withScripts(
                        "console.js",
                        "login.js",
                        "theme.js",
                        "api.js",
                        "dom.js",
                        "table.js",
                        "chart.js",
                        "shapes.js",
                        "controls.js",
                        "now.js",
                        "flows.js",
                        "latency.js",
                        "cost.js",
                        "router.js",
                        "experiments.js",
                        "stored.js",
                        "calls.js",
                        "call.js",
                        "audit.js")
                .with("/page/uplot.js", ChartLibrary.resource("dist/uPlot.esm.js"), StaticFiles.SCRIPT)
                .with("/page/uplot.css", ChartLibrary.resource("dist/uPlot.min.css"), StaticFiles.STYLE);
    }
}
