package dev.antiphon.testkit.emulator;

import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/**
 * What answers inside the emulator in place of a model. Deterministic for the same turn and random stream; thread-safe.
 */
public interface Brain {

    /** Decides what one response contains, in order: speech, tool calls, or both. Never empty. */
    List<Output> respond(Turn turn);

    /** One piece of a response. */
    sealed interface Output {
        /** Speech (or text, as the session asks). */
        record Speak(String text) implements Output {}

        /** A call of one of the turn's tools, by its name there. */
        record CallTool(String name, JsonNode arguments) implements Output {}
    }

    /**
     * What a response is made from.
     *
     * @param model the model name of the session, for tier profiles
     * @param instructions the session's instructions
     * @param responseInstructions the overrides of this {@code response.create}, if any
     * @param tools the tools in force, possibly empty, with names of their own
     * @param toolChoice {@code auto}, {@code none}, {@code required}, or {@code function:NAME}
     * @param history the conversation so far, oldest first, truncated where the caller stopped listening
     * @param now the emulator's time in its zone
     * @param random the session's seeded random stream
     */
    record Turn(
            String model,
            String instructions,
            Optional<String> responseInstructions,
            List<ToolSpec> tools,
            String toolChoice,
            List<Entry> history,
            ZonedDateTime now,
            RandomGenerator random) {
        public Turn {
            tools = List.copyOf(tools);
            history = List.copyOf(history);
        }
    }

    /**
     * A tool, alike for the brain whoever runs it: a function as the session declares it, or one that a remote server lists.
     *
     * @param parameters JSON Schema of its arguments
     */
    record ToolSpec(String name, String description, JsonNode parameters) {}

    /** One entry of the conversation. */
    sealed interface Entry {
        /** A system message. */
        record SystemSaid(String text) implements Entry {}

        /** The user typed, or spoke words that the emulator recognised. */
        record UserSaid(String text, boolean spoken) implements Entry {}

        /** The user spoke, and the emulator cannot transcribe it. */
        record UserUnintelligible() implements Entry {}

        /** The assistant said this; {@code heardAll} is false when it was truncated. */
        record AssistantSaid(String text, boolean heardAll) implements Entry {}

        /** The assistant called a tool. */
        record ToolCalled(String callId, String name, JsonNode arguments) implements Entry {}

        /** A tool's answer, as text. */
        record ToolAnswered(String callId, String output) implements Entry {}
    }
}
