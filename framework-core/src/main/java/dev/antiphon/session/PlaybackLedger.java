package dev.antiphon.session;

import dev.antiphon.realtime.AudioFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How much of each utterance was received from the model and how much of it the caller has heard. Pure; times are
 * monotonic nanoseconds.
 *
 * <p>Audio arrives faster than it plays. What was heard is what the caller's side reported, else an estimate: playing began
 * when the first audio arrived, or when the utterance before it ended. Heard time never exceeds received time.
 *
 * @param format the format of the received audio
 * @param utterances the latest few, oldest first
 */
record PlaybackLedger(AudioFormat format, List<Utterance> utterances) {
    private static final int REMEMBERED = 6;

    /**
     * One utterance.
     *
     * @param receivedBytes audio received so far
     * @param anchorNanos when {@code anchorHeard} was true
     * @param anchorHeardNanos how much had been heard then
     * @param stopped whether playback ended for good at {@code anchorHeardNanos}
     * @param known whether the model in use has it in its conversation; a new line knows none of the old ones
     */
    record Utterance(
            String id, long receivedBytes, long anchorNanos, long anchorHeardNanos, boolean stopped, boolean known) {}

    PlaybackLedger {
        utterances = List.copyOf(utterances);
    }

    static PlaybackLedger empty(AudioFormat format) {
        return new PlaybackLedger(format, List.of());
    }

    /** Audio of an utterance arrived. */
    PlaybackLedger received(String id, int bytes, long now) {
        Optional<Utterance> known = find(id);
        if (known.isPresent()) {
            Utterance u = known.get();
            return with(new Utterance(
                    id, u.receivedBytes + bytes, resumedAt(u, now), heardNanos(u, now), u.stopped, u.known));
        }
        long start = Math.max(now, endsAt());
        return with(new Utterance(id, bytes, start, 0, false, true));
    }

    /** The caller's side reported a position. */
    PlaybackLedger reported(String id, Duration played, boolean stopped, long now) {
        return find(id).map(u -> with(new Utterance(
                        id, u.receivedBytes, now, Math.min(played.toNanos(), receivedNanos(u)), stopped, u.known)))
                .orElse(this);
    }

    /** Playback of everything stops here. */
    PlaybackLedger stopAll(long now) {
        List<Utterance> stopped = new ArrayList<>();
        for (Utterance u : utterances) {
            stopped.add(u.stopped ? u : new Utterance(u.id, u.receivedBytes, now, heardNanos(u, now), true, u.known));
        }
        return new PlaybackLedger(format, stopped);
    }

    /** The call runs on a new line, whose model knows none of these. */
    PlaybackLedger onNewLine() {
        return new PlaybackLedger(
                format,
                utterances.stream()
                        .map(u -> new Utterance(
                                u.id, u.receivedBytes, u.anchorNanos, u.anchorHeardNanos, u.stopped, false))
                        .toList());
    }

    /** Whether the model in use has it in its conversation. */
    boolean isKnown(String id) {
        return find(id).filter(Utterance::known).isPresent();
    }

    /** Whether its playback ended for good. */
    boolean isStopped(String id) {
        return find(id).filter(Utterance::stopped).isPresent();
    }

    /** The latest utterance, when its playback was stopped before its end. */
    Optional<String> lastCutShort() {
        if (utterances.isEmpty()) {
            return Optional.empty();
        }
        Utterance last = utterances.get(utterances.size() - 1);
        return last.stopped && last.anchorHeardNanos < receivedNanos(last) ? Optional.of(last.id) : Optional.empty();
    }

    /** What the caller has heard of it. */
    Duration heard(String id, long now) {
        return find(id).map(u -> Duration.ofNanos(heardNanos(u, now))).orElse(Duration.ZERO);
    }

    /** What was received of it. */
    Duration received(String id) {
        return find(id).map(u -> Duration.ofNanos(receivedNanos(u))).orElse(Duration.ZERO);
    }

    /** Utterances that are not heard to their end yet, oldest first. */
    List<String> playing(long now) {
        List<String> ids = new ArrayList<>();
        for (Utterance u : utterances) {
            if (!u.stopped && heardNanos(u, now) < receivedNanos(u)) {
                ids.add(u.id);
            }
        }
        return ids;
    }

    /** When everything received will have been played, in monotonic nanoseconds; {@link Long#MIN_VALUE} for nothing. */
    long endsAt() {
        long end = Long.MIN_VALUE;
        for (Utterance u : utterances) {
            long own = u.stopped ? u.anchorNanos : u.anchorNanos + receivedNanos(u) - u.anchorHeardNanos;
            end = Math.max(end, own);
        }
        return end;
    }

    private long resumedAt(Utterance u, long now) {
        // An utterance whose playback ran dry goes on when more audio arrives, one not yet begun keeps its start.
        return Math.max(u.anchorNanos, now);
    }

    private long heardNanos(Utterance u, long now) {
        if (u.stopped || now <= u.anchorNanos) {
            return u.anchorHeardNanos;
        }
        return Math.min(receivedNanos(u), u.anchorHeardNanos + (now - u.anchorNanos));
    }

    private long receivedNanos(Utterance u) {
        return format.durationOf(u.receivedBytes).toNanos();
    }

    private Optional<Utterance> find(String id) {
        for (int i = utterances.size() - 1; i >= 0; i--) {
            if (utterances.get(i).id.equals(id)) {
                return Optional.of(utterances.get(i));
            }
        }
        return Optional.empty();
    }

    private PlaybackLedger with(Utterance changed) {
        List<Utterance> next = new ArrayList<>(utterances);
        next.removeIf(u -> u.id.equals(changed.id));
        next.add(changed);
        while (next.size() > REMEMBERED) {
            next.remove(0);
        }
        return new PlaybackLedger(format, next);
    }
}
