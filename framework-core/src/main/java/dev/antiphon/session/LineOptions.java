package dev.antiphon.session;

import dev.antiphon.realtime.AudioFormat;
import dev.antiphon.realtime.McpTool;
import dev.antiphon.realtime.NoiseReduction;
import dev.antiphon.realtime.SessionConfig;
import dev.antiphon.realtime.Tracing;
import dev.antiphon.realtime.Truncation;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What every model connection of a call is told beside voice and tools (protocol section 7). Immutable. What is empty
 * stays as the service has it; a service that does not know a setting refuses the call, so set only what its models have.
 *
 * @param inputFormat what the model hears, whatever the caller speaks; default the caller's, which costs no conversion
 * @param outputFormat what the model speaks, whatever the caller hears; default the caller's, which costs no conversion
 * @param noiseReduction before turn detection and the model
 * @param speed of the agent's speech, 0.25 to 1.5
 * @param truncation what becomes of the oldest items when the context is full
 * @param reasoningEffort {@code minimal} to {@code xhigh}; gpt-realtime-2 and later
 * @param parallelToolCalls whether one response may call several tools; gpt-realtime-2 and later
 * @param maxOutputTokens of one response, 1 to 32,000, or {@link SessionConfig#UNLIMITED}
 * @param tracing by the provider; cannot change within a connection
 * @param mcpServers remote tools that the service calls itself (protocol section 13)
 * @param mcpApproval answers the service when it asks whether it may call one of them; default: no
 */
public record LineOptions(
        Optional<AudioFormat> inputFormat,
        Optional<AudioFormat> outputFormat,
        Optional<NoiseReduction> noiseReduction,
        Optional<Double> speed,
        Optional<Truncation> truncation,
        Optional<String> reasoningEffort,
        Optional<Boolean> parallelToolCalls,
        Optional<Integer> maxOutputTokens,
        Optional<Tracing> tracing,
        List<McpTool> mcpServers,
        McpApproval mcpApproval) {

    /** Nothing set; no remote tool is approved. */
    public static final LineOptions NONE = of(options -> {});

    public LineOptions {
        mcpServers = List.copyOf(mcpServers);
        speed.filter(s -> !(s >= 0.25 && s <= 1.5)).ifPresent(s -> {
            throw new IllegalArgumentException("speed must be between 0.25 and 1.5, but was " + s);
        });
        maxOutputTokens
                .filter(t -> t != SessionConfig.UNLIMITED && (t < 1 || t > 32_000))
                .ifPresent(t -> {
                    throw new IllegalArgumentException("maxOutputTokens must be 1 to 32000, but was " + t);
                });
    }

    /** Builds options; what the lambda does not set stays empty. */
    public static LineOptions of(Consumer<Builder> settings) {
        Builder builder = new Builder();
        settings.accept(builder);
        return builder.build();
    }

    /** A copy with another effort of reasoning. */
    public LineOptions withReasoningEffort(String effort) {
        return new LineOptions(
                inputFormat,
                outputFormat,
                noiseReduction,
                speed,
                truncation,
                Optional.of(effort),
                parallelToolCalls,
                maxOutputTokens,
                tracing,
                mcpServers,
                mcpApproval);
    }

    /** Adds the options to a connection's configuration; {@code begun} leaves out what cannot be said twice. */
    void applyTo(SessionConfig.Builder config, boolean begun) {
        noiseReduction.ifPresent(config::noiseReduction);
        speed.ifPresent(config::speed);
        truncation.ifPresent(config::truncation);
        reasoningEffort.ifPresent(config::reasoningEffort);
        parallelToolCalls.ifPresent(config::parallelToolCalls);
        maxOutputTokens.ifPresent(config::maxOutputTokens);
        if (!begun) {
            tracing.ifPresent(config::tracing);
        }
    }

    /** Collects the options inside {@link #of}. Not thread-safe. */
    public static final class Builder {
        private @Nullable AudioFormat inputFormat;
        private @Nullable AudioFormat outputFormat;
        private @Nullable NoiseReduction noiseReduction;
        private @Nullable Double speed;
        private @Nullable Truncation truncation;
        private @Nullable String reasoningEffort;
        private @Nullable Boolean parallelToolCalls;
        private @Nullable Integer maxOutputTokens;
        private @Nullable Tracing tracing;
        private List<McpTool> mcpServers = List.of();
        private McpApproval mcpApproval = McpApproval.denyAll();

        private Builder() {}

        public Builder inputFormat(AudioFormat value) {
            this.inputFormat = value;
            return this;
        }

        public Builder outputFormat(AudioFormat value) {
            this.outputFormat = value;
            return this;
        }

        public Builder noiseReduction(NoiseReduction value) {
            this.noiseReduction = value;
            return this;
        }

        public Builder speed(double value) {
            this.speed = value;
            return this;
        }

        public Builder truncation(Truncation value) {
            this.truncation = value;
            return this;
        }

        public Builder reasoningEffort(String value) {
            this.reasoningEffort = value;
            return this;
        }

        public Builder parallelToolCalls(boolean value) {
            this.parallelToolCalls = value;
            return this;
        }

        public Builder maxOutputTokens(int value) {
            this.maxOutputTokens = value;
            return this;
        }

        public Builder tracing(Tracing value) {
            this.tracing = value;
            return this;
        }

        public Builder mcpServers(List<McpTool> value) {
            this.mcpServers = value;
            return this;
        }

        public Builder mcpApproval(McpApproval value) {
            this.mcpApproval = value;
            return this;
        }

        private LineOptions build() {
            return new LineOptions(
                    Optional.ofNullable(inputFormat),
                    Optional.ofNullable(outputFormat),
                    Optional.ofNullable(noiseReduction),
                    Optional.ofNullable(speed),
                    Optional.ofNullable(truncation),
                    Optional.ofNullable(reasoningEffort),
                    Optional.ofNullable(parallelToolCalls),
                    Optional.ofNullable(maxOutputTokens),
                    Optional.ofNullable(tracing),
                    mcpServers,
                    mcpApproval);
        }
    }
}
