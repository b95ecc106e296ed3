package dev.antiphon.server.reload;

import dev.antiphon.flow.Dialog;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The dialog that new calls have, made by a {@link DialogSource}; {@link #reload} makes it anew from changed classes and files.
 * A call keeps the dialog that it began with. Thread-safe.
 *
 * <pre>{@code
 * LiveDialog.of(ClinicDialog.class, () -> calendar)     // final class ClinicDialog implements DialogSource<Calendar>
 * }</pre>
 *
 * @param <B> the back end
 */
public final class LiveDialog<B> {
    private final String source;
    private final ClassLoader loader;
    private final Supplier<? extends B> backEnds;
    private volatile Version<B> current;
    private final Set<String> everThere = new HashSet<>();
    private String lastTried = "";

    /** @param shown over {@code backEnd} */
    private record Version<B>(DialogSource<B> source, B backEnd, Dialog shown) {}

    private LiveDialog(String source, ClassLoader loader, Supplier<? extends B> backEnds, Version<B> first) {
        this.source = source;
        this.loader = loader;
        this.backEnds = backEnds;
        this.current = first;
    }

    /**
     * Makes the first dialog, from the classes that this program runs with.
     *
     * @param source has a constructor without arguments
     * @param backEnds the back end of a call, called once for each: the same one for all, or one each
     * @throws IllegalArgumentException when the class cannot be made
     */
    public static <B> LiveDialog<B> of(Class<? extends DialogSource<B>> source, Supplier<? extends B> backEnds) {
        ClassLoader loader = Optional.ofNullable(source.getClassLoader()).orElseGet(ClassLoader::getSystemClassLoader);
        try {
            Version<B> first = version(source, backEnds.get());
            return new LiveDialog<>(source.getName(), loader, backEnds, first);
        } catch (ReflectiveOperationException e) {
            if (e.getCause() instanceof RuntimeException own) {
                throw own;
            }
            throw new IllegalArgumentException(
                    "a source must have a constructor without arguments that ends well, but " + source.getName() + ": "
                            + e,
                    e);
        }
    }

    private static <B> Version<B> version(Class<? extends DialogSource<B>> type, B backEnd)
            throws ReflectiveOperationException {
        Constructor<? extends DialogSource<B>> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        DialogSource<B> made = constructor.newInstance();
        return new Version<>(made, backEnd, made.dialog(backEnd));
    }

    /** The dialog of a new call. */
    public Dialog dialog() {
        Version<B> now = current;
        B backEnd = backEnds.get();
        return backEnd == now.backEnd() ? now.shown() : now.source().dialog(backEnd);
    }

    /** The dialog as it is now, to look at. */
    public Dialog shown() {
        return current.shown();
    }

    /** Makes the dialog anew from this code, unless the same was tried last. */
    public synchronized Reload reload(CodeSnapshot code) {
        if (code.fingerprint().equals(lastTried)) {
            return new Reload.Unchanged();
        }
        Dialog before = current.shown();
        String internal = source.replace('.', '/');
        lastTried = code.fingerprint();
        if (code.classFile(internal).isEmpty()) {
            return new Reload.Incomplete(KeptClasses.spoken(internal));
        }
        try {
            B backEnd = backEnds.get();
            KeptClasses kept = KeptClasses.of(backEnd.getClass(), code, loader);
            Map<String, ClassFile> needed = code.neededBy(internal, kept.names());
            Optional<String> missing = missing(needed.values(), kept, code);
            if (missing.isPresent()) {
                return new Reload.Incomplete(KeptClasses.spoken(missing.get()));
            }
            everThere.addAll(code.classes());
            Optional<String> obstacle = obstacle(internal, backEnd.getClass().getSimpleName(), kept, needed);
            if (obstacle.isPresent()) {
                return new Reload.Refused(before, obstacle.get());
            }
            Version<B> next = version(load(code, kept.names()), backEnd);
            current = next;
            List<String> stayed =
                    kept.differentIn(code).stream().map(KeptClasses::spoken).toList();
            return new Reload.Taken(before, next.shown(), stayed);
        } catch (Exception | LinkageError | AssertionError e) {
            return new Reload.Refused(before, reason(e));
        }
    }

    /** A class that was there once and is needed, but is not there now; this program may have an old one. */
    private Optional<String> missing(Collection<ClassFile> needed, KeptClasses kept, CodeSnapshot code) {
        Set<String> there = code.classes();
        return everThere.stream()
                .filter(name -> !there.contains(name) && !kept.names().contains(name))
                .filter(name -> needed.stream().anyMatch(file -> file.mentions(name)))
                .min(Comparator.naturalOrder());
    }

    private static Optional<String> obstacle(
            String source, String backEnd, KeptClasses kept, Map<String, ClassFile> needed) {
        if (kept.names().contains(source)) {
            return Optional.of(KeptClasses.spoken(source)
                    + " must not be used by the back end " + backEnd
                    + ", which stays, but is; keep what both use in a class of its own");
        }
        List<String> closed = kept.closedTo(needed);
        return closed.isEmpty()
                ? Optional.empty()
                : Optional.of("what stays with the back end must be public where the dialog uses it:\n  - "
                        + String.join("\n  - ", closed));
    }

    // The class has the name of the one that was given, and the interface is that of this loader.
    @SuppressWarnings("unchecked")
    private Class<? extends DialogSource<B>> load(CodeSnapshot code, Set<String> kept) throws ClassNotFoundException {
        return (Class<? extends DialogSource<B>>) Class.forName(source, true, new SnapshotLoader(code, kept, loader))
                .asSubclass(DialogSource.class);
    }

    private static String reason(Throwable problem) {
        Throwable cause = problem;
        while ((cause instanceof InvocationTargetException || cause instanceof ExceptionInInitializerError)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        boolean told = cause instanceof IllegalArgumentException || cause instanceof IllegalStateException;
        return told && cause.getMessage() != null ? String.valueOf(cause.getMessage()) : String.valueOf(cause);
    }
}
