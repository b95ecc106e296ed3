package dev.antiphon.realtime.wire;

import static dev.antiphon.realtime.wire.WireArbitraries.audio;
import static dev.antiphon.realtime.wire.WireArbitraries.contentPart;
import static dev.antiphon.realtime.wire.WireArbitraries.error;
import static dev.antiphon.realtime.wire.WireArbitraries.format;
import static dev.antiphon.realtime.wire.WireArbitraries.id;
import static dev.antiphon.realtime.wire.WireArbitraries.index;
import static dev.antiphon.realtime.wire.WireArbitraries.item;
import static dev.antiphon.realtime.wire.WireArbitraries.millis;
import static dev.antiphon.realtime.wire.WireArbitraries.modality;
import static dev.antiphon.realtime.wire.WireArbitraries.response;
import static dev.antiphon.realtime.wire.WireArbitraries.text;
import static dev.antiphon.realtime.wire.WireArbitraries.toolChoice;
import static dev.antiphon.realtime.wire.WireArbitraries.tools;
import static dev.antiphon.realtime.wire.WireArbitraries.turnDetection;

import dev.antiphon.realtime.ApiError;
import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.RawJson;
import dev.antiphon.realtime.ResponseConfig;
import dev.antiphon.realtime.ServerEvent;
import dev.antiphon.realtime.SessionConfig;
import dev.antiphon.realtime.SessionInfo;
import dev.antiphon.realtime.ToolChoice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random events of every modelled type, each as the schema allows it. */
final class EventArbitraries {
    private EventArbitraries() {}

    /** One arbitrary for each client event, {@code Unknown} excepted. */
    static List<Arbitrary<? extends ClientEvent>> client() {
        Arbitrary<Optional<String>> eventId =
                text().filter(t -> t.length() <= 512).optional();
        return List.of(
                Combinators.combine(eventId, session()).as(ClientEvent.SessionUpdate::new),
                Combinators.combine(eventId, audio()).as(ClientEvent.AudioAppend::new),
                eventId.map(ClientEvent.AudioCommit::new),
                eventId.map(ClientEvent.AudioClear::new),
                Combinators.combine(eventId, id().optional(), item()).as(ClientEvent.ItemCreate::new),
                Combinators.combine(eventId, id()).as(ClientEvent.ItemRetrieve::new),
                Combinators.combine(eventId, id(), index(), millis()).as(ClientEvent.ItemTruncate::new),
                Combinators.combine(eventId, id()).as(ClientEvent.ItemDelete::new),
                Combinators.combine(eventId, overrides()).as(ClientEvent.ResponseCreate::new),
                Combinators.combine(eventId, id().optional()).as(ClientEvent.ResponseCancel::new),
                eventId.map(ClientEvent.OutputAudioClear::new));
    }

    /** One arbitrary for each server event, {@code Unknown} excepted. */
    static List<Arbitrary<? extends ServerEvent>> server() {
        List<Arbitrary<? extends ServerEvent>> all = new ArrayList<>(conversation());
        all.addAll(parts());
        all.addAll(Arrays.asList(
                Combinators.combine(text(), sessionInfo()).as(ServerEvent.SessionCreated::new),
                Combinators.combine(text(), sessionInfo()).as(ServerEvent.SessionUpdated::new),
                Combinators.combine(text(), response()).as(ServerEvent.ResponseCreated::new),
                Combinators.combine(text(), response()).as(ServerEvent.ResponseDone::new),
                Combinators.combine(text(), rateLimit().list().ofMaxSize(2)).as(ServerEvent.RateLimitsUpdated::new),
                Combinators.combine(text(), error()).as(ServerEvent.ErrorReported::new)));
        return all;
    }

    private static List<Arbitrary<? extends ServerEvent>> conversation() {
        return List.of(
                Combinators.combine(text(), id().optional(), item()).as(ServerEvent.ItemAdded::new),
                Combinators.combine(text(), id().optional(), item()).as(ServerEvent.ItemDone::new),
                Combinators.combine(text(), item()).as(ServerEvent.ItemRetrieved::new),
                Combinators.combine(text(), id()).as(ServerEvent.ItemDeleted::new),
                Combinators.combine(text(), id(), index(), millis()).as(ServerEvent.ItemTruncated::new),
                Combinators.combine(text(), millis(), id()).as(ServerEvent.SpeechStarted::new),
                Combinators.combine(text(), millis(), id()).as(ServerEvent.SpeechStopped::new),
                Combinators.combine(text(), id().optional(), id()).as(ServerEvent.AudioCommitted::new),
                text().map(ServerEvent.AudioCleared::new),
                Combinators.combine(text(), millis(), millis(), id()).as(ServerEvent.IdleTimeoutTriggered::new),
                Combinators.combine(text(), id(), index(), text()).as(ServerEvent.InputTranscriptDelta::new),
                Combinators.combine(text(), id(), index(), text()).as(ServerEvent.InputTranscriptCompleted::new),
                Combinators.combine(text(), id(), index(), error().map(EventArbitraries::withoutClientEvent))
                        .as(ServerEvent.InputTranscriptFailed::new));
    }

    private static List<Arbitrary<? extends ServerEvent>> parts() {
        return List.of(
                Combinators.combine(text(), id(), index(), item()).as(ServerEvent.OutputItemAdded::new),
                Combinators.combine(text(), id(), index(), item()).as(ServerEvent.OutputItemDone::new),
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
                Combinators.combine(text(), id(), id(), index(), id(), id().optional(), text())
                        .as(ServerEvent.FunctionArgumentsDone::new));
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

    private static Arbitrary<SessionConfig> session() {
        return Combinators.combine(
                        Combinators.combine(text().optional(), modality().optional(), tools().optional())
                                .as((instructions, modality, tools) -> SessionConfig.of(c -> {
                                    instructions.ifPresent(c::instructions);
                                    modality.ifPresent(c::outputModality);
                                    tools.ifPresent(c::tools);
                                })),
                        format().optional(),
                        format().optional(),
                        turnDetection().optional(),
                        Arbitraries.of("whisper-1", "gpt-4o-mini-transcribe").optional(),
                        Arbitraries.of("marin", "alloy", "voice_123").optional(),
                        Arbitraries.of(0.25, 1.0, 1.5).optional(),
                        Combinators.combine(
                                        toolChoice().optional(),
                                        Arbitraries.of("minimal", "low", "high").optional(),
                                        Arbitraries.integers().between(1, 4096).optional())
                                .as(Limits::new))
                .as((base, input, output, detection, transcription, voice, speed, limits) -> new SessionConfig(
                        base.instructions(),
                        base.outputModality(),
                        input,
                        output,
                        detection,
                        transcription,
                        voice,
                        speed,
                        base.tools(),
                        limits.choice(),
                        limits.effort(),
                        limits.maxOutputTokens()));
    }

    private record Limits(Optional<ToolChoice> choice, Optional<String> effort, Optional<Integer> maxOutputTokens) {}

    /** Sessions of which nothing but the parts is kept. */
    private static Arbitrary<SessionInfo> sessionInfo() {
        return Combinators.combine(
                        id(),
                        id().optional(),
                        Arbitraries.longs()
                                .between(0, 4_000_000_000L)
                                .map(Instant::ofEpochSecond)
                                .optional(),
                        session())
                .as((id, model, expires, config) -> new SessionInfo(id, model, expires, config, RawJson.EMPTY_OBJECT));
    }

    private static Arbitrary<ResponseConfig> overrides() {
        return Combinators.combine(
                        text().optional(),
                        modality().optional(),
                        tools().optional(),
                        toolChoice().optional(),
                        Arbitraries.of(true, false),
                        item().list().ofMaxSize(2).optional(),
                        Arbitraries.maps(id(), text()).ofMaxSize(3),
                        Arbitraries.integers().between(1, 4096).optional())
                .as(ResponseConfig::new);
    }
}
