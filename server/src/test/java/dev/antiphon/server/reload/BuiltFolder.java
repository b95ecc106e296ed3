package dev.antiphon.server.reload;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A small application in a folder: its sources, which can be edited and compiled again, and its files. */
final class BuiltFolder {
    private static final String PACKAGE = "desk";

    private final Path sources;
    private final Path classes;
    private final Map<String, String> bodies = new TreeMap<>();

    BuiltFolder(Path root) {
        this.sources = folder(root.resolve("src"));
        this.classes = folder(root.resolve("classes"));
    }

    /** Where the compiled classes are. */
    Path classes() {
        return classes;
    }

    /** A snapshot of them. */
    CodeSnapshot now() {
        return CodeSnapshot.of(List.of(classes));
    }

    /** Writes a class of the package {@code desk}; its text begins after the imports. */
    BuiltFolder source(String name, String text) {
        bodies.put(name, text);
        return this;
    }

    /** Replaces words in a class that was written. */
    BuiltFolder edit(String name, String before, String after) {
        String text = bodies.getOrDefault(name, "");
        if (!text.contains(before)) {
            throw new IllegalArgumentException("the class " + name + " must have " + before + ", but has not");
        }
        return source(name, text.replace(before, after));
    }

    /** A file beside the classes. */
    BuiltFolder file(String name, String text) {
        write(folder(classes.resolve(PACKAGE)).resolve(name), text);
        return this;
    }

    /** Compiles all classes. */
    BuiltFolder build() {
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
        List<Path> files = new ArrayList<>();
        bodies.forEach((name, text) -> {
            Path file = folder(sources.resolve(PACKAGE)).resolve(name + ".java");
            write(file, """
                    package desk;
                    import static dev.antiphon.flow.dsl.FlowDsl.*;
                    import dev.antiphon.flow.*;
                    import dev.antiphon.flow.faq.Faq;
                    import dev.antiphon.server.reload.DialogSource;
                    """ + text);
            files.add(file);
        });
        StringWriter told = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            Iterable<? extends JavaFileObject> units = manager.getJavaFileObjectsFromPaths(files);
            List<String> options = List.of(
                    "-d",
                    classes.toString(),
                    "-cp",
                    System.getProperty("java.class.path", ""),
                    "-proc:none",
                    "-parameters");
            if (!compiler.getTask(told, manager, null, options, null, units).call()) {
                throw new IllegalArgumentException("the sources must compile, but: " + told);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** The classes as a program that starts now has them, whatever becomes of the folder. */
    ClassLoader program() {
        Path copy = folder(classes.resolveSibling("running").resolve(PACKAGE));
        try (var files = Files.list(classes.resolve(PACKAGE))) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName().toString()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            return new URLClassLoader(
                    new URL[] {classes.resolveSibling("running").toUri().toURL()}, BuiltFolder.class.getClassLoader());
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder(Path path) {
        try {
            return Files.createDirectories(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
