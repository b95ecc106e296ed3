package dev.antiphon.server.page;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** Where the class path has the files of uPlot, which draws our charts, in the version that the build chose. */
public final class ChartLibrary {
    private static final String ROOT = "/META-INF/resources/webjars/uplot/" + version() + "/";

    private ChartLibrary() {}

    /** The resource of a file of the library, such as {@code dist/uPlot.min.css}. */
    public static String resource(String file) {
        return ROOT + file;
    }

    private static String version() {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(new String(
                    StaticFiles.bytes(ChartLibrary.class, "/META-INF/maven/org.webjars.npm/uplot/pom.properties"),
                    StandardCharsets.ISO_8859_1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version", "");
    }
}
