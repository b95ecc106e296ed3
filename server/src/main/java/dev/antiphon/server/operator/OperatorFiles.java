package dev.antiphon.server.operator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpCharsets;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.util.ByteString;

/** The console's files and the library that draws its charts, read once from the class path. Immutable. */
final class OperatorFiles {

    /** One file. */
    record File(ContentType type, ByteString bytes) {}

    private static final ContentType SCRIPT =
            ContentTypes.create(MediaTypes.APPLICATION_JAVASCRIPT, HttpCharsets.UTF_8);
    private static final ContentType STYLE = ContentTypes.create(MediaTypes.TEXT_CSS, HttpCharsets.UTF_8);
    private static final String[] SCRIPTS = {
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
        "audit.js"
    };

    private final Map<String, File> files = new LinkedHashMap<>();

    OperatorFiles() {
        put("/", "index.html", ContentTypes.TEXT_HTML_UTF8);
        put("/login", "login.html", ContentTypes.TEXT_HTML_UTF8);
        put("/page/operator.css", "operator.css", STYLE);
        put("/page/icon.svg", "/dev/antiphon/server/console/icon.svg", ContentTypes.create(MediaTypes.IMAGE_SVG_XML));
        for (String script : SCRIPTS) {
            put("/page/" + script, script, SCRIPT);
        }
        String charts = "/META-INF/resources/webjars/uplot/" + versionOfCharts() + "/dist/";
        put("/page/uplot.js", charts + "uPlot.esm.js", SCRIPT);
        put("/page/uplot.css", charts + "uPlot.min.css", STYLE);
    }

    Optional<File> at(String path) {
        return Optional.ofNullable(files.get(path));
    }

    private void put(String path, String resource, ContentType type) {
        try (InputStream in = open(resource)) {
            files.put(path, new File(type, ByteString.fromArray(in.readAllBytes())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String versionOfCharts() {
        try (InputStream in = open("/META-INF/maven/org.webjars.npm/uplot/pom.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String resource) {
        InputStream in = OperatorFiles.class.getResourceAsStream(resource);
        if (in == null) {
            throw new IllegalStateException("the console's file " + resource + " is missing from the class path");
        }
        return in;
    }
}
