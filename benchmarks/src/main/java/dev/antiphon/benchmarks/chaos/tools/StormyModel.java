package dev.antiphon.benchmarks.chaos.tools;

import dev.antiphon.testkit.brain.BrainProfile;
import dev.antiphon.testkit.brain.SchemaBrain;
import dev.antiphon.testkit.emulator.Brain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The emulated model, which also calls the desk's tools when callers ask for what is theirs, sometimes twice, and tells results
 * that came late.
 */
final class StormyModel implements Brain {
    /** How instructions name the call that they are for. */
    static final Pattern CALL = Pattern.compile("This is call (\\d+)\\.");

    private static final Pattern LATE = Pattern.compile("which took longer, has come: (.*)\\nTell the caller");

    private final SchemaBrain plain = new SchemaBrain(BrainProfile.ByModel.withoutMisunderstandings());
    private final Storm storm;

    StormyModel(Storm storm) {
        this.storm = storm;
    }

    @Override
    public List<Output> respond(Turn turn) {
        if (turn.responseInstructions().isPresent()) {
            return plain.respond(turn);
        }
        List<Output> outputs = new ArrayList<>();
        boolean mustCall = turn.toolChoice().equals("required");
        if (!mustCall) {
            untold(turn.history()).ifPresent(result -> outputs.add(new Output.Speak("By the way: " + result)));
        }
        Optional<Call> call = call(turn);
        boolean mayCall = mustCall || turn.toolChoice().equals("auto");
        Optional<Question> asked = mayCall ? asked(turn) : Optional.empty();
        if (call.isPresent() && asked.isPresent()) {
            outputs.addAll(calls(call.get(), asked.get()));
        } else if (outputs.isEmpty() || !callerWords(turn.history()).isBlank()) {
            outputs.addAll(plain.respond(turn));
        }
        return outputs;
    }

    private Optional<Call> call(Turn turn) {
        Matcher matcher = CALL.matcher(turn.instructions());
        return matcher.find() ? storm.find(Integer.parseInt(matcher.group(1))) : Optional.empty();
    }

    private static Optional<Question> asked(Turn turn) {
        String words = callerWords(turn.history());
        return Arrays.stream(Question.values())
                .filter(question -> words.contains(question.words()))
                .filter(question ->
                        turn.tools().stream().anyMatch(tool -> tool.name().equals(question.tool())))
                .findFirst();
    }

    private List<Output> calls(Call call, Question question) {
        storm.modelCalls(call, question);
        Output once = new Output.CallTool(
                question.tool(), JsonNodeFactory.instance.objectNode().put("caller", call.number));
        if (question == call.question && storm.strikes(call, Strike.MODEL_CALLS_IT_TWICE_AT_ONCE)) {
            return List.of(once, once);
        }
        // So that the dialog has a word, too, while the tool runs.
        return call.strike == Strike.TIER_CHANGES_WHILE_TOOL_RUNS
                ? List.of(
                        once,
                        new Output.CallTool(
                                "control", JsonNodeFactory.instance.objectNode().put("action", "chitchat")))
                : List.of(once);
    }

    /** What the caller said since the model did anything. */
    private static String callerWords(List<Entry> history) {
        StringBuilder words = new StringBuilder();
        for (Entry entry : history) {
            switch (entry) {
                case Entry.UserSaid user -> words.append(' ').append(user.text());
                case Entry.AssistantSaid ignored -> words.setLength(0);
                case Entry.ToolCalled ignored -> words.setLength(0);
                case Entry.SystemSaid ignored -> {}
                case Entry.UserUnintelligible ignored -> {}
                case Entry.ToolAnswered ignored -> {}
            }
        }
        return words.toString();
    }

    private static Optional<String> untold(List<Entry> history) {
        String result = "";
        for (Entry entry : history) {
            switch (entry) {
                case Entry.SystemSaid system -> {
                    Matcher late = LATE.matcher(system.text());
                    result = late.find() ? late.group(1) : result;
                }
                case Entry.AssistantSaid said -> result = said.text().contains(result) ? "" : result;
                case Entry.UserSaid ignored -> {}
                case Entry.UserUnintelligible ignored -> {}
                case Entry.ToolCalled ignored -> {}
                case Entry.ToolAnswered ignored -> {}
            }
        }
        return Optional.of(result).filter(words -> !words.isEmpty());
    }
}
