package dev.antiphon.testkit.brain;

import dev.antiphon.testkit.emulator.Brain;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A simulated model: it reads the session's tools and their JSON Schemas, fills them from what the caller said in English, or in
 * everyday German where the instructions say "Speak German", and speaks what a tool's answer tells it to say. It makes the emulator a usable partner without any model; what it understands is
 * what its phrase tables hold, and nothing that it does says how a real model behaves.
 *
 * <p>Deterministic for the same turn and random stream; stateless and thread-safe.
 *
 * <p>Words of a caller that begin with {@code (mumbles)} are understood by models whose profile says so, and by others answered
 * with a no-match: a convention of this simulation that lets a script make a small model struggle.
 */
public final class SchemaBrain implements Brain {
    /** What the brain says when the caller spoke and no transcript exists. */
    public static final String CANNOT_TRANSCRIBE =
            "I am a simulated model and cannot transcribe live speech. Please type, or use the simulated caller.";

    private static final String DEFAULT_PHONE_REGION = "US";
    private static final Pattern EXACT_WORDS = Pattern.compile("\"\"\"(.*?)\"\"\"", Pattern.DOTALL);
    private static final Pattern QUOTED_WORDS =
            Pattern.compile("\\b(?:say|reply|respond|answer|greet)\\b[^\"]*\"([^\"]+)\"", Pattern.CASE_INSENSITIVE);
    private static final Pattern MUMBLED = Pattern.compile("\\((?:mumbles|mumbling)\\)\\s*", Pattern.CASE_INSENSITIVE);
    private static final String FUNCTION = "function:";

    private final BrainProfile.ByModel profiles;
    private final String phoneRegion;

    /** A brain with the default profiles; phone numbers without a country code are of the United States. */
    public SchemaBrain() {
        this(BrainProfile.ByModel.defaults());
    }

    /** A brain with these profiles; phone numbers without a country code are of the United States. */
    public SchemaBrain(BrainProfile.ByModel profiles) {
        this(profiles, DEFAULT_PHONE_REGION);
    }

    /**
     * A brain.
     *
     * @param profiles how well which model understands
     * @param phoneRegion the ISO 3166 region of phone numbers without a country code, for example {@code DE}
     */
    public SchemaBrain(BrainProfile.ByModel profiles, String phoneRegion) {
        this.profiles = profiles;
        this.phoneRegion = phoneRegion;
    }

    @Override
    public List<Output> respond(Turn turn) {
        Optional<String> ordered = orderedWords(turn);
        if (ordered.isPresent()) {
            return List.of(new Output.Speak(ordered.get()));
        }
        Scene scene = Scene.of(turn);
        Optional<Output> entry = turn.toolChoice().equals("none") ? Optional.empty() : EntryChoice.of(turn, scene);
        if (entry.isPresent()) {
            return List.of(entry.get());
        }
        return switch (Choice.of(turn)) {
            case Choice.NoTool ignored -> List.of(new Output.Speak(talk(turn, scene)));
            case Choice.Free free ->
                scene.answers().isEmpty()
                        ? answerCaller(turn, scene, free.tools(), false)
                        : List.of(new Output.Speak(told(turn, scene)));
            case Choice.Must must -> answerCaller(turn, scene, must.tools(), true);
        };
    }

    /** What {@code tool_choice} and the tools in force allow. */
    private sealed interface Choice {
        record NoTool() implements Choice {}

        record Free(List<ToolSpec> tools) implements Choice {}

        record Must(List<ToolSpec> tools) implements Choice {}

        static Choice of(Turn turn) {
            String choice = turn.toolChoice();
            if (turn.tools().isEmpty() || choice.equals("none")) {
                return new NoTool();
            }
            if (choice.startsWith(FUNCTION)) {
                String name = choice.substring(FUNCTION.length());
                List<ToolSpec> only = turn.tools().stream()
                        .filter(tool -> tool.name().equals(name))
                        .toList();
                return only.isEmpty() ? new NoTool() : new Must(only);
            }
            return choice.equals("required") ? new Must(turn.tools()) : new Free(turn.tools());
        }
    }

    private static Optional<String> orderedWords(Turn turn) {
        String order = turn.responseInstructions().orElse("");
        Matcher exact = EXACT_WORDS.matcher(order);
        if (exact.find()) {
            return Optional.of(exact.group(1).strip());
        }
        Matcher quoted = QUOTED_WORDS.matcher(order);
        return quoted.find() ? Optional.of(quoted.group(1).strip()) : Optional.empty();
    }

    private static String told(Turn turn, Scene scene) {
        String told = Narrator.tell(scene.answers());
        return Aside.backTo(turn, scene).map(question -> told + " " + question).orElse(told);
    }

    /** Speech where no tool may be called. */
    private static String talk(Turn turn, Scene scene) {
        if (!scene.answers().isEmpty()) {
            return told(turn, scene);
        }
        if (scene.unintelligible()) {
            return cannotTranscribe(scene);
        }
        if (scene.callerWords().isBlank()) {
            return greeting(scene);
        }
        return turn.tools().isEmpty()
                ? "This is a simulated model without tools. I heard: " + scene.callerWords()
                : "I heard: " + scene.callerWords();
    }

    private static String greeting(Scene scene) {
        return scene.agentWords().isEmpty() ? "Hello. How can I help you?" : "Are you still there?";
    }

    private static String cannotTranscribe(Scene scene) {
        return scene.admittedDeafness() ? "Please type, or use the simulated caller." : CANNOT_TRANSCRIBE;
    }

    private List<Output> answerCaller(Turn turn, Scene scene, List<ToolSpec> tools, boolean mustCall) {
        if (!mustCall && scene.unintelligible()) {
            return List.of(new Output.Speak(cannotTranscribe(scene)));
        }
        if (!mustCall && scene.callerWords().isBlank()) {
            return List.of(new Output.Speak(greeting(scene)));
        }
        BrainProfile profile = profiles.of(turn.model());
        List<Output> plan = plan(turn, tools, mustCall, profile);
        if (scene.callerWords().isBlank() || !Misunderstanding.strikes(profile, turn.random())) {
            return plan;
        }
        List<Output> spoiled = Misunderstanding.of(
                plan, tools, new ConventionPlanner(tools, scene, today(turn)).unclear(), turn.random());
        return mustCall && spoiled.stream().noneMatch(Output.CallTool.class::isInstance) ? plan : spoiled;
    }

    private List<Output> plan(Turn said, List<ToolSpec> allowed, boolean mustCall, BrainProfile profile) {
        LocalDate today = today(said);
        Interpreter interpreter = Interpreter.of(said);
        Turn turn = interpreter.inEnglish();
        Scene scene = Scene.of(turn);
        List<ToolSpec> tools = turn.tools().stream()
                .filter(tool -> allowed.stream().anyMatch(each -> each.name().equals(tool.name())))
                .toList();
        Matcher mumbled = MUMBLED.matcher(scene.callerWords());
        boolean lost = mumbled.find() && !profile.understandsMumbling();
        Scene heard = scene.withCallerWords(mumbled.replaceAll(""));
        ConventionPlanner convention = new ConventionPlanner(tools, heard, today);
        List<Output> calls = List.of();
        if (lost || heard.callerWords().isBlank()) {
            calls = convention.unclear();
        } else if (ConventionPlanner.appliesTo(tools)) {
            calls = wishes(turn, heard, tools, today);
        }
        if (calls.isEmpty() && !lost) {
            calls = generic(turn, heard, tools, mustCall).stream().toList();
        }
        if (calls.isEmpty()) {
            calls = !lost && TaskWords.repeatsGoal(turn.instructions(), heard.callerWords())
                    ? convention.chitchat()
                    : convention.unclear();
        }
        return calls.isEmpty() ? List.of(new Output.Speak(notUnderstood(scene))) : interpreter.back(calls, today);
    }

    /** The calls for all wishes of one utterance. */
    private List<Output> wishes(Turn turn, Scene heard, List<ToolSpec> tools, LocalDate today) {
        List<Property> slots = ConventionPlanner.slots(tools);
        TaskChoice tasks = new TaskChoice(tools, heard);
        List<String> parts = new SeveralWishes(slots, today, phoneRegion, tasks::isOfOtherFlow).of(heard.callerWords());
        Scene first = parts.size() > 1 ? heard.withCallerWords(parts.getFirst()) : heard;
        ConventionPlanner planner = new ConventionPlanner(tools, first, today);
        List<Output> calls = planner.plan(
                Understanding.of(first, slots, today, phoneRegion),
                question -> new GenericPlanner(turn, first, today, phoneRegion).about(question, Aside.tools(tools)));
        for (String part : parts.subList(Math.min(1, parts.size()), parts.size())) {
            Scene apart = heard.apart(part);
            Understanding understood = Understanding.of(apart, slots, today, phoneRegion);
            List<Output> before = planner.beginning(calls, understood);
            calls = new ArrayList<>(before);
            calls.addAll(new ConventionPlanner(tools, apart, today).further(understood, before));
        }
        return calls;
    }

    private Optional<Output> generic(Turn turn, Scene scene, List<ToolSpec> tools, boolean mustCall) {
        boolean flow = ConventionPlanner.appliesTo(tools);
        List<ToolSpec> own = flow ? Aside.tools(tools) : tools;
        return new GenericPlanner(turn, scene, today(turn), phoneRegion).plan(own, mustCall && !flow);
    }

    private static String notUnderstood(Scene scene) {
        return Phrases.smallTalk(scene.callerWords())
                ? "Hello. How can I help you?"
                : "Sorry, I am a simulated model and did not understand that. Could you say it in other words?";
    }

    private static LocalDate today(Turn turn) {
        return Today.of(turn.instructions(), turn.now());
    }
}
