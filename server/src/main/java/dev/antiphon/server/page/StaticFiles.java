package dev.antiphon.server.page;

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

/** The files of a page, read once from the class path. To be filled by one thread; then it may be read by any. */
public final class StaticFiles {
    /** JavaScript. */
    public static final ContentType SCRIPT = ContentTypes.create(MediaTypes.APPLICATION_JAVASCRIPT, HttpCharsets.UTF_8);
    /** CSS. */
    public static final ContentType STYLE = ContentTypes.create(MediaTypes.TEXT_CSS, HttpCharsets.UTF_8);
    /** SVG. */
    public static final ContentType PICTURE = ContentTypes.create(MediaTypes.IMAGE_SVG_XML);

    private final Class<?> beside;
    private final Map<String, File> files = new LinkedHashMap<>();

    /** One file. */
    public record File(ContentType type, ByteString bytes) {}

    /** None yet; names without a slash in front are of files beside this class. */
    public StaticFiles(Class<?> beside) {
        this.beside = beside;
    }

    /** Serves a file of the class path at this path. */
    public StaticFiles with(String path, String resource, ContentType type) {
        files.put(path, new File(type, ByteString.fromArray(bytes(beside, resource))));
        return this;
    }

    /** Serves scripts beside the class at {@code /page/} and their names. */
    public StaticFiles withScripts(String... names) {
        for (String name : names) {
            with("/page/" + name, name, SCRIPT);
        }
        return this;
    }

    /** The file that is served at this path. */
    public Optional<File> at(String path) {
        return Optional.ofNullable(files.get(path));
    }

    /** A file of the class path. */
    static byte[] bytes(Class<?> beside, String resource) {
        try (InputStream in = beside.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the page's file " + resource + " is missing from the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
