package dev.antiphon.session;

import dev.antiphon.realtime.AudioFormat;
import dev.antiphon.realtime.AudioPayload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The caller's recent audio: when each piece arrived, and what a new connection must still hear. Confined to one session
 * actor.
 *
 * <p>Bounded: {@link #LIVE} of audio while a connection takes it, {@link #WAITING} while there is none or the caller speaks, and
 * always when turns end by hand, since only a commit makes them the model's; the oldest is dropped first, and counted.
 */
final class CallerAudioLedger {
    private static final Duration LIVE = Duration.ofSeconds(3);
    private static final Duration WAITING = Duration.ofSeconds(20);
    private static final Duration REPLAYED = Duration.ofMillis(600);

    private final AudioFormat format;
    private final AudioTail pieces = new AudioTail();
    private long totalNanos;
    private long lineStartNanos;
    private long turnEndNanos;
    private long committedNanos;
    private boolean byHand;
    private OptionalLong speechStartNanos = OptionalLong.empty();
    private long dropped;

    CallerAudioLedger(AudioFormat format) {
        this.format = format;
    }

    /** Notes one piece; {@code sent} tells whether the current connection takes it. */
    void arrived(AudioPayload audio, boolean sent, long now) {
        long start = totalNanos;
        totalNanos += audio.duration(format).toNanos();
        pieces.add(audio, start, totalNanos, now, sent);
        boolean live = sent && !byHand && speechStartNanos.isEmpty();
        long bound = (live ? LIVE : WAITING).toNanos();
        while (pieces.size() > 0 && totalNanos - pieces.startNanos(0) > bound) {
            if (!pieces.sent(0)) {
                dropped++;
            }
            pieces.removeFirst();
        }
    }

    /** Whether the caller's side says when a turn ends. */
    void turnsEndByHand(boolean now) {
        byHand = now;
    }

    /** The caller's side ends the turn here. */
    void committed() {
        committedNanos = totalNanos;
    }

    /** The model has taken the turn that was committed last. */
    void commitTaken() {
        turnEndNanos = Math.max(turnEndNanos, committedNanos);
        speechStartNanos = OptionalLong.empty();
    }

    /** Forgets audio that was not committed. */
    void cleared() {
        speechStartNanos = OptionalLong.empty();
        pieces.clear();
    }

    /**
     * What a new connection must be sent first: everything no connection took, and the last moments of the rest, so that the
     * beginning of a word is not lost; the whole turn when turns end by hand or the caller is speaking; never audio of a turn
     * that is over.
     */
    List<AudioPayload> replay() {
        List<AudioPayload> replay = new ArrayList<>();
        long last = totalNanos - REPLAYED.toNanos();
        long wanted = byHand ? 0 : Math.min(last, speechStartNanos.orElse(last));
        long from = Math.max(turnEndNanos, wanted);
        long start = totalNanos;
        for (int i = 0; i < pieces.size(); i++) {
            if (!pieces.sent(i) || pieces.startNanos(i) >= from) {
                if (replay.isEmpty()) {
                    start = pieces.startNanos(i);
                }
                replay.add(pieces.audio(i));
            }
        }
        lineStartNanos = start;
        pieces.markSent();
        return replay;
    }

    /** A position on the current connection as a position in the call. */
    Duration inCall(Duration onLine) {
        return onLine.plusNanos(lineStartNanos);
    }

    /** The caller began to speak at this position of the call. */
    void speechBegan(Duration inCall) {
        speechStartNanos = OptionalLong.of(inCall.toNanos());
    }

    /** The caller's turn ended at this position of the call. */
    void turnEnded(Duration inCall) {
        speechStartNanos = OptionalLong.empty();
        turnEndNanos = Math.max(turnEndNanos, Math.min(inCall.toNanos(), totalNanos));
    }

    /** When the audio at this position of the call arrived, or {@code now} when that is not known any more. */
    long arrivalOf(Duration inCall, long now) {
        long position = inCall.toNanos();
        for (int i = 0; i < pieces.size(); i++) {
            if (pieces.startNanos(i) <= position && position < pieces.endNanos(i)) {
                return pieces.arrivedAt(i);
            }
        }
        return now;
    }

    /** Pieces that no connection ever got. */
    long dropped() {
        return dropped;
    }
}
