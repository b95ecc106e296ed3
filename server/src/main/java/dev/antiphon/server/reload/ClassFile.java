package dev.antiphon.server.reload;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a compiled class is called, refers to and lets others use, as the Java Virtual Machine Specification (chapter 4) lays it
 * out. Immutable. Names of classes are internal ones, with slashes.
 */
final class ClassFile {
    private static final int MAGIC = 0xCAFEBABE;
    private static final int PUBLIC = 0x0001;
    private static final int PROTECTED = 0x0004;

    /** A field or method of a class, by name and descriptor. */
    record Member(String owner, String name, String descriptor) {}

    private record Pair(int first, int second) {}

    private final boolean isPublic;
    private final Set<String> texts;
    private final Set<String> classes;
    private final List<Member> used;
    private final Map<Member, Boolean> declared;

    private ClassFile(
            boolean isPublic,
            Set<String> texts,
            Set<String> classes,
            List<Member> used,
            Map<Member, Boolean> declared) {
        this.isPublic = isPublic;
        this.texts = Set.copyOf(texts);
        this.classes = Set.copyOf(classes);
        this.used = List.copyOf(used);
        this.declared = Map.copyOf(declared);
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException when these bytes are no whole class file
     */
    static ClassFile read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return read(in);
        } catch (IOException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("a class file must be whole, but one is cut off", e);
        }
    }

    private static ClassFile read(DataInputStream in) throws IOException {
        if (in.readInt() != MAGIC) {
            throw new IllegalArgumentException("a class file must begin with the magic number, but one does not");
        }
        in.readInt();
        Map<Integer, String> texts = new HashMap<>();
        Map<Integer, Integer> classes = new HashMap<>();
        Map<Integer, Pair> names = new HashMap<>();
        List<Pair> members = new ArrayList<>();
        int count = in.readUnsignedShort();
        for (int i = 1; i < count; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> texts.put(i, in.readUTF());
                case 7 -> classes.put(i, in.readUnsignedShort());
                case 12 -> names.put(i, new Pair(in.readUnsignedShort(), in.readUnsignedShort()));
                case 9, 10, 11 -> members.add(new Pair(in.readUnsignedShort(), in.readUnsignedShort()));
                case 3, 4, 17, 18 -> in.readInt();
                case 8, 16, 19, 20 -> in.readUnsignedShort();
                case 15 -> in.skipNBytes(3);
                case 5, 6 -> {
                    in.readLong();
                    // It takes two places.
                    i++;
                }
                default ->
                    throw new IllegalArgumentException("a class file must have known constants, but has tag " + tag);
            }
        }
        boolean isPublic = (in.readUnsignedShort() & PUBLIC) != 0;
        String own = nameOf(in.readUnsignedShort(), classes, texts);
        in.readUnsignedShort();
        in.skipNBytes(2L * in.readUnsignedShort());
        Map<Member, Boolean> declared = new HashMap<>();
        readMembers(in, own, texts, declared);
        readMembers(in, own, texts, declared);
        List<Member> used = new ArrayList<>();
        for (Pair member : members) {
            Pair name = names.getOrDefault(member.second(), new Pair(0, 0));
            used.add(new Member(
                    nameOf(member.first(), classes, texts),
                    texts.getOrDefault(name.first(), ""),
                    texts.getOrDefault(name.second(), "")));
        }
        Set<String> named = new HashSet<>();
        classes.keySet().forEach(index -> named.add(nameOf(index, classes, texts)));
        return new ClassFile(isPublic, new HashSet<>(texts.values()), named, used, declared);
    }

    private static String nameOf(int index, Map<Integer, Integer> classes, Map<Integer, String> texts) {
        return texts.getOrDefault(classes.getOrDefault(index, 0), "");
    }

    private static void readMembers(
            DataInputStream in, String owner, Map<Integer, String> texts, Map<Member, Boolean> declared)
            throws IOException {
        int count = in.readUnsignedShort();
        for (int i = 0; i < count; i++) {
            boolean open = (in.readUnsignedShort() & (PUBLIC | PROTECTED)) != 0;
            String name = texts.getOrDefault(in.readUnsignedShort(), "");
            String descriptor = texts.getOrDefault(in.readUnsignedShort(), "");
            declared.put(new Member(owner, name, descriptor), open);
            int attributes = in.readUnsignedShort();
            for (int a = 0; a < attributes; a++) {
                in.readUnsignedShort();
                in.skipNBytes(Integer.toUnsignedLong(in.readInt()));
            }
        }
    }

    /** Whether other packages may use it. */
    boolean isPublic() {
        return isPublic;
    }

    /** Whether its code or its signatures name this class; a text that looks like it counts, too. */
    boolean mentions(String internalName) {
        String inDescriptor = "L" + internalName + ";";
        String generic = "L" + internalName + "<";
        return texts.stream()
                .anyMatch(text -> text.equals(internalName) || text.contains(inDescriptor) || text.contains(generic));
    }

    /** Whether its code uses this class itself, not only a value of that type. */
    boolean uses(String internalName) {
        return classes.contains(internalName);
    }

    /** The fields and methods that its code uses. */
    List<Member> used() {
        return used;
    }

    /** Whether other packages may use this field or method; empty when it is declared elsewhere. */
    Optional<Boolean> opens(Member member) {
        return Optional.ofNullable(declared.get(member));
    }
}
