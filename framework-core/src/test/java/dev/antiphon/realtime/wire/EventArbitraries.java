package dev.antiphon.realtime.wire;

import static dev.antiphon.realtime.wire.WireArbitraries.audio;
import static dev.antiphon.realtime.wire.WireArbitraries.contentPart;
import static dev.antiphon.realtime.wire.WireArbitraries.error;
import static dev.antiphon.realtime.wire.WireArbitraries.format;
import static dev.antiphon.realtime.wire.WireArbitraries.id;
import static dev.antiphon.realtime.wire.WireArbitraries.index;
import static dev.antiphon.realtime.wire.WireArbitraries.item;
import static dev.antiphon.realtime.wire.WireArbitraries.logProbs;
import static dev.antiphon.realtime.wire.WireArbitraries.millis;
import static dev.antiphon.realtime.wire.WireArbitraries.modality;
import static dev.antiphon.realtime.wire.WireArbitraries.only;
import static dev.antiphon.realtime.wire.WireArbitraries.outputTokens;
import static dev.antiphon.realtime.wire.WireArbitraries.prompt;
import static dev.antiphon.realtime.wire.WireArbitraries.response;
import static dev.antiphon.realtime.wire.WireArbitraries.temperature;
import static dev.antiphon.realtime.wire.WireArbitraries.text;
import static dev.antiphon.realtime.wire.WireArbitraries.toolChoice;
import static dev.antiphon.realtime.wire.WireArbitraries.tools;
import static dev.antiphon.realtime.wire.WireArbitraries.tracing;
import static dev.antiphon.realtime.wire.WireArbitraries.transcription;
import static dev.antiphon.realtime.wire.WireArbitraries.truncation;
import static dev.antiphon.realtime.wire.WireArbitraries.turnDetection;

import dev.antiphon.realtime.ApiError;
import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.NoiseReduction;
import dev.antiphon.realtime.RawJson;
import dev.antiphon.realtime.ResponseConfig;
import dev.antiphon.realtime.ServerEvent;
import dev.antiphon.realtime.SessionConfig;
import dev.antiphon.realtime.SessionInfo;
import dev.antiphon.realtime.TranscriptionUsage;
import dev.antiphon.realtime.TurnDetection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random events of every modelled type, each as the schema allows it. */
final class EventArbitraries {
    private EventArbitraries() {}

    /** One arbitrary for each client event, {@code Unknown} excepted. */
    static List<Arbitrary<? extends ClientEvent>> client(Spelling spelling) {
        Arbitrary<Optional<String>> eventId =
                text().filter(t -> t.length() <= 512).optional();
        return List.of(
                Combinators.combine(eventId, session(spelling)).as(ClientEvent.SessionUpdate::new),
                Combinators.combine(eventId, audio()).as(ClientEvent.AudioAppend::new),
                eventId.map(ClientEvent.AudioCommit::new),
                eventId.map(ClientEvent.AudioClear::new),
                Combinators.combine(eventId, id().optional(), item(spelling)).as(ClientEvent.ItemCreate::new),
                Combinators.combine(eventId, id()).as(ClientEvent.ItemRetrieve::new),
                Combinators.combine(eventId, id(), index(), millis()).as(ClientEvent.ItemTruncate::new),
                Combinators.combine(eventId, id()).as(ClientEvent.ItemDelete::new),
                Combinators.combine(eventId, overrides(spelling)).as(ClientEvent.ResponseCreate::new),
                Combinators.combine(eventId, id().optional()).as(ClientEvent.ResponseCancel::new),
                eventId.map(ClientEvent.OutputAudioClear::new));
    }

    /** One arbitrary for each server event, {@code Unknown} excepted. */
    static List<Arbitrary<? extends ServerEvent>> server(Spelling spelling) {
        List<Arbitrary<? extends ServerEvent>> all = new ArrayList<>(conversation(spelling));
        all.addAll(parts(spelling));
        all.addAll(mcp());
        all.addAll(Arrays.asList(
                Combinators.combine(text(), sessionInfo(spelling)).as(ServerEvent.SessionCreated::new),
                Combinators.combine(text(), sessionInfo(spelling)).as(ServerEvent.SessionUpdated::new),
                Combinators.combine(text(), response(spelling)).as(ServerEvent.ResponseCreated::new),
                Combinators.combine(text(), response(spelling)).as(ServerEvent.ResponseDone::new),
                Combinators.combine(text(), rateLimit().list().ofMaxSize(2)).as(ServerEvent.RateLimitsUpdated::new),
                Combinators.combine(text(), error()).as(ServerEvent.ErrorReported::new)));
        return all;
    }

    private static List<Arbitrary<? extends ServerEvent>> conversation(Spelling spelling) {
        return List.of(
                Combinators.combine(text(), id().optional(), item(spelling)).as(ServerEvent.ItemAdded::new),
                Combinators.combine(text(), id().optional(), item(spelling)).as(ServerEvent.ItemDone::new),
                Combinators.combine(text(), item(spelling)).as(ServerEvent.ItemRetrieved::new),
                Combinators.combine(text(), id()).as(ServerEvent.ItemDeleted::new),
                Combinators.combine(text(), id(), index(), millis()).as(ServerEvent.ItemTruncated::new),
                Combinators.combine(text(), millis(), id()).as(ServerEvent.SpeechStarted::new),
                Combinators.combine(text(), millis(), id()).as(ServerEvent.SpeechStopped::new),
                Combinators.combine(text(), id().optional(), id()).as(ServerEvent.AudioCommitted::new),
                text().map(ServerEvent.AudioCleared::new),
                Combinators.combine(text(), millis(), millis(), id()).as(ServerEvent.IdleTimeoutTriggered::new),
                Combinators.combine(text(), id()).as(ServerEvent.ConversationCreated::new),
                Combinators.combine(text(), Arbitraries.of("0", "9", "*", "#"), seconds())
                        .as(ServerEvent.DtmfReceived::new),
                Combinators.combine(text(), id()).as(ServerEvent.OutputAudioStarted::new),
                Combinators.combine(text(), id()).as(ServerEvent.OutputAudioStopped::new),
                Combinators.combine(text(), id()).as(ServerEvent.OutputAudioCleared::new),
                Combinators.combine(text(), id(), index(), text(), logProbs())
                        .as(ServerEvent.InputTranscriptDelta::new),
                transcribed(),
                Combinators.combine(text(), id(), index(), id(), id(), text(), millis(), millis())
                        .as(ServerEvent.InputTranscriptSegment::new),
                Combinators.combine(text(), id(), index(), error().map(EventArbitraries::withoutClientEvent))
                        .as(ServerEvent.InputTranscriptFailed::new));
    }

    private static List<Arbitrary<? extends ServerEvent>> parts(Spelling spelling) {
        return List.of(
                Combinators.combine(text(), id(), index(), item(spelling)).as(ServerEvent.OutputItemAdded::new),
                Combinators.combine(text(), id(), index(), item(spelling)).as(ServerEvent.OutputItemDone::new),
                Combinators.combine(text(), id(), id(), index(), index(), contentPart())
                        .as(ServerEvent.ContentPartAdded::new),
                Combinators.combine(text(), id(), id(), index(), index(), contentPart())
                        .as(ServerEvent.ContentPartDone::new),
                Combinators.combine(text(), id(), id(), index(), index(), text())
                        .as(ServerEvent.TextDelta::new),
                Combinators.combine(text(), id(), id(), index(), index(), text())
                        .as(ServerEvent.TextDone::new),
                Combinators.combine(text(), id(), id(), index(), index(), audio())
                        .as(ServerEvent.AudioDelta::new),
                Combinators.combine(text(), id(), id(), index(), index()).as(ServerEvent.AudioDone::new),
                Combinators.combine(text(), id(), id(), index(), index(), text())
                        .as(ServerEvent.AudioTranscriptDelta::new),
                Combinators.combine(text(), id(), id(), index(), index(), text())
                        .as(ServerEvent.AudioTranscriptDone::new),
                Combinators.combine(text(), id(), id(), index(), id(), text())
                        .as(ServerEvent.FunctionArgumentsDelta::new),
                Combinators.combine(text(), id(), id(), index(), id(), only(Spelling.GA, spelling, id()), text())
                        .as(ServerEvent.FunctionArgumentsDone::new),
                Combinators.combine(text(), id(), id(), index(), text()).as(ServerEvent.McpArgumentsDelta::new),
                Combinators.combine(text(), id(), id(), index(), text()).as(ServerEvent.McpArgumentsDone::new));
    }

    private static List<Arbitrary<? extends ServerEvent>> mcp() {
        return List.of(
                Combinators.combine(text(), id(), index()).as(ServerEvent.McpCallInProgress::new),
                Combinators.combine(text(), id(), index()).as(ServerEvent.McpCallCompleted::new),
                Combinators.combine(text(), id(), index()).as(ServerEvent.McpCallFailed::new),
                Combinators.combine(text(), id()).as(ServerEvent.McpListToolsInProgress::new),
                Combinators.combine(text(), id()).as(ServerEvent.McpListToolsCompleted::new),
                Combinators.combine(text(), id()).as(ServerEvent.McpListToolsFailed::new));
    }

    /** A usage that is not known is written as nothing used, which is not what is read again. */
    private static Arbitrary<ServerEvent.InputTranscriptCompleted> transcribed() {
        Arbitrary<TranscriptionUsage> usage = Arbitraries.oneOf(
                millis().map(TranscriptionUsage.Audio::new),
                Combinators.combine(index(), index(), index()).as(TranscriptionUsage.Tokens::new));
        return Combinators.combine(
                        text(),
                        id(),
                        index(),
                        text(),
                        usage.map(Optional::of),
                        Arbitraries.of("en", "de").list().ofMaxSize(2),
                        logProbs())
                .as(ServerEvent.InputTranscriptCompleted::new);
    }

    private static Arbitrary<Instant> seconds() {
        return Arbitraries.longs().between(0, 4_000_000_000L).map(Instant::ofEpochSecond);
    }

    private static ApiError withoutClientEvent(ApiError error) {
        return new ApiError(error.type(), error.code(), error.message(), error.param(), Optional.empty());
    }

    private static Arbitrary<ServerEvent.RateLimit> rateLimit() {
        return Combinators.combine(
                        Arbitraries.of("requests", "tokens"),
                        index(),
                        index(),
                        Arbitraries.longs().between(0, 100_000).map(Duration::ofMillis))
                .as(ServerEvent.RateLimit::new);
    }

    private static Arbitrary<SessionConfig> session(Spelling spelling) {
        Arbitrary<Consumer<SessionConfig.Builder>> input = Combinators.combine(
                        format().optional(),
                        turnDetection(spelling).optional(),
                        transcription(spelling).optional(),
                        Arbitraries.of(NoiseReduction.values()).optional(),
                        Arbitraries.of(true, false).optional())
                .as((format, detection, transcription, noise, logProbs) -> c -> {
                    format.ifPresent(c::inputFormat);
                    detection.ifPresent(c::turnDetection);
                    transcription.ifPresent(c::transcription);
                    noise.ifPresent(c::noiseReduction);
                    logProbs.ifPresent(c::includeLogProbs);
                });
        return Combinators.combine(
                        input,
                        instructions(spelling),
                        output(spelling),
                        context(spelling),
                        Arbitraries.of(SessionConfig.Kind.values()))
                .as((in, instructions, out, context, kind) -> SessionConfig.of(c -> {
                    in.accept(c);
                    if (kind == SessionConfig.Kind.REALTIME) {
                        instructions.accept(c);
                        out.accept(c);
                        context.accept(c);
                    } else {
                        c.kind(kind);
                        // Sessions of the beta that only transcribe know no other detection.
                        if (spelling == Spelling.BETA) {
                            c.turnDetection(new TurnDetection.Manual());
                        }
                    }
                }));
    }

    private static Arbitrary<Consumer<SessionConfig.Builder>> instructions(Spelling spelling) {
        return Combinators.combine(
                        id().optional(),
                        text().optional(),
                        tools(spelling).optional(),
                        toolChoice(spelling).optional(),
                        only(Spelling.GA, spelling, Arbitraries.of(true, false)),
                        only(Spelling.GA, spelling, Arbitraries.of("minimal", "low", "high")))
                .as((model, instructions, tools, choice, parallel, effort) -> c -> {
                    model.ifPresent(c::model);
                    instructions.ifPresent(c::instructions);
                    tools.ifPresent(c::tools);
                    choice.ifPresent(c::toolChoice);
                    parallel.ifPresent(c::parallelToolCalls);
                    effort.ifPresent(c::reasoningEffort);
                });
    }

    private static Arbitrary<Consumer<SessionConfig.Builder>> output(Spelling spelling) {
        return Combinators.combine(
                        modality().optional(),
                        format().optional(),
                        Arbitraries.of("marin", "alloy", "voice_123").optional(),
                        Arbitraries.of(0.25, 1.0, 1.5).optional(),
                        outputTokens().optional(),
                        only(Spelling.BETA, spelling, temperature()))
                .as((modality, format, voice, speed, tokens, temperature) -> c -> {
                    modality.ifPresent(c::outputModality);
                    format.ifPresent(c::outputFormat);
                    voice.ifPresent(c::voice);
                    speed.ifPresent(c::speed);
                    tokens.ifPresent(c::maxOutputTokens);
                    temperature.ifPresent(c::temperature);
                });
    }

    private static Arbitrary<Consumer<SessionConfig.Builder>> context(Spelling spelling) {
        return Combinators.combine(truncation().optional(), tracing().optional(), prompt().optional())
                .as((truncation, tracing, prompt) -> c -> {
                    truncation.ifPresent(c::truncation);
                    tracing.ifPresent(c::tracing);
                    prompt.ifPresent(c::prompt);
                });
    }

    /** Sessions of which nothing but the parts is kept. */
    private static Arbitrary<SessionInfo> sessionInfo(Spelling spelling) {
        return Combinators.combine(id(), seconds().optional(), session(spelling))
                .as((id, expires, config) -> new SessionInfo(id, expires, config, RawJson.EMPTY_OBJECT));
    }

    private static Arbitrary<ResponseConfig> overrides(Spelling spelling) {
        Arbitrary<Consumer<ResponseConfig.Builder>> output = Combinators.combine(
                        modality().optional(),
                        format().optional(),
                        Arbitraries.of("marin", "voice_123").optional(),
                        outputTokens().optional(),
                        only(Spelling.BETA, spelling, temperature()))
                .as((modality, format, voice, tokens, temperature) -> c -> {
                    modality.ifPresent(c::outputModality);
                    format.ifPresent(c::outputFormat);
                    voice.ifPresent(c::voice);
                    tokens.ifPresent(c::maxOutputTokens);
                    temperature.ifPresent(c::temperature);
                });
        Arbitrary<Consumer<ResponseConfig.Builder>> newer = Combinators.combine(
                        only(Spelling.GA, spelling, Arbitraries.of(true, false)),
                        only(Spelling.GA, spelling, Arbitraries.of("minimal", "low")),
                        only(Spelling.GA, spelling, prompt()))
                .as((parallel, effort, prompt) -> c -> {
                    parallel.ifPresent(c::parallelToolCalls);
                    effort.ifPresent(c::reasoningEffort);
                    prompt.ifPresent(c::prompt);
                });
        return Combinators.combine(
                        output,
                        newer,
                        text().optional(),
                        tools(spelling).optional(),
                        toolChoice(spelling).optional(),
                        Arbitraries.of(ResponseConfig.Conversation.values()),
                        item(spelling).list().ofMaxSize(2).optional(),
                        Arbitraries.maps(id(), text()).ofMaxSize(3))
                .as((out, more, instructions, tools, choice, conversation, input, metadata) -> ResponseConfig.of(c -> {
                    out.accept(c);
                    more.accept(c);
                    instructions.ifPresent(c::instructions);
                    tools.ifPresent(c::tools);
                    choice.ifPresent(c::toolChoice);
                    input.ifPresent(c::input);
                    c.conversation(conversation).metadata(metadata);
                }));
    }
}
