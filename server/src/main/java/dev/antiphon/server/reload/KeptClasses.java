package dev.antiphon.server.reload;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The classes of the watched folders that stay as they were at the start: the back end's and all that these refer to. Immutable.
 */
final class KeptClasses {
    private static final String LAMBDA = "$$Lambda";

    private final Map<String, byte[]> bytes;
    private final Map<String, ClassFile> read;

    private KeptClasses(Map<String, byte[]> bytes, Map<String, ClassFile> read) {
        this.bytes = bytes;
        this.read = read;
    }

    /** Those that this back end needs, of the classes of a snapshot that {@code loader} has, too. */
    static KeptClasses of(Class<?> backEnd, CodeSnapshot code, ClassLoader loader) {
        Map<String, byte[]> bytes = new HashMap<>();
        Map<String, ClassFile> read = new HashMap<>();
        Set<String> known = code.classes();
        Deque<String> open = new ArrayDeque<>();
        open.add(internalName(backEnd));
        Arrays.stream(backEnd.getInterfaces()).map(KeptClasses::internalName).forEach(open::add);
        while (!open.isEmpty()) {
            String name = open.remove();
            if (!known.contains(name) || read.containsKey(name)) {
                continue;
            }
            Optional<byte[]> before = bytesOf(name, loader);
            if (before.isPresent()) {
                ClassFile file = ClassFile.read(before.get());
                bytes.put(name, before.get());
                read.put(name, file);
                known.stream().filter(file::mentions).forEach(open::add);
            }
        }
        return new KeptClasses(Map.copyOf(bytes), Map.copyOf(read));
    }

    /** That of a lambda is the class that it is written in. */
    private static String internalName(Class<?> type) {
        String name = type.getName().replace('.', '/');
        int lambda = name.indexOf(LAMBDA);
        return lambda < 0 ? name : name.substring(0, lambda);
    }

    private static Optional<byte[]> bytesOf(String name, ClassLoader loader) {
        try (InputStream in = loader.getResourceAsStream(name + ".class")) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("the class " + name + " must be readable, but is not", e);
        }
    }

    /** Their internal names. */
    Set<String> names() {
        return read.keySet();
    }

    /** The internal names of those that a snapshot has in another version, or not any more. */
    List<String> differentIn(CodeSnapshot code) {
        return new TreeSet<>(bytes.keySet())
                .stream()
                        .filter(name -> code.classFile(name)
                                .filter(now -> Arrays.equals(now, bytes.get(name)))
                                .isEmpty())
                        .toList();
    }

    /** What these classes, which are loaded anew, use of those that stay although it is not public; one sentence each. */
    List<String> closedTo(Map<String, ClassFile> anew) {
        List<String> problems = new ArrayList<>();
        anew.forEach((name, user) -> closedTo(name, user, problems));
        return problems.stream().sorted().toList();
    }

    private void closedTo(String name, ClassFile user, List<String> problems) {
        read.forEach((kept, file) -> {
            if (user.uses(kept) && !file.isPublic()) {
                problems.add(spoken(kept) + " is not public, but " + spoken(name) + " uses it");
            }
        });
        for (ClassFile.Member member : user.used()) {
            boolean closed = Optional.ofNullable(read.get(member.owner()))
                    .flatMap(file -> file.opens(member))
                    .filter(open -> !open)
                    .isPresent();
            if (closed) {
                problems.add(spoken(member.owner()) + "." + member.name() + " is not public, but " + spoken(name)
                        + " uses it");
            }
        }
    }

    /** The name of a class without its package. */
    static String spoken(String internalName) {
        return internalName.substring(internalName.lastIndexOf('/') + 1).replace('$', '.');
    }
}
