package dev.antiphon.testkit.brain;

import dev.antiphon.testkit.emulator.Brain.Entry;
import dev.antiphon.testkit.emulator.Brain.Output;
import dev.antiphon.testkit.emulator.Brain.ToolSpec;
import dev.antiphon.testkit.emulator.Brain.Turn;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls tools that a developer declared by hand: the one whose name, description and parameters fit the caller's words best,
 * with arguments filled by type, format, name and enumeration. Asks for a required argument that is missing.
 */
final class GenericPlanner {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Set<String> STOP_WORDS = Set.copyOf(List.of(
            ("a an the and or of to in on at for with is are be was were do does did can could would will i i'd i'm me my you "
                            + "your it its this that these those what what's how when where who which please want like need have has get give tell show find make know there "
                            + "about from by if so as not no yes any some hello hi hey thanks thank up us we our let let's now much many call use user when tool returns return")
                    .split(" ")));
    private static final Pattern PLACE = Pattern.compile(
            "\\b(?:in|for|to|at|of|near|from|about)\\s+((?:\\p{Lu}[\\p{L}'.-]*)(?:\\s+\\p{Lu}[\\p{L}'.-]*)*+)");

    private final Turn turn;
    private final Scene scene;
    private final LocalDate today;
    private final String phoneRegion;

    GenericPlanner(Turn turn, Scene scene, LocalDate today, String phoneRegion) {
        this.turn = turn;
        this.scene = scene;
        this.today = today;
        this.phoneRegion = phoneRegion;
    }

    /** A call or a question for a missing argument; empty when no tool fits and none must be called. */
    Optional<Output> plan(List<ToolSpec> tools, boolean required) {
        Optional<ToolSpec> asking = toolBeingFilled(tools);
        Optional<ToolSpec> best = best(tools, words(scene.callerWords()));
        Optional<ToolSpec> chosen =
                best.or(() -> asking).or(() -> required ? tools.stream().findFirst() : Optional.empty());
        return chosen.map(tool -> callOrAsk(tool, gather(tool, Property.of(tool.parameters())), required));
    }

    /**
     * A call of the tool that a question is clearly about: two of its words, one of them in the name; empty when there is none. What
     * the question leaves open and the tool must have is taken from what was said before.
     */
    Optional<Output> about(String question, List<ToolSpec> tools) {
        Set<String> said = words(question);
        List<ToolSpec> meant =
                tools.stream().filter(tool -> isAbout(tool, said)).toList();
        return best(meant, said).map(tool -> {
            List<Property> properties = Property.of(tool.parameters());
            Map<String, JsonNode> values = gather(tool, properties);
            properties.stream()
                    .filter(property -> !property.required())
                    .forEach(property -> values.remove(property.name()));
            values.putAll(read(tool, properties, question, ""));
            return callOrAsk(tool, values, false);
        });
    }

    private static boolean isAbout(ToolSpec tool, Set<String> said) {
        Set<String> words = words(tool.description());
        Property.of(tool.parameters())
                .forEach(property ->
                        words.addAll(words(property.readable() + " " + String.join(" ", property.values()))));
        Set<String> name = words(readable(tool));
        words.addAll(name);
        return shared(said, name) >= 1 && shared(said, words) >= 2;
    }

    private static String readable(ToolSpec tool) {
        return tool.name().replaceAll("(?<=\\p{Ll})(?=\\p{Lu})", " ").replaceAll("[_-]", " ");
    }

    /** The sentence that asks for an argument. */
    private static String question(Property property) {
        return switch (property.kind()) {
            case DATE, DATE_TIME -> "Which day would you like for the " + property.readable() + "?";
            case TIME -> "What time would you like for the " + property.readable() + "?";
            case WHOLE_NUMBER, NUMBER -> "How many, for the " + property.readable() + "?";
            case DURATION -> "How long, for the " + property.readable() + "?";
            case MONEY -> "How much, for the " + property.readable() + "?";
            case PERSON_NAME, PHONE, EMAIL, DIGITS, IDENTIFIER, POSTAL_ADDRESS, CHOICE, FLAG, TOKEN, TEXT ->
                "What is the " + property.readable() + ", please?";
        };
    }

    private Optional<ToolSpec> toolBeingFilled(List<ToolSpec> tools) {
        return tools.stream()
                .filter(tool -> Property.of(tool.parameters()).stream()
                        .anyMatch(property -> scene.agentWords().contains(question(property))))
                .findFirst();
    }

    private Output callOrAsk(ToolSpec tool, Map<String, JsonNode> values, boolean required) {
        List<Property> properties = Property.of(tool.parameters());
        for (Property property : properties) {
            if (property.required() && !values.containsKey(property.name())) {
                if (property.kind() != PropertyKind.TOKEN && !required) {
                    return new Output.Speak(question(property));
                }
                values.put(property.name(), standIn(property));
            }
        }
        ObjectNode arguments = JSON.objectNode();
        properties.stream()
                .filter(property -> values.containsKey(property.name()))
                .forEach(property -> arguments.set(property.name(), values.get(property.name())));
        return new Output.CallTool(tool.name(), arguments);
    }

    /** What the caller said since the tool was last called, over what earlier calls and answers hold. */
    private Map<String, JsonNode> gather(ToolSpec tool, List<Property> properties) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        Set<String> names = new HashSet<>();
        properties.stream()
                .filter(property -> property.kind() != PropertyKind.TOKEN)
                .forEach(property -> names.add(property.name()));
        String agentWords = "";
        for (Entry entry : turn.history()) {
            switch (entry) {
                case Entry.UserSaid user -> values.putAll(read(tool, properties, Scene.cut(user.text()), agentWords));
                case Entry.AssistantSaid assistant -> agentWords = assistant.text();
                case Entry.ToolCalled call -> keep(values, names, call.arguments());
                case Entry.ToolAnswered answer ->
                    keep(values, names, ToolAnswer.of(answer.output()).json());
                case Entry.SystemSaid ignored -> {}
                case Entry.UserUnintelligible ignored -> {}
            }
        }
        return values;
    }

    private static void keep(Map<String, JsonNode> values, Set<String> names, JsonNode json) {
        json.properties().stream()
                .filter(value ->
                        names.contains(value.getKey()) && value.getValue().isValueNode())
                .forEach(value -> values.put(value.getKey(), value.getValue()));
    }

    private Map<String, JsonNode> read(ToolSpec tool, List<Property> properties, String text, String agentWords) {
        SlotReader reader =
                new SlotReader(Words.of(text), properties, Expectation.of(agentWords, properties), today, phoneRegion);
        Map<String, JsonNode> values = new LinkedHashMap<>(reader.read());
        List<Property> free = properties.stream()
                .filter(property -> property.kind() == PropertyKind.TEXT && !values.containsKey(property.name()))
                .toList();
        if (free.size() == 1 || free.stream().filter(Property::required).count() == 1) {
            Property property =
                    free.stream().filter(Property::required).findFirst().orElse(free.getFirst());
            salient(tool, reader.left()).ifPresent(words -> values.put(property.name(), JSON.stringNode(words)));
        }
        readLoneNumber(properties, reader, values);
        return values;
    }

    private static void readLoneNumber(List<Property> properties, SlotReader reader, Map<String, JsonNode> values) {
        List<Property> numeric = properties.stream()
                .filter(property ->
                        property.kind() == PropertyKind.WHOLE_NUMBER || property.kind() == PropertyKind.NUMBER)
                .filter(property -> !values.containsKey(property.name()))
                .toList();
        List<Found<Double>> numbers = NumberWords.findAll(reader.left());
        if (numeric.size() == 1 && numbers.size() == 1) {
            double number = numbers.getFirst().value();
            values.put(
                    numeric.getFirst().name(),
                    numeric.getFirst().kind() == PropertyKind.WHOLE_NUMBER
                            ? JSON.numberNode(Math.round(number))
                            : JSON.numberNode(number));
        }
    }

    /** The part of the words that is neither grammar nor a repetition of the tool's own name. */
    private static Optional<String> salient(ToolSpec tool, Words words) {
        Matcher place = PLACE.matcher(words.text());
        if (place.find()) {
            return Optional.of(place.group(1).replaceFirst("[.'-]+$", ""));
        }
        Set<String> ofTool = words(readable(tool));
        List<String> kept = new ArrayList<>();
        for (Words.Token token : words.tokens()) {
            if (!STOP_WORDS.contains(token.lower()) && !ofTool.contains(stem(token.lower()))) {
                kept.add(token.word());
            }
        }
        return kept.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", kept));
    }

    /** A value for an argument that must be there and was not said. */
    private JsonNode standIn(Property property) {
        return switch (property.kind()) {
            case TOKEN -> JSON.stringNode(Long.toHexString(turn.random().nextLong()));
            case CHOICE -> JSON.stringNode(property.values().getFirst());
            case DATE -> JSON.stringNode(today.plusDays(1).toString());
            case TIME -> JSON.stringNode("12:00");
            case DATE_TIME -> JSON.stringNode(today.plusDays(1) + "T12:00:00");
            case WHOLE_NUMBER, NUMBER -> JSON.numberNode(1);
            case FLAG -> JSON.booleanNode(false);
            case DURATION -> JSON.stringNode("PT1H");
            case MONEY -> JSON.stringNode(MoneyWords.bare(1, property.currencies()));
            case PHONE, EMAIL, DIGITS, IDENTIFIER, POSTAL_ADDRESS, PERSON_NAME, TEXT ->
                JSON.stringNode(scene.callerWords());
        };
    }

    private static Optional<ToolSpec> best(List<ToolSpec> tools, Set<String> said) {
        ToolSpec best = null;
        double bestScore = 0;
        for (ToolSpec tool : tools) {
            double score = 3.0 * shared(said, words(readable(tool))) + shared(said, words(tool.description()));
            for (Property property : Property.of(tool.parameters())) {
                score += shared(said, words(property.readable() + " " + String.join(" ", property.values())));
            }
            if (score > bestScore) {
                bestScore = score;
                best = tool;
            }
        }
        return Optional.ofNullable(best);
    }

    static long shared(Set<String> said, Set<String> words) {
        return words.stream().filter(said::contains).count();
    }

    /** The words of a text that mean something, without their endings. */
    static Set<String> words(String text) {
        Set<String> words = new HashSet<>();
        for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}']+")) {
            if (word.length() > 1 && !STOP_WORDS.contains(word)) {
                words.add(stem(word));
            }
        }
        return words;
    }

    private static String stem(String word) {
        return word.replaceFirst("(?:ing|ed|es|s|ility|able)$", "");
    }
}
