package dev.antiphon.session;

import dev.antiphon.realtime.AudioFormat;
import dev.antiphon.realtime.AudioPayload;
import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.ServerEvent;
import dev.antiphon.realtime.TurnDetection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the caller's side of a call has set and said, as far as a new connection must be told it: settings and recent
 * audio. Confined to one session actor.
 */
final class CallerSide {
    private SessionSettings settings;
    /** What the connection that is being made was told; the caller's side may have changed it since. */
    private SessionSettings preparedFor;

    private CallerAudioLedger audio;
    private AudioBridge bridge;
    /** Push-to-talk: whether audio came since the last turn. */
    private boolean recording;

    CallerSide(SessionSettings settings) {
        this.settings = settings;
        this.preparedFor = settings;
        this.audio = ledger();
        this.bridge = AudioBridge.of(settings);
    }

    private CallerAudioLedger ledger() {
        CallerAudioLedger ledger = new CallerAudioLedger(settings.lineInput());
        ledger.turnsEndByHand(turnsEndByHand());
        return ledger;
    }

    private boolean turnsEndByHand() {
        return settings.turnDetection() instanceof TurnDetection.Manual;
    }

    // What it has set.

    SessionSettings settings() {
        return settings;
    }

    void configure(VoiceSession.ConfigureCaller wish) {
        AudioFormat lineInput = settings.lineInput();
        boolean otherFormats = wish.input() != settings.inputFormat() || wish.output() != settings.outputFormat();
        settings = settings.withCaller(wish.input(), wish.output(), wish.modality(), wish.turnDetection());
        if (otherFormats) {
            bridge = AudioBridge.of(settings);
        }
        if (lineInput != settings.lineInput()) {
            audio = ledger();
        } else {
            audio.turnsEndByHand(turnsEndByHand());
        }
    }

    /** Takes back what was different from these settings in voice and line; whether anything was. */
    boolean becomes(SessionSettings usual) {
        SessionSettings other = settings.withVoice(usual.voice()).withLine(usual.line());
        boolean changed = !other.equals(settings);
        settings = other;
        return changed;
    }

    /** A connection that is being made is told the settings as they are now. */
    void prepares() {
        preparedFor = settings;
    }

    /** Whether the connection that was made must be told the settings once more. */
    boolean changedSincePrepared() {
        return !preparedFor.equals(settings);
    }

    // What it has said.

    /** The caller's audio as the line wants it; empty when it is too short to tell. */
    AudioPayload forLine(AudioPayload piece) {
        return bridge.toLine(piece);
    }

    /** The end of the caller's turn, as far as it was held back. */
    AudioPayload restForLine() {
        return bridge.restToLine();
    }

    /**
     * Notes one piece, as the line has it; {@code sent} tells whether the current connection takes it. True when a turn that ends by hand begins with
     * it.
     */
    boolean heard(AudioPayload piece, boolean sent, long now) {
        audio.arrived(piece, sent, now);
        boolean begins = turnsEndByHand() && !recording;
        recording = turnsEndByHand();
        return begins;
    }

    void committed() {
        recording = false;
        audio.committed();
    }

    void cleared() {
        recording = false;
        bridge.restToLine();
        audio.cleared();
    }

    /** The audio that a new connection must hear first. */
    List<ClientEvent> replay() {
        return audio.replay().stream()
                .<ClientEvent>map(piece -> new ClientEvent.AudioAppend(Optional.empty(), piece))
                .toList();
    }

    /** What was held back of an utterance that ends with this event. */
    Optional<TurnInput> rest(ServerEvent event) {
        return event instanceof ServerEvent.AudioDone done
                ? bridge.restToCaller(done).map(TurnInput.FromModel::new)
                : Optional.empty();
    }

    /**
     * An event of the model for the turn machine, its positions on the connection made positions in the call, its
     * audio as the caller hears it.
     *
     * @param now the time of the event, by {@link CallClock#nanoTime()}
     */
    TurnInput placed(ServerEvent event, long now) {
        return switch (event) {
            case ServerEvent.AudioDelta e -> new TurnInput.FromModel(bridge.toCaller(e));
            case ServerEvent.SpeechStarted e -> {
                Duration start = audio.inCall(e.audioStart());
                audio.speechBegan(start);
                yield new TurnInput.FromModel(new ServerEvent.SpeechStarted(e.eventId(), start, e.itemId()));
            }
            case ServerEvent.SpeechStopped e -> {
                Duration end = audio.inCall(e.audioEnd());
                audio.turnEnded(end);
                yield new TurnInput.CallerStopped(
                        new ServerEvent.SpeechStopped(e.eventId(), end, e.itemId()),
                        audio.arrivalOf(end.minus(LineConfig.closingSilence(settings)), now));
            }
            case ServerEvent.AudioCommitted e -> {
                audio.commitTaken();
                yield new TurnInput.FromModel(e);
            }
            case ServerEvent other -> new TurnInput.FromModel(other);
        };
    }
}
