package dev.antiphon.testkit.caller;

import dev.antiphon.testkit.caller.CallRecord.CallEnd;
import dev.antiphon.testkit.caller.CallRecord.Speaker;
import dev.antiphon.testkit.caller.CallRecord.Utterance;
import dev.antiphon.testkit.caller.CallerScript.Deed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A simulated caller: a client of the Realtime protocol (GA dialect) without a transport. Given the server's events and the
 * time, it says what to send.
 *
 * <p>Use: perform the actions of {@link #start()}, then those of {@link #onServerEvent} for each event and of {@link #wake()} at
 * {@link #nextWake()}, and tell {@link #onClosed} when the socket closes. Time comes from the given source alone, so that a test
 * runs in virtual time; agent audio plays at its own pace in that time.
 *
 * <p>Not thread-safe: one thread at a time.
 */
public final class SimulatedCaller {
    private static final int BASE64_GROUP = 4;

    private final CallerVoice voice;
    private final CallerPace pace;
    private final InstantSource clock;
    private final ScriptProgress progress;
    private final Playback playback = new Playback();
    private final Microphone microphone = new Microphone();
    private final AgentUtterance utterance = new AgentUtterance();
    private final List<Utterance> transcript = new ArrayList<>();
    private final List<Duration> latencies = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private String agentWords = "";
    private Optional<Instant> turnDue = Optional.empty();
    private Optional<Instant> silentUntil = Optional.empty();
    private Optional<Instant> awaitingAnswerSince = Optional.empty();
    private Optional<CallEnd> end = Optional.empty();
    private boolean serverInterrupts;
    /** Whether the server is still making a response, heard or not. */
    private boolean responding;

    /** A caller with the default pace. */
    public SimulatedCaller(CallerScript script, CallerVoice voice, InstantSource clock) {
        this(script, voice, CallerPace.defaults(), clock);
    }

    /** A caller. */
    public SimulatedCaller(CallerScript script, CallerVoice voice, CallerPace pace, InstantSource clock) {
        this.voice = voice;
        this.pace = pace;
        this.clock = clock;
        this.progress = new ScriptProgress(script);
    }

    /** What to send when the socket has opened. */
    public List<CallerAction> start() {
        turnDue = Optional.of(now().plus(pace.opening()));
        return List.of(ClientFrames.sessionUpdate(spoken() ? "audio" : "text"));
    }

    /** Takes a server event; unknown events do nothing. */
    public List<CallerAction> onServerEvent(JsonNode event) {
        if (end.isPresent()) {
            return List.of();
        }
        String type = event.path("type").asString("");
        switch (type) {
            case "session.created", "session.updated" -> onSession(event);
            case "response.created" -> onResponseCreated();
            case "response.output_text.delta",
                    "response.text.delta",
                    "response.output_audio_transcript.delta",
                    "response.audio_transcript.delta" -> onWords(event);
            case "response.output_text.done", "response.text.done" -> utterance.done(event, "text");
            case "response.output_audio_transcript.done", "response.audio_transcript.done" ->
                utterance.done(event, "transcript");
            case "response.output_audio.delta", "response.audio.delta" -> onAudio(event);
            case "response.done" -> onResponseDone(event.path("response").path("output"));
            case "input_audio_buffer.speech_stopped" -> microphone.turnEnded();
            case "input_audio_buffer.speech_started" -> {
                return interrupted();
            }
            case "error" -> errors.add(event.path("error").path("message").asString(event.toString()));
            default -> {}
        }
        return wake();
    }

    /** When {@link #wake()} has something to do next; empty when only an event can change that. */
    public Optional<Instant> nextWake() {
        if (end.isPresent()) {
            return Optional.empty();
        }
        return Stream.of(
                        microphone.nextAt(),
                        bargeInAt(),
                        silentUntil,
                        silentUntil.isPresent() ? Optional.<Instant>empty() : turnDue)
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
    }

    /** Does what is due; may be called at any time. */
    public List<CallerAction> wake() {
        if (end.isPresent()) {
            return List.of();
        }
        List<CallerAction> actions = new ArrayList<>();
        microphone.due(now()).forEach(piece -> actions.add(ClientFrames.append(piece)));
        if (due(silentUntil)) {
            silentUntil = Optional.empty();
            turnDue = Optional.of(now());
        }
        boolean free = silentUntil.isEmpty() && !microphone.speaking();
        if (free && (due(bargeInAt()) || due(turnDue))) {
            turnDue = Optional.empty();
            actions.addAll(takeTurn());
        }
        return actions;
    }

    /**
     * The caller says this now, whatever the agent does and beside its script. Nothing happens while it is speaking, or when the
     * call is over.
     */
    public List<CallerAction> interject(String words) {
        if (end.isPresent() || microphone.speaking()) {
            return List.of();
        }
        turnDue = Optional.empty();
        silentUntil = Optional.empty();
        return say(words);
    }

    /** The caller ends the call now; nothing happens when it is over. */
    public List<CallerAction> hangUp() {
        return end.isPresent() ? List.of() : perform(new Deed.HangUp());
    }

    /** The socket closed; the first close counts. */
    public void onClosed(int code, String reason) {
        keepUnfinishedWords();
        if (end.isEmpty()) {
            end = Optional.of(new CallEnd.Closed(code, reason));
        }
    }

    /** What happened so far. */
    public CallRecord record() {
        return new CallRecord(transcript, latencies, errors, end);
    }

    private void onSession(JsonNode event) {
        serverInterrupts = event.path("session")
                .path("audio")
                .path("input")
                .path("turn_detection")
                .path("interrupt_response")
                .asBoolean(serverInterrupts);
    }

    private void onResponseCreated() {
        keepUnfinishedWords();
        utterance.begin();
        responding = true;
        turnDue = Optional.empty();
    }

    private void onWords(JsonNode event) {
        if (!utterance.overtaken()) {
            answered();
            utterance.delta(event);
        }
    }

    private void onAudio(JsonNode event) {
        if (utterance.overtaken() || !spoken()) {
            return;
        }
        answered();
        int bytes = event.path("delta").asString("").length() / BASE64_GROUP * 3;
        playback.receive(
                event.path("item_id").asString(""), event.path("content_index").asInt(0), bytes, now());
    }

    private void onResponseDone(JsonNode output) {
        responding = false;
        boolean overtaken = utterance.overtaken();
        String words = utterance.words();
        utterance.end();
        if (overtaken) {
            return;
        }
        if (!words.isEmpty()) {
            transcript.add(new Utterance(Speaker.AGENT, words, now(), false));
            agentWords = agentWords.isEmpty() ? words : agentWords + " " + words;
        }
        if (!agentWords.isEmpty()) {
            Instant heard = playback.endsAt().isAfter(now()) ? playback.endsAt() : now();
            turnDue = Optional.of(heard.plus(agentWords.strip().endsWith("?") ? pace.reaction() : pace.patience()));
        } else if (!callsTool(output)) {
            turnDue = Optional.of(now().plus(pace.patience()));
        }
    }

    /** More will follow by itself, after the tool's answer. */
    private static boolean callsTool(JsonNode output) {
        return output.valueStream()
                .anyMatch(item -> item.path("type").asString("").equals("function_call"));
    }

    /** The first sign of an answer to the caller's last words. */
    private void answered() {
        awaitingAnswerSince.ifPresent(since -> {
            Duration latency = Duration.between(since, now());
            latencies.add(latency.isNegative() ? Duration.ZERO : latency);
        });
        awaitingAnswerSince = Optional.empty();
    }

    /** The server heard the caller while the agent's audio plays: as official clients do, tell it what was heard. */
    private List<CallerAction> interrupted() {
        if (!playback.playing(now())) {
            return List.of();
        }
        List<CallerAction> actions = new ArrayList<>();
        if (responding && !serverInterrupts) {
            actions.add(ClientFrames.cancel());
        }
        long heard = playback.heardMillis(now());
        if (heard > 0) {
            actions.add(ClientFrames.truncate(playback.itemId(), playback.contentIndex(), heard));
        }
        playback.stop(now());
        return actions;
    }

    private Optional<Instant> bargeInAt() {
        if (microphone.speaking()) {
            return Optional.empty();
        }
        Optional<Duration> part = progress.bargeIn((agentWords + " " + utterance.words()).strip());
        boolean playing = spoken()
                && part.filter(playback::holds).isPresent()
                && playback.endsAt().isAfter(now());
        return playing ? part.map(playback::heardAt) : Optional.empty();
    }

    private List<CallerAction> takeTurn() {
        String words = utterance.active() ? (agentWords + " " + utterance.words()).strip() : agentWords;
        Optional<Deed> deed = progress.next(words);
        return deed.isPresent() ? perform(deed.get()) : List.of();
    }

    private List<CallerAction> perform(Deed deed) {
        return switch (deed) {
            case Deed.Say say -> say(say.text());
            case Deed.StaySilent silence -> {
                silentUntil = Optional.of(now().plus(silence.time()));
                yield List.of();
            }
            case Deed.HangUp ignored -> {
                keepUnfinishedWords();
                end = Optional.of(new CallEnd.HungUp());
                yield List.of(new CallerAction.HangUp());
            }
        };
    }

    private List<CallerAction> say(String text) {
        List<CallerAction> actions = new ArrayList<>();
        overtakeAgent(actions);
        agentWords = "";
        transcript.add(new Utterance(Speaker.CALLER, text, now(), false));
        switch (voice) {
            case CallerVoice.Typed ignored -> {
                actions.addAll(ClientFrames.typed(text));
                awaitingAnswerSince = Optional.of(now());
            }
            case CallerVoice.Spoken spoken -> {
                spoken.announcement().accept(text);
                byte[] pcm = spoken.synthesizer().pcm24kHz(text);
                awaitingAnswerSince = Optional.of(microphone.speak(pcm, now()));
            }
        }
        return actions;
    }

    private void overtakeAgent(List<CallerAction> actions) {
        if (utterance.active()) {
            keepUnfinishedWords();
            utterance.overtake();
            if (!spoken()) {
                actions.add(ClientFrames.cancel());
            }
        } else if (playback.playing(now()) && !transcript.isEmpty()) {
            Utterance last = transcript.removeLast();
            transcript.add(new Utterance(last.speaker(), last.text(), last.at(), last.speaker() == Speaker.AGENT));
        }
    }

    private void keepUnfinishedWords() {
        if (utterance.active() && !utterance.overtaken() && !utterance.words().isEmpty()) {
            transcript.add(new Utterance(Speaker.AGENT, utterance.words(), now(), true));
        }
        utterance.end();
    }

    private boolean spoken() {
        return voice instanceof CallerVoice.Spoken;
    }

    private boolean due(Optional<Instant> moment) {
        return moment.filter(each -> !now().isBefore(each)).isPresent();
    }

    private Instant now() {
        return clock.instant();
    }
}
