package dev.antiphon.session;

import dev.antiphon.realtime.ServerEvent;
import java.time.Duration;
import java.util.Optional;

/**
 * The caller speaks over the agent's words, and what that means is still open. Nobody has been told of it yet. Pure.
 *
 * @param started when the service heard it begin
 * @param sinceNanos the same, in monotonic nanoseconds
 * @param onProtected whether the words may not be interrupted: the turn is taken at its end and stops nothing
 * @param stopped when it heard it end
 * @param committed the turn as the service has it, once it has
 */
record Overlap(
        ServerEvent.SpeechStarted started,
        long sinceNanos,
        boolean onProtected,
        Optional<TurnInput.CallerStopped> stopped,
        Optional<ServerEvent.AudioCommitted> committed) {

    /** What the speech was. */
    enum Verdict {
        /** A turn of the caller's. */
        TURN,
        /** Nothing that was said. */
        NOISE,
        /** Short words: their transcript decides. */
        WORDS
    }

    static Overlap began(ServerEvent.SpeechStarted event, boolean onProtected, long now) {
        return new Overlap(event, now, onProtected, Optional.empty(), Optional.empty());
    }

    boolean isOf(String itemId) {
        return started.itemId().equals(itemId);
    }

    Overlap ended(TurnInput.CallerStopped event) {
        return new Overlap(started, sinceNanos, onProtected, Optional.of(event), committed);
    }

    Overlap taken(ServerEvent.AudioCommitted event) {
        return new Overlap(started, sinceNanos, onProtected, stopped, Optional.of(event));
    }

    /**
     * How long the voice was: by the positions in the audio or by the clock, whichever is longer, since a turn that is taken for a
     * noise is the worse mistake.
     */
    Duration voice(TurnState.Rules rules, long now) {
        Duration byClock = Duration.ofNanos(now - sinceNanos).minus(rules.closingSilence());
        Duration byAudio = stopped.map(s -> s.event()
                        .audioEnd()
                        .minus(rules.closingSilence())
                        .minus(started.audioStart().plus(rules.prefixPadding())))
                .orElse(byClock);
        Duration longer = byAudio.compareTo(byClock) > 0 ? byAudio : byClock;
        return longer.isNegative() ? Duration.ZERO : longer;
    }

    /** What a voice of this length was. */
    static Verdict verdict(TurnState.Rules rules, Duration voice) {
        BargeIn policy = rules.bargeIn();
        if (voice.compareTo(policy.noiseBelow()) < 0) {
            return Verdict.NOISE;
        }
        boolean judged = rules.transcribes()
                && !policy.backChannels().isEmpty()
                && voice.compareTo(policy.backChannelBelow()) < 0;
        return judged ? Verdict.WORDS : Verdict.TURN;
    }
}
