package dev.antiphon.realtime.wire;

import dev.antiphon.realtime.ApiError;
import dev.antiphon.realtime.AudioFormat;
import dev.antiphon.realtime.Response;
import dev.antiphon.realtime.ResponseConfig;
import dev.antiphon.realtime.Usage;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.TreeMap;

/** Writes response objects, usage, errors and the overrides of {@code response.create} (protocol sections 8 and 12). */
record ResponseWriter(Spelling spelling) {

    void response(JsonObjectWriter out, Response response) {
        out.text("object", "realtime.response").text("id", response.id());
        status(out, response.status());
        ItemWriter items = new ItemWriter(spelling, true);
        out.objects("output", response.output(), items::item);
        out.textOrNull("conversation_id", response.conversationId());
        response.usage()
                .ifPresentOrElse(
                        usage -> out.object("usage", object -> usage(object, usage)), () -> out.nothing("usage"));
        response.metadata().ifPresentOrElse(metadata -> out.json("metadata", metadata), () -> out.nothing("metadata"));
        settings(out, response.settings());
    }

    private void settings(JsonObjectWriter out, Response.Settings settings) {
        ResponseSettingsWriter shared = new ResponseSettingsWriter(spelling, true);
        shared.modality(out, settings.outputModality());
        output(out, shared, settings.outputFormat(), settings.voice());
        // The object spells it so in both dialects.
        shared.maxTokens(out, "max_output_tokens", settings.maxOutputTokens());
        temperature(out, settings.temperature());
    }

    private void output(
            JsonObjectWriter out, ResponseSettingsWriter shared, Optional<AudioFormat> format, Optional<String> voice) {
        if (spelling == Spelling.BETA) {
            shared.output(out, format, voice);
        } else if (format.isPresent() || voice.isPresent()) {
            out.object("audio", audio -> audio.object("output", output -> shared.output(output, format, voice)));
        }
    }

    private void temperature(JsonObjectWriter out, Optional<Double> temperature) {
        temperature
                .filter(ignored -> spelling == Spelling.BETA)
                .ifPresent(t -> out.decimal("temperature", BigDecimal.valueOf(t)));
    }

    /** All fields of an error event, those without a value as null. */
    static void error(JsonObjectWriter out, ApiError error) {
        out.text("type", error.type())
                .textOrNull("code", error.code())
                .text("message", error.message())
                .textOrNull("param", error.param())
                .textOrNull("event_id", error.clientEventId());
    }

    void config(JsonObjectWriter out, ResponseConfig config) {
        if (!config.equals(ResponseConfig.NONE)) {
            out.object("response", response -> overrides(response, config));
        }
    }

    private void overrides(JsonObjectWriter out, ResponseConfig config) {
        ResponseSettingsWriter shared = new ResponseSettingsWriter(spelling, false);
        ItemWriter items = new ItemWriter(spelling, false);
        out.text("instructions", config.instructions());
        shared.modality(out, config.outputModality());
        output(out, shared, config.outputFormat(), config.voice());
        shared.tools(out, config.tools());
        config.toolChoice().ifPresent(choice -> ToolWriter.choice(out, choice));
        if (config.outOfBand()) {
            out.text("conversation", "none");
        }
        config.input().ifPresent(list -> out.objects("input", list, items::item));
        if (!config.metadata().isEmpty()) {
            out.object("metadata", object -> new TreeMap<>(config.metadata()).forEach(object::text));
        }
        shared.maxTokens(
                out, spelling.either("max_output_tokens", "max_response_output_tokens"), config.maxOutputTokens());
        temperature(out, config.temperature());
        config.prompt().ifPresent(prompt -> SessionWriter.prompt(out, prompt));
        if (spelling == Spelling.GA) {
            config.parallelToolCalls().ifPresent(parallel -> out.flag("parallel_tool_calls", parallel));
            shared.reasoning(out, config.reasoningEffort());
        }
    }

    private static void status(JsonObjectWriter out, Response.Status status) {
        switch (status) {
            case Response.Status.InProgress progress ->
                out.text("status", "in_progress").nothing("status_details");
            case Response.Status.Completed completed ->
                out.text("status", "completed").nothing("status_details");
            case Response.Status.Cancelled cancelled -> details(out, "cancelled", cancelled.reason());
            case Response.Status.Incomplete incomplete -> details(out, "incomplete", incomplete.reason());
            case Response.Status.Failed failed ->
                out.text("status", "failed")
                        .object(
                                "status_details",
                                details -> details.text("type", "failed")
                                        .object("error", error -> failure(error, failed.error())));
            case Response.Status.Unknown unknown ->
                out.text("status", Optional.of(unknown.name()).filter(name -> !name.isEmpty()))
                        .nothing("status_details");
        }
    }

    private static void details(JsonObjectWriter out, String status, String reason) {
        out.text("status", status)
                .object(
                        "status_details",
                        details -> details.text("type", status)
                                .textOrNull("reason", Optional.of(reason).filter(r -> !r.isEmpty())));
    }

    private static void failure(JsonObjectWriter out, ApiError error) {
        out.text("type", error.type())
                .text("code", error.code())
                .text("message", error.message())
                .text("param", error.param())
                .text("event_id", error.clientEventId());
    }

    private void usage(JsonObjectWriter out, Usage usage) {
        out.number("total_tokens", (long) usage.inputTokens() + usage.outputTokens())
                .number("input_tokens", usage.inputTokens())
                .number("output_tokens", usage.outputTokens())
                .object(
                        "input_token_details",
                        in -> in.number("text_tokens", usage.inputTextTokens())
                                .number("audio_tokens", usage.inputAudioTokens())
                                .number("image_tokens", usage.inputImageTokens())
                                .number("cached_tokens", usage.cachedTokens())
                                .object(
                                        "cached_tokens_details",
                                        cached -> cached.number("text_tokens", usage.cachedTextTokens())
                                                .number("audio_tokens", usage.cachedAudioTokens())
                                                .number("image_tokens", usage.cachedImageTokens())))
                .object(
                        "output_token_details",
                        outDetails -> outDetails
                                .number("text_tokens", usage.outputTextTokens())
                                .number("audio_tokens", usage.outputAudioTokens()));
    }
}
