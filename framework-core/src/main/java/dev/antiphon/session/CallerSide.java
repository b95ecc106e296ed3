package dev.antiphon.session;

import dev.antiphon.realtime.AudioPayload;
import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.Item;
import dev.antiphon.realtime.ServerEvent;
import dev.antiphon.realtime.TurnDetection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the caller's side of a call has set and said, as far as a new connection must be told it: settings, recent audio, typed
 * words. Confined to one session actor.
 */
final class CallerSide {
    private final List<Item.Message> typed = new ArrayList<>();
    private SessionSettings settings;
    /** What the connection that is being made was told; the caller's side may have changed it since. */
    private SessionSettings preparedFor;

    private CallerAudioLedger audio;
    /** Push-to-talk: whether audio came since the last turn. */
    private boolean recording;

    CallerSide(SessionSettings settings) {
        this.settings = settings;
        this.preparedFor = settings;
        this.audio = ledger();
    }

    private CallerAudioLedger ledger() {
        CallerAudioLedger ledger = new CallerAudioLedger(settings.inputFormat());
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
        boolean otherFormat = wish.input() != settings.inputFormat();
        settings = settings.withCaller(wish.input(), wish.output(), wish.modality(), wish.turnDetection());
        if (otherFormat) {
            audio = ledger();
        } else {
            audio.turnsEndByHand(turnsEndByHand());
        }
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

    /**
     * Notes one piece; {@code sent} tells whether the current connection takes it. True when a turn that ends by hand begins with
     * it.
     */
    boolean heard(AudioPayload piece, boolean sent, long now) {
        audio.arrived(piece, sent, now);
        boolean begins = turnsEndByHand() && !recording;
        recording = turnsEndByHand();
        return begins;
    }

    void typed(VoiceSession.CallerText turn) {
        typed.add(new TurnInput.CallerTyped(turn.text(), turn.images()).asItem(Optional.empty()));
    }

    void committed() {
        recording = false;
        audio.committed();
    }

    void cleared() {
        recording = false;
        audio.cleared();
    }

    /** What was typed has been acted upon. */
    void turnOver() {
        typed.clear();
    }

    /**
     * What a new connection must hear first: words that were typed and not yet acted upon, which a lost connection took with
     * it (what it never got is kept by the machine), then audio.
     */
    List<ClientEvent> replay(TurnState turn) {
        List<ClientEvent> replay = new ArrayList<>();
        if (turn.callerTurnOpen() && !turn.toolSinceCaller()) {
            int sent = Math.max(0, typed.size() - turn.keptTyped());
            typed.subList(0, sent)
                    .forEach(item ->
                            replay.add(new ClientEvent.ItemCreate(Optional.empty(), Optional.empty(), item)));
        }
        audio.replay().forEach(piece -> replay.add(new ClientEvent.AudioAppend(Optional.empty(), piece)));
        return replay;
    }

    /**
     * An event of the model for the turn machine, its positions on the connection made positions in the call.
     *
     * @param now the time of the event, by {@link System#nanoTime()}
     */
    TurnInput placed(ServerEvent event, long now) {
        return switch (event) {
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
