package dev.antiphon.server.gateway;

import dev.antiphon.realtime.ApiError;
import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.Item;
import dev.antiphon.realtime.Response;
import dev.antiphon.realtime.ServerEvent;
import dev.antiphon.realtime.Usage;
import dev.antiphon.session.CallerChannel.Signal;
import dev.antiphon.session.Outcome;
import dev.antiphon.session.VoiceSession;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an OpenAI Realtime client sees of a call, and what the call's session hears of the client (protocol sections 5 to 12).
 *
 * <p>One agent turn is one response, whatever tools ran inside. The bot answers by itself as soon as a caller's turn is
 * taken; a {@code response.create} is what the client knows that answer by. A {@code response.create} that nothing is owed
 * for gets an empty response, so that created and done stay balanced and no client waits for ever.
 *
 * <p>No I/O, no clock; randomness arrives as ids. Not thread-safe: confined to one {@link GatewayCall}.
 */
final class GatewayProtocol {
    /** Less than 100 ms cannot be a turn (protocol section 3). */
    private static final Duration SHORTEST_COMMIT = Duration.ofMillis(100);

    private static final String COMMIT_REFUSED = "input_audio_buffer_commit_empty";
    private static final int MAX_WAITING = 32;

    private static final Response.Status COMPLETED = new Response.Status.Completed();
    private static final Response.Status INTERRUPTED = new Response.Status.Cancelled("turn_detected");

    /** What a {@code response.create} is waiting for. */
    private enum For {
        /** The bot's first words. */
        GREETING,
        /** The turn that the client typed with it. */
        TYPED,
        /** The turn that the client committed before it. */
        SPOKEN
    }

    private record Ask(For what, Map<String, String> metadata) {}

    private final IdSource ids;
    private final String conversationId;
    private final ItemLog items = new ItemLog();
    private final Deque<Ask> waiting = new ArrayDeque<>();
    private final List<GatewayEffect> effects = new ArrayList<>();
    private final ItemCommands itemCommands;

    private ClientSession session;
    private Optional<AgentResponse> open = Optional.empty();
    private final HeldCommands early = new HeldCommands();
    private boolean ready;
    private boolean begun;
    private boolean heard;
    private boolean spoken;
    private boolean greeted;
    private boolean answerOwed;
    /** Whether the open response was begun by the bot itself and nobody has asked for it since. */
    private boolean unasked;

    private boolean commitSent;
    private boolean over;
    private long bufferedBytes;

    GatewayProtocol(ClientSession session, IdSource ids) {
        this.session = session;
        this.ids = ids;
        this.conversationId = ids.next("conv");
        this.itemCommands = new ItemCommands(items, ids, effects::add, this::tell);
    }

    /** The session as the client sees it now. */
    ClientSession session() {
        return session;
    }

    /** The client is there; one of the beta dialect expects to be told the conversation too. */
    List<GatewayEffect> opened(boolean beta) {
        send(new ServerEvent.SessionCreated(event(), session.toInfo()));
        if (beta) {
            send(new ServerEvent.ConversationCreated(event(), conversationId));
        }
        return taken();
    }

    /** The call begins with the session as it is now; later choices reach it as commands. */
    void begin() {
        begun = true;
    }

    /** The client sent what is no frame of the protocol, or the server has something to complain about. */
    List<GatewayEffect> onError(ApiError error) {
        error(error);
        return taken();
    }

    /** The client sent something. */
    List<GatewayEffect> onFrame(ClientFrame frame) {
        if (!over) {
            switch (frame) {
                case ClientFrame.Event known -> onEvent(known.event());
                case ClientFrame.Update update -> onUpdate(update);
                case ClientFrame.Rejected rejected -> error(rejected.error());
            }
        }
        return taken();
    }

    /** The session has something for the caller. */
    List<GatewayEffect> onSignal(Signal signal) {
        if (!over) {
            switch (signal) {
                case Signal.Ready ignored -> onReady();
                case Signal.SpeechStarted s -> send(new ServerEvent.SpeechStarted(event(), s.audioStart(), s.itemId()));
                case Signal.SpeechStopped s -> send(new ServerEvent.SpeechStopped(event(), s.audioEnd(), s.itemId()));
                case Signal.CallerTurn turn -> onCallerTurn(turn);
                case Signal.CallerTranscript transcript -> onTranscript(transcript);
                case Signal.CallerTranscriptFailed failed -> onTranscriptFailed(failed);
                case Signal.UtteranceStarted ignored -> greeted = true;
                case Signal.UtteranceAudio audio -> onAudio(audio);
                case Signal.UtteranceText text -> onText(text);
                case Signal.UtteranceEnded ended -> onUtteranceEnded(ended);
                case Signal.StopPlayback stop ->
                    open.filter(r -> r.contains(stop.utteranceId()))
                            .ifPresent(r -> finish(INTERRUPTED, Optional.empty()));
                case Signal.Truncated cut -> items.find(cut.utteranceId()).ifPresent(ItemLog.Entry::forgetTranscript);
                case Signal.TurnEnded ended -> onTurnEnded(ended.usage());
                case Signal.Problem problem -> onProblem(problem);
                case Signal.CallEnded ended -> onCallEnded(ended.outcome());
            }
        }
        return taken();
    }

    // The client.

    private void onEvent(ClientEvent event) {
        switch (event) {
            case ClientEvent.AudioAppend append -> onAppend(append);
            case ClientEvent.AudioCommit commit -> onCommit(commit);
            case ClientEvent.AudioClear ignored -> onClear();
            case ClientEvent.ItemCreate create -> itemCommands.create(create);
            case ClientEvent.ItemRetrieve retrieve -> itemCommands.retrieve(retrieve);
            case ClientEvent.ItemTruncate truncate -> itemCommands.truncate(truncate);
            case ClientEvent.ItemDelete delete -> itemCommands.delete(delete);
            case ClientEvent.ResponseCreate create -> onResponseCreate(create);
            case ClientEvent.ResponseCancel cancel -> onResponseCancel(cancel);
            case ClientEvent.SessionUpdate ignored -> {} // always a ClientFrame.Update
            // No client may send these on a WebSocket, so none comes as a ClientFrame.Event.
            case ClientEvent.OutputAudioClear ignored -> {}
            case ClientEvent.Unknown ignored -> {}
        }
    }

    private void onUpdate(ClientFrame.Update update) {
        switch (SessionChange.read(update.session(), session, new SessionChange.Settled(begun, heard, spoken))) {
            case SessionChange.Invalid invalid -> error(invalid.error().causedBy(update.eventId()));
            case SessionChange.Changed changed -> {
                boolean matters = !changed.session().toCommand().equals(session.toCommand());
                session = changed.session();
                if (begun && matters) {
                    tell(session.toCommand());
                }
                send(new ServerEvent.SessionUpdated(event(), session.toInfo()));
            }
        }
    }

    private void onAppend(ClientEvent.AudioAppend append) {
        heard = true;
        bufferedBytes += append.audio().byteCount();
        tell(new VoiceSession.CallerAudio(append.audio()));
    }

    private void onCommit(ClientEvent.AudioCommit commit) {
        Duration buffered = session.input().durationOf(bufferedBytes);
        if (buffered.compareTo(SHORTEST_COMMIT) < 0) {
            error(Errors.request(
                    COMMIT_REFUSED,
                    "Error committing input audio buffer: buffer too small. Expected at least 100ms of audio, but"
                            + " buffer only has " + buffered.toMillis() + "ms of audio.",
                    commit.eventId()));
            return;
        }
        bufferedBytes = 0;
        commitSent = true;
        tell(new VoiceSession.CallerCommit());
    }

    private void onClear() {
        bufferedBytes = 0;
        tell(new VoiceSession.CallerClear());
        send(new ServerEvent.AudioCleared(event()));
    }

    private void onResponseCreate(ClientEvent.ResponseCreate create) {
        if (create.response().outOfBand() || create.response().input().isPresent()) {
            error(Errors.request(
                    "invalid_value",
                    "This bot answers in its own conversation: 'conversation' must be 'auto' and 'input' absent.",
                    create.response().outOfBand() ? "response.conversation" : "response.input",
                    create.eventId()));
            return;
        }
        Map<String, String> metadata = create.response().metadata();
        if (waiting.size() >= MAX_WAITING) {
            error(Errors.request(
                    "rate_limit_exceeded",
                    "At most " + MAX_WAITING + " turns may wait for an answer. Wait for a response.done.",
                    create.eventId()));
        } else if (itemCommands.hasTyped()) {
            waiting.add(new Ask(For.TYPED, metadata));
            tell(itemCommands.takeTyped());
        } else if (commitSent) {
            waiting.add(new Ask(For.SPOKEN, metadata));
        } else if (answerOwed) {
            open(metadata);
        } else if (open.isPresent() && unasked) {
            // The bot was faster: this is the answer that is asked for.
            unasked = false;
        } else if (open.isPresent() || !waiting.isEmpty()) {
            error(Errors.alreadyActive(open.map(AgentResponse::id), create.eventId()));
        } else if (!greeted) {
            waiting.add(new Ask(For.GREETING, metadata));
        } else {
            answerWithNothing(metadata);
        }
    }

    private void onResponseCancel(ClientEvent.ResponseCancel cancel) {
        boolean meant = open.filter(r ->
                        cancel.responseId().filter(id -> !id.equals(r.id())).isEmpty())
                .isPresent();
        if (!meant) {
            error(Errors.request(
                    "response_cancel_not_active", "Cancellation failed: no active response found.", cancel.eventId()));
            return;
        }
        tell(new VoiceSession.CallerInterrupt());
        finish(new Response.Status.Cancelled("client_cancelled"), Optional.empty());
    }

    // The session.

    private void onCallerTurn(Signal.CallerTurn turn) {
        greeted = true;
        if (turn.text().isPresent()) {
            typedTurnTaken();
        } else {
            spokenTurnTaken(turn.itemId());
        }
    }

    private void onReady() {
        ready = true;
        early.take().forEach(this::tell);
    }

    private void typedTurnTaken() {
        if (open.isPresent()) {
            finish(INTERRUPTED, Optional.empty());
        }
        next(For.GREETING).ifPresent(ask -> answerWithNothing(ask.metadata()));
        next(For.TYPED).ifPresent(ask -> open(ask.metadata()));
    }

    private void spokenTurnTaken(String itemId) {
        if (open.filter(AgentResponse::hasContent).isPresent()) {
            finish(INTERRUPTED, Optional.empty());
        }
        bufferedBytes = 0;
        commitSent = false;
        Optional<String> previous = items.last();
        Item.Message said = ClientItems.spoken(itemId, Optional.empty());
        items.append(itemId, said);
        send(new ServerEvent.AudioCommitted(event(), previous, itemId));
        send(new ServerEvent.ItemAdded(event(), previous, said));
        send(new ServerEvent.ItemDone(event(), previous, said));
        if (open.isEmpty()) {
            next(For.SPOKEN).or(() -> next(For.GREETING)).ifPresent(ask -> open(ask.metadata()));
        }
        answerOwed = open.isEmpty();
    }

    private void onTranscript(Signal.CallerTranscript transcript) {
        items.find(transcript.itemId())
                .ifPresent(e -> e.become(ClientItems.spoken(transcript.itemId(), Optional.of(transcript.text()))));
        if (session.transcripts()) {
            send(ServerEvent.InputTranscriptCompleted.of(event(), transcript.itemId(), transcript.text()));
        }
    }

    private void onTranscriptFailed(Signal.CallerTranscriptFailed failed) {
        if (session.transcripts()) {
            ApiError error = Errors.transcription(failed.code(), failed.message());
            send(new ServerEvent.InputTranscriptFailed(event(), failed.itemId(), 0, error));
        }
    }

    private void onAudio(Signal.UtteranceAudio audio) {
        heard = true;
        spoken = true;
        speaking(audio.utteranceId()).ifPresent(r -> r.audio(audio.utteranceId(), audio.audio()));
    }

    private void onText(Signal.UtteranceText text) {
        speaking(text.utteranceId()).ifPresent(r -> r.text(text.utteranceId(), text.delta()));
    }

    private void onUtteranceEnded(Signal.UtteranceEnded ended) {
        if (!ended.cutOff()) {
            if (!ended.text().isEmpty() || isOpen(ended.utteranceId())) {
                speaking(ended.utteranceId()).ifPresent(r -> r.ended(ended.utteranceId(), ended.text()));
            }
        } else if (isOpen(ended.utteranceId())) {
            finish(INTERRUPTED, Optional.empty());
        }
    }

    private void onTurnEnded(Usage usage) {
        answerOwed = false;
        if (open.isPresent()) {
            finish(COMPLETED, Optional.of(usage));
        }
    }

    private void onProblem(Signal.Problem problem) {
        // The session queues and coalesces its own responses: nothing that this client did wrong.
        if (!problem.code().equals("conversation_already_has_active_response")) {
            error(Errors.server(problem.code(), problem.message()));
        }
        if (problem.code().equals(COMMIT_REFUSED)) {
            commitRefused();
        }
    }

    /** No turn comes of it, so that what was asked for it is not waited for. */
    private void commitRefused() {
        commitSent = false;
        for (Optional<Ask> ask = next(For.SPOKEN); ask.isPresent(); ask = next(For.SPOKEN)) {
            if (open.isEmpty()) {
                answerWithNothing(ask.get().metadata());
            }
        }
    }

    private void onCallEnded(Outcome outcome) {
        waiting.clear();
        if (outcome instanceof Outcome.Failed failed) {
            ApiError error = Errors.server("call_failed", failed.reason());
            if (open.isPresent()) {
                finish(new Response.Status.Failed(error), Optional.empty());
            }
            error(error);
        } else if (open.isPresent()) {
            finish(COMPLETED, Optional.of(Usage.NONE));
        }
        over = true;
        effects.add(new GatewayEffect.Close(1000, outcome.name()));
    }

    // Responses.

    /** The response that this utterance belongs to, begun if need be; empty when its response is over. */
    private Optional<AgentResponse> speaking(String utteranceId) {
        if (items.find(utteranceId).isPresent() && !isOpen(utteranceId)) {
            return Optional.empty();
        }
        if (open.isEmpty()) {
            Optional<Ask> greeting = next(For.GREETING);
            open(greeting.map(Ask::metadata).orElse(Map.of()));
            unasked = greeting.isEmpty();
        }
        return open;
    }

    private boolean isOpen(String utteranceId) {
        return open.filter(r -> r.contains(utteranceId)).isPresent();
    }

    /** The oldest ask of this kind, which then waits no more. */
    private Optional<Ask> next(For what) {
        Optional<Ask> oldest = waiting.stream().filter(a -> a.what() == what).findFirst();
        oldest.ifPresent(waiting::remove);
        return oldest;
    }

    private void open(Map<String, String> metadata) {
        answerOwed = false;
        unasked = false;
        AgentResponse response = new AgentResponse(session, conversationId, metadata, ids, items, this::send);
        open = Optional.of(response);
        response.begin();
    }

    private void finish(Response.Status status, Optional<Usage> usage) {
        AgentResponse finished = open.orElseThrow();
        open = Optional.empty();
        finished.finish(status, usage);
    }

    private void answerWithNothing(Map<String, String> metadata) {
        open(metadata);
        finish(COMPLETED, Optional.of(Usage.NONE));
    }

    // Effects.

    private void send(ServerEvent event) {
        effects.add(new GatewayEffect.Send(event));
    }

    /**
     * Before the model can be talked to, a turn that was typed or committed would be lost: it waits, and what follows it waits
     * behind it.
     */
    private void tell(VoiceSession.Command command) {
        boolean turn = command instanceof VoiceSession.CallerText || command instanceof VoiceSession.CallerCommit;
        if (ready || (early.isEmpty() && !turn)) {
            effects.add(new GatewayEffect.Tell(command));
        } else if (!early.add(command)) {
            effects.add(new GatewayEffect.Close(1008, "too much was sent before the model could be talked to"));
        }
    }

    private void error(ApiError error) {
        send(new ServerEvent.ErrorReported(event(), error));
    }

    private String event() {
        return ids.next("event");
    }

    private List<GatewayEffect> taken() {
        List<GatewayEffect> done = List.copyOf(effects);
        effects.clear();
        return done;
    }
}
