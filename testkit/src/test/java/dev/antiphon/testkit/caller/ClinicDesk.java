package dev.antiphon.testkit.caller;

import dev.antiphon.testkit.brain.BrainProfile;
import dev.antiphon.testkit.brain.Flow;
import dev.antiphon.testkit.brain.SchemaBrain;
import dev.antiphon.testkit.emulator.Brain;
import dev.antiphon.testkit.emulator.Brain.Entry;
import dev.antiphon.testkit.emulator.Brain.Output;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A clinic's booking in a hundred lines, with the brain as its model: enough to see whether callers and brain understand each
 * other. Ten o'clock on Thursdays is taken; the third no-match moves the call to the larger model; the third silence ends it.
 */
final class ClinicDesk {
    private static final Map<String, String> QUESTIONS = new LinkedHashMap<>();

    static {
        QUESTIONS.put("service", "Which service would you like?");
        QUESTIONS.put("date", "Which day suits you?");
        QUESTIONS.put("time", "What time?");
        QUESTIONS.put("name", "May I have your name?");
        QUESTIONS.put("phone", "And a phone number?");
    }

    private final Brain brain = new SchemaBrain(BrainProfile.ByModel.withoutMisunderstandings());
    private final VirtualCall call;
    private final List<Entry> history = new ArrayList<>();
    private final Map<String, String> slots = new LinkedHashMap<>();
    private final List<String> offered = new ArrayList<>();
    private final List<String> tools = new ArrayList<>();
    private String model = "gpt-realtime-mini";
    private Optional<String> outcome = Optional.empty();
    private int revision;
    private int noMatches;
    private int silences;
    private boolean booked;

    ClinicDesk(CallerScript script) {
        call = new VirtualCall(script, new CallerVoice.Typed());
        speak("Hello! I can help you book a visit. " + question());
    }

    /** Runs the call to its end, at most an hour. */
    ClinicDesk run() {
        Duration quiet = Duration.ZERO;
        while (outcome.isEmpty() && !call.hungUp() && call.elapsed().compareTo(Duration.ofHours(1)) < 0) {
            call.pass(Duration.ofMillis(500));
            List<JsonNode> sent = call.takeSent();
            sent.forEach(this::onClientEvent);
            boolean words = sent.stream()
                    .anyMatch(event -> event.path("type").asString().startsWith("conversation"));
            quiet = words ? Duration.ZERO : quiet.plusMillis(500);
            if (quiet.compareTo(Duration.ofSeconds(8)) >= 0) {
                quiet = Duration.ZERO;
                onSilence();
            }
        }
        outcome.ifPresent(reason -> call.caller().onClosed(1000, reason));
        return this;
    }

    CallRecord record() {
        return call.caller().record();
    }

    Map<String, String> bookedSlots() {
        return booked ? slots : Map.of();
    }

    String model() {
        return model;
    }

    List<String> toolsCalled() {
        return tools;
    }

    private void onSilence() {
        silences++;
        if (silences == 3) {
            speak("I can't hear you, so I'll hang up now. Goodbye.");
            outcome = Optional.of("abandoned");
        } else {
            speak("Are you still there? " + question());
        }
    }

    private void onClientEvent(JsonNode event) {
        String type = event.path("type").asString();
        if (type.equals("conversation.item.create")) {
            history.add(new Entry.UserSaid(event.at("/item/content/0/text").asString(), false));
        } else if (type.equals("response.create")) {
            respond();
            respond();
        }
    }

    private void respond() {
        boolean open = !history.isEmpty() && !(history.getLast() instanceof Entry.AssistantSaid);
        for (Output output : open ? brain.respond(turn()) : List.<Output>of()) {
            switch (output) {
                case Output.Speak speech -> speak(speech.text());
                case Output.CallTool tool -> {
                    tools.add(tool.name());
                    String id = "call_" + tools.size();
                    history.add(new Entry.ToolCalled(id, tool.name(), tool.arguments()));
                    history.add(new Entry.ToolAnswered(
                            id, answer(tool.name(), tool.arguments()).toString()));
                }
            }
        }
    }

    private Brain.Turn turn() {
        return new Brain.Turn(
                model,
                Flow.INSTRUCTIONS,
                Optional.empty(),
                Flow.clinic(),
                "auto",
                history,
                ZonedDateTime.parse("2026-11-20T09:00:00+01:00"),
                new Random(1));
    }

    private void speak(String words) {
        history.add(new Entry.AssistantSaid(words, true));
        call.agentTypes(words);
    }

    private JsonNode answer(String tool, JsonNode arguments) {
        return switch (tool) {
            case "fill_slots" -> fill(arguments);
            case "confirm" -> confirm(arguments);
            case "choose" -> {
                slots.put("time", offered.get(arguments.path("option").asInt() - 1));
                offered.clear();
                yield say("");
            }
            case "ask" -> say("Yes, we take most insurances. ");
            case "control" -> control(arguments.path("action").asString());
            default -> say("");
        };
    }

    private JsonNode fill(JsonNode arguments) {
        arguments
                .properties()
                .forEach(value -> slots.put(value.getKey(), value.getValue().asString()));
        revision++;
        offered.clear();
        boolean thursday = slots.getOrDefault("date", "").equals("2026-11-26");
        if (thursday && slots.getOrDefault("time", "").equals("10:00")) {
            slots.remove("time");
            offered.addAll(List.of("10:30", "11:00", "14:00"));
            return say("Ten o'clock is taken. ");
        }
        return say("");
    }

    private JsonNode confirm(JsonNode arguments) {
        boolean yes = arguments.path("answer").asString().equals("yes");
        if (yes
                && slots.size() == QUESTIONS.size()
                && arguments.path("revision").asInt() == revision) {
            booked = true;
        }
        return say(yes ? "" : "All right. ");
    }

    private JsonNode control(String action) {
        switch (action) {
            case "cancel" -> outcome = Optional.of("abandoned");
            case "goodbye" -> outcome = Optional.of(booked ? "completed" : "abandoned");
            case "unclear" -> {
                noMatches++;
                model = noMatches >= 3 ? "gpt-realtime" : model;
                return say("Sorry, I didn't catch that. ");
            }
            default -> {}
        }
        return say("");
    }

    private ObjectNode say(String lead) {
        ObjectNode answer =
                JsonNodeFactory.instance.objectNode().put("say", outcome.isPresent() ? "Goodbye." : lead + question());
        if (!offered.isEmpty()) {
            answer.set("facts", JsonMapper.shared().valueToTree(Map.of("options", offered)));
        } else if (slots.size() == QUESTIONS.size() && !booked) {
            answer.put("confirm_revision", revision);
        }
        return answer;
    }

    private String question() {
        if (booked) {
            return "You're booked. Is there anything else?";
        }
        if (!offered.isEmpty()) {
            return "I have " + String.join(", ", offered.subList(0, offered.size() - 1)) + " or " + offered.getLast()
                    + ". Which would you like?";
        }
        for (Map.Entry<String, String> each : QUESTIONS.entrySet()) {
            if (!slots.containsKey(each.getKey())) {
                return each.getValue();
            }
        }
        return "A visit on " + slots.get("date") + " at " + slots.get("time") + " for " + slots.get("name")
                + ". Shall I book it?";
    }
}
