package dev.antiphon.session;

import dev.antiphon.machine.Replay;
import dev.antiphon.realtime.ApiError;
import dev.antiphon.realtime.AudioFormat;
import dev.antiphon.realtime.AudioPayload;
import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.Item;
import dev.antiphon.realtime.Response;
import dev.antiphon.realtime.ServerEvent;
import dev.antiphon.realtime.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** A call in the hands of a test: inputs go in, effects pile up, time is a number. */
final class Turns {
    static final String OWN_TOOL = "fill_slots";
    static final String SAY_AGAIN = "Sorry, could you say that again?";
    private static final Usage USAGE = new Usage(10, 20, 0, 0, 0, 0, 3, 7);

    /** An input and its time, in monotonic nanoseconds. */
    record Timed(TurnInput input, long nanos) {}

    final List<TurnEffect> effects = new ArrayList<>();
    final Replay<TurnState, Timed> run = new Replay<>();
    TurnState state = TurnState.begin(SessionSettings.defaults(), Set.of(OWN_TOOL), SAY_AGAIN);
    long nowNanos = 1_000_000_000L;

    static Turns connected() {
        return connected(SessionSettings.defaults());
    }

    static Turns connected(SessionSettings settings) {
        return connected(settings, Set.of());
    }

    /** @param cancellable names of the tools whose calls end when the caller takes another turn */
    static Turns connected(SessionSettings settings, Set<String> cancellable) {
        Turns turns = new Turns();
        turns.state = TurnState.begin(settings, Set.of(OWN_TOOL), SAY_AGAIN, cancellable);
        turns.in(new TurnInput.LineChanged());
        return turns;
    }

    Turns in(TurnInput input) {
        TurnMachine.Transition transition = TurnMachine.step(state, input, nowNanos);
        run.taken(state, new Timed(input, nowNanos), new Replay.Result<>(transition.next(), transition.effects()));
        state = transition.next();
        effects.addAll(transition.effects());
        return this;
    }

    Turns in(ServerEvent event) {
        return in(new TurnInput.FromModel(event));
    }

    Turns passes(Duration time) {
        nowNanos += time.toNanos();
        return this;
    }

    Turns forget() {
        effects.clear();
        return this;
    }

    // What a model says, in the order of protocol section 11.

    Turns responseBegins(String id) {
        return in(new ServerEvent.ResponseCreated("e", response(id, new Response.Status.InProgress())));
    }

    Turns utteranceBegins(String responseId, String itemId) {
        return in(new ServerEvent.OutputItemAdded("e", responseId, 0, message(itemId, Item.Status.IN_PROGRESS)));
    }

    Turns speaks(String responseId, String itemId, String words, Duration length) {
        in(new ServerEvent.AudioTranscriptDelta("e", responseId, itemId, 0, 0, words));
        return in(new ServerEvent.AudioDelta("e", responseId, itemId, 0, 0, audio(length)));
    }

    Turns utteranceEnds(String responseId, String itemId, Item.Status status) {
        return in(new ServerEvent.OutputItemDone("e", responseId, 0, message(itemId, status)));
    }

    Turns calls(String responseId, String callId, String tool) {
        return in(new ServerEvent.OutputItemDone(
                "e",
                responseId,
                0,
                new Item.FunctionCall(Optional.of("fc_" + callId), Item.Status.COMPLETED, callId, tool, "{}")));
    }

    Turns responseEnds(String id) {
        return in(new ServerEvent.ResponseDone("e", response(id, new Response.Status.Completed())));
    }

    Turns responseEnds(String id, Response.Status status) {
        return in(new ServerEvent.ResponseDone("e", response(id, status)));
    }

    /** A whole spoken response. */
    Turns answers(String responseId, String itemId, String words, Duration length) {
        return responseBegins(responseId)
                .utteranceBegins(responseId, itemId)
                .speaks(responseId, itemId, words, length)
                .utteranceEnds(responseId, itemId, Item.Status.COMPLETED)
                .responseEnds(responseId);
    }

    Turns callerSpeaks(String itemId) {
        return in(new ServerEvent.SpeechStarted("e", Duration.ZERO, itemId));
    }

    Turns callerStops(String itemId, long voiceEndNanos) {
        return callerStops(itemId, Duration.ofSeconds(1), voiceEndNanos);
    }

    Turns callerStops(String itemId, Duration audioEnd, long voiceEndNanos) {
        in(new TurnInput.CallerStopped(new ServerEvent.SpeechStopped("e", audioEnd, itemId), voiceEndNanos));
        return in(new ServerEvent.AudioCommitted("e", Optional.empty(), itemId));
    }

    static ApiError error(String code) {
        return new ApiError("invalid_request_error", Optional.of(code), "no", Optional.empty(), Optional.empty());
    }

    static AudioPayload audio(Duration length) {
        return AudioPayload.ofBytes(new byte[AudioFormat.PCM16_24KHZ.bytesOf(length)]);
    }

    private static Item.Message message(String id, Item.Status status) {
        return new Item.Message(Optional.of(id), Item.Role.ASSISTANT, status, List.of());
    }

    static Response response(String id, Response.Status status) {
        return new Response(id, status, Optional.of("conv"), List.of(), Optional.of(USAGE), Optional.empty());
    }

    // What came out.

    <T extends ClientEvent> List<T> sent(Class<T> type) {
        return effects.stream()
                .filter(TurnEffect.Send.class::isInstance)
                .map(e -> ((TurnEffect.Send) e).event())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    <T extends TurnEffect> List<T> out(Class<T> type) {
        return effects.stream().filter(type::isInstance).map(type::cast).toList();
    }

    <T extends CallerChannel.Signal> List<T> delivered(Class<T> type) {
        return out(TurnEffect.Deliver.class).stream()
                .map(TurnEffect.Deliver::signal)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    List<String> outputsTo(String callId) {
        return sent(ClientEvent.ItemCreate.class).stream()
                .map(ClientEvent.ItemCreate::item)
                .filter(Item.FunctionCallOutput.class::isInstance)
                .map(Item.FunctionCallOutput.class::cast)
                .filter(o -> o.callId().equals(callId))
                .map(Item.FunctionCallOutput::output)
                .toList();
    }

    boolean has(Predicate<TurnEffect> predicate) {
        return effects.stream().anyMatch(predicate);
    }
}
