package dev.antiphon.realtime;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Overrides of one {@code response.create} (protocol section 8). What is empty follows the session.
 *
 * @param instructions replaces the session's instructions for this response
 * @param outputModality speech or text
 * @param outputFormat of the speech
 * @param voice of the speech
 * @param tools replaces the session's tools
 * @param toolChoice replaces the session's tool choice
 * @param parallelToolCalls whether it may call several tools, on models that know this
 * @param reasoningEffort {@code minimal} to {@code xhigh}, on models that have it
 * @param conversation where it is written to
 * @param input full replacement context; empty: the conversation
 * @param metadata at most 16 pairs, key up to 64 and value up to 512 characters; echoed by the server
 * @param maxOutputTokens 1 to 4,096, or {@link SessionConfig#UNLIMITED}
 * @param prompt a prompt that the provider keeps
 * @param temperature 0.6 to 1.2; the beta dialect only
 */
public record ResponseConfig(
        Optional<String> instructions,
        Optional<SessionConfig.Modality> outputModality,
        Optional<AudioFormat> outputFormat,
        Optional<String> voice,
        Optional<List<SessionTool>> tools,
        Optional<ToolChoice> toolChoice,
        Optional<Boolean> parallelToolCalls,
        Optional<String> reasoningEffort,
        Conversation conversation,
        Optional<List<Item>> input,
        Map<String, String> metadata,
        Optional<Integer> maxOutputTokens,
        Optional<PromptTemplate> prompt,
        Optional<Double> temperature) {

    /** Where a response is written to. */
    public enum Conversation {
        /** The default conversation. */
        AUTO,
        /** Nowhere: out of band. */
        NONE
    }

    /** Nothing overridden. */
    public static final ResponseConfig NONE = of(overrides -> {});

    public ResponseConfig {
        tools = tools.map(List::copyOf);
        input = input.map(List::copyOf);
        metadata = Map.copyOf(metadata);
        if (metadata.size() > 16) {
            throw new IllegalArgumentException("metadata must have at most 16 pairs, but had " + metadata.size());
        }
    }

    /** Builds overrides; what the lambda does not set stays empty. */
    public static ResponseConfig of(Consumer<Builder> overrides) {
        Builder builder = new Builder();
        overrides.accept(builder);
        return builder.build();
    }

    /** Whether nothing is written to the conversation. */
    public boolean outOfBand() {
        return conversation == Conversation.NONE;
    }

    /** Collects the overrides inside {@link #of}. Not thread-safe. */
    public static final class Builder {
        private @Nullable String instructions;
        private SessionConfig.@Nullable Modality outputModality;
        private @Nullable AudioFormat outputFormat;
        private @Nullable String voice;
        private @Nullable List<SessionTool> tools;
        private @Nullable ToolChoice toolChoice;
        private @Nullable Boolean parallelToolCalls;
        private @Nullable String reasoningEffort;
        private Conversation conversation = Conversation.AUTO;
        private @Nullable List<Item> input;
        private Map<String, String> metadata = Map.of();
        private @Nullable Integer maxOutputTokens;
        private @Nullable PromptTemplate prompt;
        private @Nullable Double temperature;

        private Builder() {}

        public Builder instructions(String value) {
            this.instructions = value;
            return this;
        }

        public Builder outputModality(SessionConfig.Modality value) {
            this.outputModality = value;
            return this;
        }

        public Builder outputFormat(AudioFormat value) {
            this.outputFormat = value;
            return this;
        }

        public Builder voice(String value) {
            this.voice = value;
            return this;
        }

        public Builder tools(List<? extends SessionTool> value) {
            this.tools = List.copyOf(value);
            return this;
        }

        public Builder toolChoice(ToolChoice value) {
            this.toolChoice = value;
            return this;
        }

        public Builder parallelToolCalls(boolean value) {
            this.parallelToolCalls = value;
            return this;
        }

        public Builder reasoningEffort(String value) {
            this.reasoningEffort = value;
            return this;
        }

        public Builder conversation(Conversation value) {
            this.conversation = value;
            return this;
        }

        public Builder input(List<? extends Item> value) {
            this.input = List.copyOf(value);
            return this;
        }

        public Builder metadata(Map<String, String> value) {
            this.metadata = value;
            return this;
        }

        public Builder maxOutputTokens(int value) {
            this.maxOutputTokens = value;
            return this;
        }

        public Builder prompt(PromptTemplate value) {
            this.prompt = value;
            return this;
        }

        public Builder temperature(double value) {
            this.temperature = value;
            return this;
        }

        private ResponseConfig build() {
            return new ResponseConfig(
                    Optional.ofNullable(instructions),
                    Optional.ofNullable(outputModality),
                    Optional.ofNullable(outputFormat),
                    Optional.ofNullable(voice),
                    Optional.ofNullable(tools),
                    Optional.ofNullable(toolChoice),
                    Optional.ofNullable(parallelToolCalls),
                    Optional.ofNullable(reasoningEffort),
                    conversation,
                    Optional.ofNullable(input),
                    metadata,
                    Optional.ofNullable(maxOutputTokens),
                    Optional.ofNullable(prompt),
                    Optional.ofNullable(temperature));
        }
    }
}
