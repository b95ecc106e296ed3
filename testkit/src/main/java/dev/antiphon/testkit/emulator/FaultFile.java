package dev.antiphon.testkit.emulator;

import dev.antiphon.testkit.emulator.EmulatorSettings.FaultPlan;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Faults as people write them, YAML or JSON: a list of entries, each a {@link Fault} by its name in lower case with hyphens and
 * its members in the same way, and when it applies.
 *
 * <pre>{@code
 * - fault: drop-after
 *   events: 40
 *   sessions: [1, 3]          # of the emulator, from 1; default: all
 *   model: gpt-realtime-mini  # the beginning of a model's name; default: any
 *   chance: 0.2               # of each session, by the seed; default: 1
 * - fault: late-transcription
 *   by: 3s
 * }</pre>
 *
 * Immutable; the same seed draws the same faults.
 */
public final class FaultFile implements FaultPlan {
    private static final Set<String> WHEN = Set.of("fault", "sessions", "model", "chance");
    private static final List<String> SETS = List.of("flaky-network", "busy-service", "bad-model");
    private static final Map<String, Class<?>> KINDS = Arrays.stream(Fault.class.getPermittedSubclasses())
            .collect(Collectors.toMap(
                    kind -> kebab(kind.getSimpleName()), kind -> kind, (one, other) -> one, TreeMap::new));
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
            .addModule(new SimpleModule().addDeserializer(Duration.class, new SpokenDuration()))
            .build();

    /** One entry. */
    private record Entry(Fault fault, Set<Long> sessions, String model, double chance) {
        boolean applies(long number, String asked, SplittableRandom random) {
            // Drawn in any case, so that one entry does not change the luck of the next.
            boolean drawn = random.nextDouble() < chance;
            return drawn && (sessions.isEmpty() || sessions.contains(number)) && asked.startsWith(model);
        }
    }

    private final List<Entry> entries;
    private final long seed;

    private FaultFile(List<Entry> entries, long seed) {
        this.entries = List.copyOf(entries);
        this.seed = seed;
    }

    /** The names of the sets that come with the kit, see {@link #named}. */
    public static List<String> sets() {
        return SETS;
    }

    /** The names of all faults. */
    public static Set<String> faults() {
        return Set.copyOf(KINDS.keySet());
    }

    /** A set that comes with the kit; empty when there is none of that name. */
    public static Optional<FaultFile> named(String name, long seed) {
        if (!SETS.contains(name)) {
            return Optional.empty();
        }
        try (InputStream in = FaultFile.class.getResourceAsStream("faults/" + name + ".yaml")) {
            if (in == null) {
                throw new IllegalStateException("the kit must contain faults/" + name + ".yaml, but does not");
            }
            return Optional.of(parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8), seed));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * Reads a file.
     *
     * @throws FaultProblem when it cannot be read or breaks a rule
     */
    public static FaultFile read(Path path, long seed) {
        try {
            return parse(path.toString(), Files.readString(path), seed);
        } catch (IOException unreadable) {
            throw new FaultProblem(path + " must be a readable text file, but: " + unreadable);
        }
    }

    /**
     * Reads a text.
     *
     * @param source named in errors
     * @throws FaultProblem when it breaks a rule
     */
    public static FaultFile parse(String source, String text, long seed) {
        JsonNode root;
        try {
            root = YAML.readTree(text);
        } catch (JacksonException broken) {
            throw new FaultProblem(source + " must be YAML or JSON, but line "
                    + broken.getLocation().getLineNr() + ": " + firstLine(broken.getOriginalMessage()));
        }
        if (!root.isArray()) {
            throw new FaultProblem(source + " must be a list of faults, each with 'fault: NAME'");
        }
        List<Entry> entries = new ArrayList<>();
        for (JsonNode entry : root) {
            entries.add(entry(source + ", entry " + (entries.size() + 1), entry));
        }
        return new FaultFile(entries, seed);
    }

    private static Entry entry(String place, JsonNode node) {
        String name = node.path("fault").asString("");
        Class<?> kind = KINDS.get(name);
        if (kind == null) {
            throw new FaultProblem(place + ": 'fault' must be one of " + String.join(", ", KINDS.keySet())
                    + ", but was '" + name + "'");
        }
        ObjectNode members = ((ObjectNode) node).deepCopy();
        WHEN.forEach(members::remove);
        return new Entry(
                fault(place + " (" + name + " with " + members(kind) + ")", kind, members),
                sessions(place, node.path("sessions")),
                model(place, node.path("model")),
                chance(place, node.path("chance")));
    }

    private static String model(String place, JsonNode node) {
        if (!node.isMissingNode() && !node.isString()) {
            throw new FaultProblem(place + ": 'model' must be a text, but was " + node);
        }
        return node.asString("");
    }

    private static double chance(String place, JsonNode node) {
        boolean right = node.isMissingNode() || node.isNumber() && node.asDouble() >= 0 && node.asDouble() <= 1;
        if (!right) {
            throw new FaultProblem(place + ": 'chance' must be a number from 0 to 1, but was " + node);
        }
        return node.asDouble(1);
    }

    private static Fault fault(String place, Class<?> kind, ObjectNode given) {
        List<RecordComponent> expected = List.of(kind.getRecordComponents());
        Set<String> known =
                expected.stream().map(member -> kebab(member.getName())).collect(Collectors.toSet());
        given.propertyNames().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new FaultProblem(place + ": '" + name + "' is none of its members");
                });
        for (RecordComponent member : expected) {
            check(place, member, given.path(kebab(member.getName())));
        }
        try {
            return (Fault) YAML.treeToValue(given, kind);
        } catch (JacksonException broken) {
            Throwable cause = broken.getCause();
            throw new FaultProblem(place + ": "
                    + (cause instanceof IllegalArgumentException rule
                            ? rule.getMessage()
                            : firstLine(broken.getOriginalMessage())));
        }
    }

    private static void check(String place, RecordComponent member, JsonNode value) {
        String name = kebab(member.getName());
        boolean mayBeAbsent = member.getType().equals(Optional.class);
        if (!mayBeAbsent && (value.isMissingNode() || value.isNull())) {
            throw new FaultProblem(place + ": '" + name + "' is missing; it must be " + expected(member.getType()));
        }
        boolean right = mayBeAbsent ? value.isMissingNode() || value.isNull() || value.isString() : fits(member, value);
        if (!right) {
            throw new FaultProblem(
                    place + ": '" + name + "' must be " + expected(member.getType()) + ", but was " + value);
        }
    }

    private static boolean fits(RecordComponent member, JsonNode value) {
        Class<?> type = member.getType();
        if (type.equals(int.class)) {
            return value.isInt();
        }
        return type.equals(Duration.class)
                ? WrittenDuration.parse(value.asString("")).isPresent()
                : !type.isEnum() && value.isString()
                        || type.isEnum() && names(type).contains(value.asString(""));
    }

    private static String expected(Class<?> type) {
        if (type.equals(int.class)) {
            return "a whole number";
        }
        if (type.equals(Duration.class)) {
            return "a time such as 700ms, 5s or 2m";
        }
        return type.isEnum() ? "one of " + String.join(", ", names(type)) : "a text";
    }

    private static List<String> names(Class<?> type) {
        return Arrays.stream(type.getEnumConstants()).map(Object::toString).toList();
    }

    private static Set<Long> sessions(String place, JsonNode node) {
        if (node.isMissingNode()) {
            return Set.of();
        }
        boolean right = node.isArray()
                && !node.isEmpty()
                && node.valueStream().allMatch(number -> number.canConvertToLong() && isSession(number));
        if (!right) {
            throw new FaultProblem(
                    place + ": 'sessions' must be a list of whole numbers from 1, at least one, but was " + node);
        }
        return node.valueStream().map(JsonNode::asLong).collect(Collectors.toSet());
    }

    private static boolean isSession(JsonNode number) {
        return number.isIntegralNumber() && number.asLong() >= 1;
    }

    private static String members(Class<?> kind) {
        String names = Arrays.stream(kind.getRecordComponents())
                .map(member -> kebab(member.getName()))
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "no members" : names;
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("it cannot be read");
    }

    private static String kebab(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    /** The name of a fault, as it is written. */
    static String nameOf(Fault fault) {
        return kebab(fault.getClass().getSimpleName());
    }

    @Override
    public FaultScript forSession(long number, String model) {
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number);
        return new FaultScript(entries.stream()
                .filter(entry -> entry.applies(number, model, random))
                .map(Entry::fault)
                .toList());
    }

    /** Its entries, for people: the names of its faults, without repetition. */
    @Override
    public String toString() {
        return entries.stream()
                .map(entry -> nameOf(entry.fault()))
                .distinct()
                .sorted(Comparator.naturalOrder())
                .collect(Collectors.joining(", "));
    }

    /** Faults that cannot be read; the message names the place and the rule. */
    public static final class FaultProblem extends RuntimeException {
        private static final long serialVersionUID = 1L;

        FaultProblem(String message) {
            super(message);
        }
    }
}
