package dev.antiphon.realtime;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks of a session in {@code session.update} (protocol section 7). Every part is optional: what is empty
 * stays as the server has it.
 *
 * @param kind a conversation, or transcription only
 * @param model fixed once the session is open
 * @param voice for example {@code marin}; cannot change once the session has spoken
 * @param speed 0.25 to 1.5
 * @param parallelToolCalls whether one response may call several tools, on models that know this
 * @param reasoningEffort {@code minimal} to {@code xhigh}, on models that have it
 * @param maxOutputTokens 1 to 4,096 (newer models: 32,000), or {@link #UNLIMITED}
 * @param includeLogProbs whether transcripts come with their log probabilities
 * @param temperature 0.6 to 1.2; the beta dialect only
 */
public record SessionConfig(
        Kind kind,
        Optional<String> model,
        Optional<String> instructions,
        Optional<Modality> outputModality,
        Optional<AudioFormat> inputFormat,
        Optional<AudioFormat> outputFormat,
        Optional<TurnDetection> turnDetection,
        Optional<InputTranscription> transcription,
        Optional<NoiseReduction> noiseReduction,
        Optional<String> voice,
        Optional<Double> speed,
        Optional<List<SessionTool>> tools,
        Optional<ToolChoice> toolChoice,
        Optional<Boolean> parallelToolCalls,
        Optional<String> reasoningEffort,
        Optional<Integer> maxOutputTokens,
        Optional<Truncation> truncation,
        Optional<Tracing> tracing,
        Optional<PromptTemplate> prompt,
        Optional<Boolean> includeLogProbs,
        Optional<Double> temperature) {

    /** As many output tokens as the model can. On the wire: {@code "inf"}. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    /** What a session is for. */
    public enum Kind {
        /** The model answers. */
        REALTIME,
        /** The caller's audio is transcribed, and nobody answers. */
        TRANSCRIPTION
    }

    /** Speech (with its transcript) or text only. */
    public enum Modality {
        AUDIO,
        TEXT
    }

    public SessionConfig {
        tools = tools.map(List::copyOf);
        speed.filter(s -> !(s >= 0.25 && s <= 1.5)).ifPresent(s -> {
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
        private Kind kind = Kind.REALTIME;
        private @Nullable String model;
        private @Nullable String instructions;
        private @Nullable Modality outputModality;
        private @Nullable AudioFormat inputFormat;
        private @Nullable AudioFormat outputFormat;
        private @Nullable TurnDetection turnDetection;
        private @Nullable InputTranscription transcription;
        private @Nullable NoiseReduction noiseReduction;
        private @Nullable String voice;
        private @Nullable Double speed;
        private @Nullable List<SessionTool> tools;
        private @Nullable ToolChoice toolChoice;
        private @Nullable Boolean parallelToolCalls;
        private @Nullable String reasoningEffort;
        private @Nullable Integer maxOutputTokens;
        private @Nullable Truncation truncation;
        private @Nullable Tracing tracing;
        private @Nullable PromptTemplate prompt;
        private @Nullable Boolean includeLogProbs;
        private @Nullable Double temperature;

        private Builder() {}

        public Builder kind(Kind of) {
            this.kind = of;
            return this;
        }

        public Builder model(String value) {
            this.model = value;
            return this;
        }

        public Builder instructions(String value) {
            this.instructions = value;
            return this;
        }

        public Builder outputModality(Modality value) {
            this.outputModality = value;
            return this;
        }

        public Builder inputFormat(AudioFormat value) {
            this.inputFormat = value;
            return this;
        }

        public Builder outputFormat(AudioFormat value) {
            this.outputFormat = value;
            return this;
        }

        public Builder turnDetection(TurnDetection value) {
            this.turnDetection = value;
            return this;
        }

        public Builder transcription(InputTranscription value) {
            this.transcription = value;
            return this;
        }

        /** By this model, with its defaults. */
        public Builder transcription(String model) {
            return transcription(InputTranscription.Model.named(model));
        }

        public Builder noiseReduction(NoiseReduction value) {
            this.noiseReduction = value;
            return this;
        }

        public Builder voice(String value) {
            this.voice = value;
            return this;
        }

        public Builder speed(double value) {
            this.speed = value;
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

        public Builder maxOutputTokens(int value) {
            this.maxOutputTokens = value;
            return this;
        }

        public Builder truncation(Truncation value) {
            this.truncation = value;
            return this;
        }

        public Builder tracing(Tracing value) {
            this.tracing = value;
            return this;
        }

        public Builder prompt(PromptTemplate value) {
            this.prompt = value;
            return this;
        }

        public Builder includeLogProbs(boolean value) {
            this.includeLogProbs = value;
            return this;
        }

        public Builder temperature(double value) {
            this.temperature = value;
            return this;
        }

        private SessionConfig build() {
            return new SessionConfig(
                    kind,
                    Optional.ofNullable(model),
                    Optional.ofNullable(instructions),
                    Optional.ofNullable(outputModality),
                    Optional.ofNullable(inputFormat),
                    Optional.ofNullable(outputFormat),
                    Optional.ofNullable(turnDetection),
                    Optional.ofNullable(transcription),
                    Optional.ofNullable(noiseReduction),
                    Optional.ofNullable(voice),
                    Optional.ofNullable(speed),
                    Optional.ofNullable(tools),
                    Optional.ofNullable(toolChoice),
                    Optional.ofNullable(parallelToolCalls),
                    Optional.ofNullable(reasoningEffort),
                    Optional.ofNullable(maxOutputTokens),
                    Optional.ofNullable(truncation),
                    Optional.ofNullable(tracing),
                    Optional.ofNullable(prompt),
                    Optional.ofNullable(includeLogProbs),
                    Optional.ofNullable(temperature));
        }
    }
}
