package dev.antiphon.realtime;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks of a session in {@code session.update} (protocol section 7). Every part is optional: what is empty
 * stays as the server has it.
 *
 * @param transcription the input transcription model, for example {@code gpt-4o-mini-transcribe}
 * @param voice for example {@code marin}; cannot change once the session has spoken
 * @param speed 0.25 to 1.5
 * @param reasoningEffort {@code minimal} to {@code xhigh}, on models that have it
 * @param maxOutputTokens 1 to 4,096; empty means the model's limit
 */
public record SessionConfig(
        Optional<String> instructions,
        Optional<Modality> outputModality,
        Optional<AudioFormat> inputFormat,
        Optional<AudioFormat> outputFormat,
        Optional<TurnDetection> turnDetection,
        Optional<String> transcription,
        Optional<String> voice,
        Optional<Double> speed,
        Optional<List<FunctionTool>> tools,
        Optional<ToolChoice> toolChoice,
        Optional<String> reasoningEffort,
        Optional<Integer> maxOutputTokens) {

    /** Speech (with its transcript) or text only. */
    public enum Modality {
        AUDIO,
        TEXT
    }

    public SessionConfig {
        tools = tools.map(List::copyOf);
        speed.filter(s -> s < 0.25 || s > 1.5).ifPresent(s -> {
            throw new IllegalArgumentException("speed must be between 0.25 and 1.5, but was " + s);
        });
    }

    /** Builds a configuration; what the lambda does not set stays empty. */
    public static SessionConfig of(Consumer<Builder> settings) {
        Builder builder = new Builder();
        settings.accept(builder);
        return builder.build();
    }

    /** Collects the settings inside {@link #of}. Not thread-safe. */
    public static final class Builder {
        private @Nullable String instructions;
        private @Nullable Modality outputModality;
        private @Nullable AudioFormat inputFormat;
        private @Nullable AudioFormat outputFormat;
        private @Nullable TurnDetection turnDetection;
        private @Nullable String transcription;
        private @Nullable String voice;
        private @Nullable Double speed;
        private @Nullable List<FunctionTool> tools;
        private @Nullable ToolChoice toolChoice;
        private @Nullable String reasoningEffort;
        private @Nullable Integer maxOutputTokens;

        private Builder() {}

        public Builder instructions(String text) {
            this.instructions = text;
            return this;
        }

        public Builder outputModality(Modality modality) {
            this.outputModality = modality;
            return this;
        }

        public Builder inputFormat(AudioFormat format) {
            this.inputFormat = format;
            return this;
        }

        public Builder outputFormat(AudioFormat format) {
            this.outputFormat = format;
            return this;
        }

        public Builder turnDetection(TurnDetection detection) {
            this.turnDetection = detection;
            return this;
        }

        public Builder transcription(String model) {
            this.transcription = model;
            return this;
        }

        public Builder voice(String name) {
            this.voice = name;
            return this;
        }

        public Builder speed(double factor) {
            this.speed = factor;
            return this;
        }

        public Builder tools(List<FunctionTool> offered) {
            this.tools = offered;
            return this;
        }

        public Builder toolChoice(ToolChoice choice) {
            this.toolChoice = choice;
            return this;
        }

        public Builder reasoningEffort(String effort) {
            this.reasoningEffort = effort;
            return this;
        }

        public Builder maxOutputTokens(int tokens) {
            this.maxOutputTokens = tokens;
            return this;
        }

        private SessionConfig build() {
            return new SessionConfig(
                    Optional.ofNullable(instructions),
                    Optional.ofNullable(outputModality),
                    Optional.ofNullable(inputFormat),
                    Optional.ofNullable(outputFormat),
                    Optional.ofNullable(turnDetection),
                    Optional.ofNullable(transcription),
                    Optional.ofNullable(voice),
                    Optional.ofNullable(speed),
                    Optional.ofNullable(tools),
                    Optional.ofNullable(toolChoice),
                    Optional.ofNullable(reasoningEffort),
                    Optional.ofNullable(maxOutputTokens));
        }
    }
}
