package dev.antiphon.server.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpCharsets;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.util.ByteString;

/** The page's files, read once from the class path. Immutable. */
final class PageFiles {

    /** One file. */
    record File(ContentType type, ByteString bytes) {}

    private static final ContentType SCRIPT =
            ContentTypes.create(MediaTypes.APPLICATION_JAVASCRIPT, HttpCharsets.UTF_8);
    private static final ContentType STYLE = ContentTypes.create(MediaTypes.TEXT_CSS, HttpCharsets.UTF_8);
    private static final ContentType PICTURE = ContentTypes.create(MediaTypes.IMAGE_SVG_XML);

    private final Map<String, File> files = new LinkedHashMap<>();

    PageFiles() {
        put("/", "index.html", ContentTypes.TEXT_HTML_UTF8);
        put("/page/style.css", "style.css", STYLE);
        put("/page/tools.css", "tools.css", STYLE);
        put("/page/icon.svg", "icon.svg", PICTURE);
        for (String script : new String[] {
            "app.js",
            "realtime.js",
            "audio.js",
            "capture.js",
            "feed.js",
            "view.js",
            "caller.js",
            "service.js",
            "tools.js",
            "aftercalls.js",
            "desk.js",
            "handovers.js",
            "approvals.js"
        }) {
            put("/page/" + script, script, SCRIPT);
        }
    }

    Optional<File> at(String path) {
        return Optional.ofNullable(files.get(path));
    }

    private void put(String path, String resource, ContentType type) {
        try (InputStream in = PageFiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the page's file " + resource + " is missing from the class path");
            }
            files.put(path, new File(type, ByteString.fromArray(in.readAllBytes())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
