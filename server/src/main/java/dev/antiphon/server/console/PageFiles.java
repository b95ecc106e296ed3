package dev.antiphon.server.console;

import dev.antiphon.server.page.StaticFiles;
import org.apache.pekko.http.javadsl.model.ContentTypes;

/** The live page's files. */
final class PageFiles {
    private PageFiles() {}

    static StaticFiles read() {
        return new StaticFiles(PageFiles.class)
                .with("/", "index.html", ContentTypes.TEXT_HTML_UTF8)
                .with("/page/style.css", "style.css", StaticFiles.STYLE)
                .with("/page/tools.css", "tools.css", StaticFiles.STYLE)
                .with("/page/icon.svg", "icon.svg", StaticFiles.PICTURE)
                .withScripts(
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
                        "approvals.js");
    }
}
