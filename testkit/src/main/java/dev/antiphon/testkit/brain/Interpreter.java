package dev.antiphon.testkit.brain;

import dev.antiphon.testkit.emulator.Brain.Entry;
import dev.antiphon.testkit.emulator.Brain.Output;
import dev.antiphon.testkit.emulator.Brain.ToolSpec;
import dev.antiphon.testkit.emulator.Brain.Turn;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lets a brain that understands English work in a session of another language: what was said lately and what describes the tools
 * is put into English words, and free text in the calls that come of it gets the caller's own words again. Sessions whose
 * instructions say "Speak German" are German; all others stay as they are.
 */
final class Interpreter {
    private static final Pattern ZERO = Pattern.compile("\\bzero\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern GERMAN = Pattern.compile("\\bspeak german\\b", Pattern.CASE_INSENSITIVE);
    /** As much of a history as is looked at for words; values come from calls, which need no translation. */
    private static final int LATEST = 12;

    private final Turn said;
    private final boolean german;

    private Interpreter(Turn said, boolean german) {
        this.said = said;
        this.german = german;
    }

    static Interpreter of(Turn turn) {
        return new Interpreter(turn, GERMAN.matcher(turn.instructions()).find());
    }

    /** The turn as an English one. */
    Turn inEnglish() {
        if (!german) {
            return said;
        }
        List<Entry> history = new ArrayList<>();
        int from = said.history().size() - LATEST;
        for (int i = 0; i < said.history().size(); i++) {
            Entry entry = said.history().get(i);
            history.add(i < from ? entry : inEnglish(entry));
        }
        return new Turn(
                said.model(),
                GermanWords.inEnglish(said.instructions()),
                said.responseInstructions(),
                said.tools().stream().map(this::inEnglish).toList(),
                said.toolChoice(),
                history,
                said.now(),
                said.random());
    }

    private Entry inEnglish(Entry entry) {
        return switch (entry) {
            case Entry.UserSaid user ->
                new Entry.UserSaid(GermanWords.inEnglish(Scene.cut(user.text())), user.spoken());
            case Entry.AssistantSaid assistant ->
                new Entry.AssistantSaid(GermanWords.inEnglish(assistant.text()), assistant.heardAll());
            case Entry.ToolAnswered answer ->
                new Entry.ToolAnswered(answer.callId(), GermanWords.inEnglish(answer.output()));
            case Entry.SystemSaid system -> new Entry.SystemSaid(GermanWords.inEnglish(system.text()));
            case Entry.ToolCalled call -> call;
            case Entry.UserUnintelligible nothing -> nothing;
        };
    }

    private ToolSpec inEnglish(ToolSpec tool) {
        JsonNode schema = tool.parameters().deepCopy();
        describe(schema);
        return new ToolSpec(tool.name(), tool.description(), schema);
    }

    private void describe(JsonNode schema) {
        if (!(schema instanceof ObjectNode object)) {
            return;
        }
        if (object.path("description").isString()) {
            object.put(
                    "description",
                    GermanWords.inEnglish(object.get("description").asString()));
        }
        object.path("x-synonyms").forEach(synonyms -> {
            if (synonyms instanceof ArrayNode list) {
                for (int i = 0; i < list.size(); i++) {
                    list.set(
                            i,
                            JsonNodeFactory.instance.stringNode(
                                    GermanWords.inEnglish(list.get(i).asString(""))));
                }
            }
        });
        object.path("properties").forEach(this::describe);
    }

    /** The outputs with the caller's own words in free text. */
    List<Output> back(List<Output> outputs, LocalDate today) {
        if (!german) {
            return outputs;
        }
        return outputs.stream()
                .map(output -> output instanceof Output.CallTool call ? back(call, today) : output)
                .toList();
    }

    private Output back(Output.CallTool call, LocalDate today) {
        Scene scene = Scene.of(said);
        ObjectNode arguments = JsonNodeFactory.instance.objectNode();
        List<Property> texts = texts(call.name());
        call.arguments().properties().forEach(argument -> {
            JsonNode own = switch (argument.getKey()) {
                case "question", "detail" -> own(argument.getValue(), scene);
                default ->
                    texts.stream()
                            .filter(text -> text.name().equals(argument.getKey()))
                            .findFirst()
                            .map(text -> text.kind() == PropertyKind.PERSON_NAME
                                    ? named(argument.getValue())
                                    : reread(text, argument.getValue(), scene, today))
                            .orElse(argument.getValue());
            };
            arguments.set(argument.getKey(), own);
        });
        return new Output.CallTool(call.name(), arguments);
    }

    private JsonNode own(JsonNode text, Scene scene) {
        String own = Clause.split(Words.of(scene.callerWords()).text()).stream()
                .map(Clause::text)
                .filter(clause -> GermanWords.inEnglish(clause).equals(text.asString("")))
                .findFirst()
                .orElse(scene.callerWords());
        return JsonNodeFactory.instance.stringNode(own);
    }

    /** A name is no number. */
    private static JsonNode named(JsonNode name) {
        return JsonNodeFactory.instance.stringNode(
                ZERO.matcher(name.asString("")).replaceAll("Null"));
    }

    /** The text in the caller's own words; what the understood text leaves out at the end is left out. */
    private static JsonNode reread(Property text, JsonNode value, Scene scene, LocalDate today) {
        Expectation asked = Expectation.of(scene.agentWords(), List.of(text))
                .orToChange(scene.agentWords(), List.of(text), Set.of(text.name()));
        JsonNode own = new SlotReader(Words.of(scene.callerWords()), List.of(text), asked, today, "")
                .read()
                .getOrDefault(text.name(), value);
        String[] words = own.asString("").split(" ");
        return IntStream.rangeClosed(1, words.length)
                .mapToObj(count -> String.join(" ", List.of(words).subList(0, count)))
                .filter(start -> GermanWords.inEnglish(start).equals(value.asString("")))
                .findFirst()
                .<JsonNode>map(JsonNodeFactory.instance::stringNode)
                .orElse(own);
    }

    private List<Property> texts(String tool) {
        return said.tools().stream()
                .filter(spec -> spec.name().equals(tool))
                .flatMap(spec -> Property.of(spec.parameters()).stream())
                .filter(property -> switch (property.kind()) {
                    case TEXT, POSTAL_ADDRESS, PERSON_NAME -> true;
                    case CHOICE,
                            DATE,
                            TIME,
                            DATE_TIME,
                            PHONE,
                            EMAIL,
                            DURATION,
                            MONEY,
                            DIGITS,
                            IDENTIFIER,
                            WHOLE_NUMBER,
                            NUMBER,
                            FLAG,
                            TOKEN -> false;
                })
                .toList();
    }
}
