package dev.antiphon.realtime.wire;

import dev.antiphon.realtime.InputTranscription;
import dev.antiphon.realtime.NoiseReduction;
import dev.antiphon.realtime.PromptTemplate;
import dev.antiphon.realtime.RawJson;
import dev.antiphon.realtime.SessionConfig;
import dev.antiphon.realtime.SessionConfig.Kind;
import dev.antiphon.realtime.SessionInfo;
import dev.antiphon.realtime.Tracing;
import dev.antiphon.realtime.Truncation;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes session objects (protocol sections 4 and 7).
 *
 * @param asServer as a server shows a session: a custom voice by its plain id; else as a client asks for it, by an object
 */
record SessionWriter(Spelling spelling, boolean asServer) {
    private static final String LOG_PROBS = "item.input_audio_transcription.logprobs";

    /** The session as it was sent, or, when nothing was kept of that or it is spelled otherwise, from its parts. */
    void info(JsonObjectWriter out, SessionInfo session) {
        if (isAsSent(session)) {
            out.fieldsOf(session.raw());
            return;
        }
        out.text("object", objectName(session.config().kind())).text("id", session.id());
        session.expiresAt().ifPresent(at -> out.number("expires_at", at.getEpochSecond()));
        config(out, session.config());
    }

    private boolean isAsSent(SessionInfo session) {
        if (session.raw().equals(RawJson.EMPTY_OBJECT)) {
            return false;
        }
        Fields raw = Json.fields(session.raw());
        return Spelling.of(raw) == spelling && SessionReader.info(raw).config().equals(session.config());
    }

    private static String objectName(Kind kind) {
        return kind == Kind.REALTIME ? "realtime.session" : "realtime.transcription_session";
    }

    void config(JsonObjectWriter out, SessionConfig config) {
        if (spelling == Spelling.GA) {
            ga(out, config);
        } else {
            beta(out, config);
        }
    }

    private void ga(JsonObjectWriter out, SessionConfig config) {
        out.text("type", config.kind().name().toLowerCase(Locale.ROOT));
        if (config.kind() == Kind.REALTIME) {
            shared(out, config);
            config.parallelToolCalls().ifPresent(parallel -> out.flag("parallel_tool_calls", parallel));
            new ResponseSettingsWriter(spelling, asServer).reasoning(out, config.reasoningEffort());
            later(out, config);
        }
        include(out, config);
        if (hasInput(config) || hasOutput(config)) {
            out.object("audio", audio -> audio(audio, config));
        }
    }

    private void audio(JsonObjectWriter out, SessionConfig config) {
        if (hasInput(config)) {
            out.object("input", input -> {
                new ResponseSettingsWriter(spelling, asServer).format(input, "format", config.inputFormat());
                transcription(input, "transcription", config.transcription());
                noiseReduction(input, "noise_reduction", config.noiseReduction());
                config.turnDetection().ifPresent(detection -> TurnDetectionWriter.write(input, detection));
            });
        }
        if (hasOutput(config)) {
            out.object("output", output -> {
                new ResponseSettingsWriter(spelling, asServer).output(output, config.outputFormat(), config.voice());
                speed(output, config);
            });
        }
    }

    private void beta(JsonObjectWriter out, SessionConfig config) {
        ResponseSettingsWriter shared = new ResponseSettingsWriter(spelling, asServer);
        if (config.kind() == Kind.REALTIME) {
            shared(out, config);
            shared.output(out, config.outputFormat(), config.voice());
            speed(out, config);
            config.temperature().ifPresent(t -> out.decimal("temperature", BigDecimal.valueOf(t)));
            later(out, config);
        }
        include(out, config);
        shared.format(out, "input_audio_format", config.inputFormat());
        transcription(out, "input_audio_transcription", config.transcription());
        noiseReduction(out, "input_audio_noise_reduction", config.noiseReduction());
        config.turnDetection().ifPresent(detection -> TurnDetectionWriter.write(out, detection));
    }

    private void shared(JsonObjectWriter out, SessionConfig config) {
        ResponseSettingsWriter shared = new ResponseSettingsWriter(spelling, asServer);
        out.text("model", config.model()).text("instructions", config.instructions());
        shared.modality(out, config.outputModality());
        shared.tools(out, config.tools());
        config.toolChoice().ifPresent(choice -> ToolWriter.choice(out, choice));
        shared.maxTokens(
                out, spelling.either("max_output_tokens", "max_response_output_tokens"), config.maxOutputTokens());
    }

    /** What came late into both dialects and is spelled alike. */
    private static void later(JsonObjectWriter out, SessionConfig config) {
        config.truncation().ifPresent(truncation -> truncation(out, truncation));
        config.tracing().ifPresent(tracing -> tracing(out, tracing));
        config.prompt().ifPresent(prompt -> prompt(out, prompt));
    }

    private static void include(JsonObjectWriter out, SessionConfig config) {
        config.includeLogProbs().ifPresent(log -> out.strings("include", log ? List.of(LOG_PROBS) : List.of()));
    }

    private static boolean hasInput(SessionConfig config) {
        return config.inputFormat().isPresent()
                || config.transcription().isPresent()
                || config.noiseReduction().isPresent()
                || config.turnDetection().isPresent();
    }

    private static boolean hasOutput(SessionConfig config) {
        return config.kind() == Kind.REALTIME
                && (config.outputFormat().isPresent()
                        || config.voice().isPresent()
                        || config.speed().isPresent());
    }

    private static void speed(JsonObjectWriter out, SessionConfig config) {
        config.speed().ifPresent(speed -> out.decimal("speed", BigDecimal.valueOf(speed)));
    }

    private static void transcription(JsonObjectWriter out, String name, Optional<InputTranscription> transcription) {
        transcription.ifPresent(chosen -> {
            switch (chosen) {
                case InputTranscription.Off ignored -> out.nothing(name);
                case InputTranscription.Model model -> out.object(name, object -> transcription(object, model));
            }
        });
    }

    private static void transcription(JsonObjectWriter out, InputTranscription.Model model) {
        out.text("model", model.model()).text("language", model.language());
        if (!model.languages().isEmpty()) {
            out.strings("languages", model.languages());
        }
        if (!model.keywords().isEmpty()) {
            out.strings("keywords", model.keywords());
        }
        out.text("prompt", model.prompt()).text("delay", model.delay());
    }

    private static void noiseReduction(JsonObjectWriter out, String name, Optional<NoiseReduction> reduction) {
        reduction.ifPresent(chosen -> {
            switch (chosen) {
                case OFF -> out.nothing(name);
                case NEAR_FIELD, FAR_FIELD ->
                    out.object(name, object -> object.text("type", chosen.name().toLowerCase(Locale.ROOT)));
            }
        });
    }

    private static void truncation(JsonObjectWriter out, Truncation truncation) {
        switch (truncation) {
            case Truncation.Auto ignored -> out.text("truncation", "auto");
            case Truncation.Disabled ignored -> out.text("truncation", "disabled");
            case Truncation.RetentionRatio ratio ->
                out.object("truncation", object -> {
                    object.text("type", "retention_ratio")
                            .decimal("retention_ratio", BigDecimal.valueOf(ratio.ratio()));
                    ratio.postInstructionTokens()
                            .ifPresent(tokens -> object.object(
                                    "token_limits", limits -> limits.number("post_instructions", tokens)));
                });
        }
    }

    private static void tracing(JsonObjectWriter out, Tracing tracing) {
        switch (tracing) {
            case Tracing.Off ignored -> out.nothing("tracing");
            case Tracing.Auto ignored -> out.text("tracing", "auto");
            case Tracing.Workflow workflow ->
                out.object("tracing", object -> {
                    object.text("workflow_name", workflow.name()).text("group_id", workflow.groupId());
                    workflow.metadata().ifPresent(metadata -> object.json("metadata", metadata));
                });
        }
    }

    static void prompt(JsonObjectWriter out, PromptTemplate prompt) {
        switch (prompt) {
            case PromptTemplate.None ignored -> out.nothing("prompt");
            case PromptTemplate.Stored stored ->
                out.object("prompt", object -> {
                    object.text("id", stored.id()).text("version", stored.version());
                    stored.variables().ifPresent(variables -> object.json("variables", variables));
                });
        }
    }
}
