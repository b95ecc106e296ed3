package dev.antiphon.testkit.brain;

import dev.antiphon.testkit.emulator.Brain.Entry;
import dev.antiphon.testkit.emulator.Brain.Output;
import dev.antiphon.testkit.emulator.Brain.ToolSpec;
import dev.antiphon.testkit.emulator.Brain.Turn;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A conversation with the brain in tests: what was said before, and what the brain answers. Starts on Friday, 2026-11-20. */
public final class Flow {
    public static final String INSTRUCTIONS =
            "You book visits.\nToday is Friday, 2026-11-20. The time zone is Europe/Berlin.\nUse the tools.";

    private final List<Entry> history = new ArrayList<>();
    private List<ToolSpec> tools = clinic();
    private SchemaBrain brain = new SchemaBrain(BrainProfile.ByModel.withoutMisunderstandings());
    private String model = "gpt-realtime";
    private String toolChoice = "auto";
    private String instructions = INSTRUCTIONS;
    private Optional<String> order = Optional.empty();
    private RandomGenerator random = new Random(1);
    private int calls;

    static Flow clinicCall() {
        return new Flow();
    }

    /** A call in which the agent speaks German. */
    Flow german() {
        instructions = INSTRUCTIONS + "\nGoal: Termine vergeben.\nSpeak German with the caller.";
        return this;
    }

    Flow instructions(String text) {
        instructions = text;
        return this;
    }

    Flow tools(ToolSpec... own) {
        tools = List.of(own);
        return this;
    }

    Flow model(String name) {
        model = name;
        return this;
    }

    Flow brain(SchemaBrain other) {
        brain = other;
        return this;
    }

    Flow seed(long seed) {
        random = new Random(seed);
        return this;
    }

    Flow toolChoice(String choice) {
        toolChoice = choice;
        return this;
    }

    Flow order(String instructions) {
        order = Optional.of(instructions);
        return this;
    }

    Flow system(String text) {
        history.add(new Entry.SystemSaid(text));
        return this;
    }

    Flow agent(String text) {
        history.add(new Entry.AssistantSaid(text, true));
        return this;
    }

    Flow cutShort(String text) {
        history.add(new Entry.AssistantSaid(text, false));
        return this;
    }

    Flow caller(String text) {
        history.add(new Entry.UserSaid(text, false));
        return this;
    }

    Flow noise() {
        history.add(new Entry.UserUnintelligible());
        return this;
    }

    Flow called(String tool, String arguments) {
        history.add(new Entry.ToolCalled("call_" + ++calls, tool, json(arguments)));
        return this;
    }

    Flow answered(String output) {
        history.add(new Entry.ToolAnswered("call_" + calls, output));
        return this;
    }

    /** The agent offers three times. */
    Flow offeringTimes() {
        return called("fill_slots", "{\"time\":\"10:00\"}")
                .answered("{\"say\":\"Ten o'clock is taken. I have 10:30, 11:00 or 14:00. Which one would you like?\"}")
                .agent("Ten o'clock is taken. I have 10:30, 11:00 or 14:00. Which one would you like?");
    }

    /** The agent asks for the confirmation of revision 7. */
    Flow atConfirmation() {
        String say = "A cleaning on Tuesday, November 24th at 3 pm for Anna Miller. Shall I book it?";
        return called(
                        "fill_slots",
                        "{\"service\":\"TEETH_CLEANING\",\"date\":\"2026-11-24\",\"time\":\"15:00\",\"name\":\"Anna Miller\"}")
                .answered("{\"say\":\"" + say + "\",\"confirm_revision\":7}")
                .agent(say);
    }

    List<Output> outputs() {
        return brain.respond(turn());
    }

    /** The outputs as text: {@code name{json}} for calls, the words in quotes for speech, joined by a plus. */
    String answer() {
        List<String> texts = new ArrayList<>();
        for (Output output : outputs()) {
            texts.add(
                    switch (output) {
                        case Output.Speak speech -> '"' + speech.text() + '"';
                        case Output.CallTool call -> call.name() + call.arguments();
                    });
        }
        return String.join(" + ", texts);
    }

    /** {@link #answer()} without the free text of questions and details. */
    String gist() {
        return answer().replaceAll(",?\"(?:detail|question)\":\"[^\"]*\"", "").replace("ask{}", "ask");
    }

    Turn turn() {
        return new Turn(
                model,
                instructions,
                order,
                tools,
                toolChoice,
                history,
                ZonedDateTime.of(2026, 11, 20, 9, 0, 0, 0, ZoneId.of("Europe/Berlin")),
                random);
    }

    static ToolSpec tool(String name, String description, String schema) {
        return new ToolSpec(name, description, json(schema));
    }

    public static List<ToolSpec> clinic() {
        return List.of(
                tool("fill_slots", "Call as soon as the caller gives or corrects any value.", """
                        {"type":"object","properties":{
                          "service":{"type":"string","enum":["CHECKUP","TEETH_CLEANING","VACCINATION"],
                            "x-synonyms":{"CHECKUP":["check-up","general check-up","routine visit"],"TEETH_CLEANING":["cleaning"],"VACCINATION":["vaccine","shot"]}},
                          "date":{"type":"string","format":"date"},
                          "time":{"type":"string","format":"time"},
                          "name":{"type":"string","description":"The caller's full name"},
                          "phone":{"type":"string","format":"phone"}}}"""),
                tool("confirm", "The caller answers a confirmation.", """
                        {"type":"object","properties":{"answer":{"type":"string","enum":["yes","no"]},"revision":{"type":"integer"}},"required":["answer","revision"]}"""),
                tool("choose", "The caller picks an alternative.", """
                        {"type":"object","properties":{"option":{"type":"integer"}},"required":["option"]}"""),
                tool(
                        "more_alternatives",
                        "The caller wants something else.",
                        "{\"type\":\"object\",\"properties\":{}}"),
                tool("ask", "The caller asks something.", """
                        {"type":"object","properties":{"question":{"type":"string"}},"required":["question"]}"""),
                tool("control", "The caller steers the call.", """
                        {"type":"object","properties":{"action":{"type":"string","enum":["cancel","repeat","slower","skip","human","unclear","goodbye","chitchat"]},"detail":{"type":"string"}},"required":["action"]}"""));
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
