package dev.antiphon.server.reload;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Loads the classes and resources of a snapshot before those of its parent, except the classes that stay. Thread-safe. */
final class SnapshotLoader extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final CodeSnapshot code;
    private final Set<String> kept;

    /** @param kept the internal names of the classes that come from the parent */
    SnapshotLoader(CodeSnapshot code, Set<String> kept, ClassLoader parent) {
        super("reloaded", parent);
        this.code = code;
        this.kept = Set.copyOf(kept);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        String internal = name.replace('.', '/');
        Optional<byte[]> own = kept.contains(internal) ? Optional.empty() : code.classFile(internal);
        if (own.isEmpty()) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            byte[] bytes = own.get();
            return loaded != null ? loaded : defineClass(name, bytes, 0, bytes.length);
        }
    }

    @Override
    public @Nullable URL getResource(String name) {
        URL own = findResource(name);
        return own != null ? own : super.getResource(name);
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        Optional<byte[]> own = code.file(name);
        return own.isPresent() ? new ByteArrayInputStream(own.get()) : super.getResourceAsStream(name);
    }

    @Override
    protected @Nullable URL findResource(String name) {
        return code.file(name).map(bytes -> url(name, bytes)).orElse(null);
    }

    private static URL url(String name, byte[] bytes) {
        try {
            return URL.of(URI.create("snapshot:/" + name.replace(" ", "%20")), new InMemory(bytes));
        } catch (MalformedURLException e) {
            throw new IllegalStateException("a URL with a handler of its own must be well formed, but is not", e);
        }
    }

    /** A URL whose content is at hand. */
    private static final class InMemory extends URLStreamHandler {
        private final byte[] bytes;

        InMemory(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        protected URLConnection openConnection(URL url) {
            return new URLConnection(url) {
                @Override
                public void connect() {
                    connected = true;
                }

                @Override
                public InputStream getInputStream() throws IOException {
                    return new ByteArrayInputStream(bytes);
                }
            };
        }
    }
}
