package dev.antiphon.testkit.emulator;

import dev.antiphon.realtime.ApiError;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The caller's audio: buffer, turns found by voice activity or committed by hand, idle timeouts. Not thread-safe. */
final class CallerTurns {
    private static final int MAX_APPEND_BYTES = 15 * 1024 * 1024;
    private static final double MIN_COMMIT_MS = 100;
    /**
     * How much audio without speech is kept at least while turns are found by voice activity; what is older is dropped once there is
     * twice as much, so that not every append moves the buffer.
     */
    private static final long KEPT_SILENCE_MS = 5_000;

    private final SessionContext context;
    private final Responses responses;
    private final InputTranscription transcription;
    private final ItemFactory factory;
    private final InputAudioBuffer buffer = new InputAudioBuffer();
    private final VoiceActivity voice = new VoiceActivity();
    private byte[] halfSample = {};
    private Optional<String> announcedItem = Optional.empty();
    private Timeline.@Nullable Scheduled idle;
    /** When the agent's speech has been heard to its end and nobody has spoken since. */
    private Optional<Instant> quietFrom = Optional.empty();

    private long quietSinceMs;

    CallerTurns(SessionContext context, Responses responses) {
        this.context = context;
        this.responses = responses;
        this.transcription = new InputTranscription(context);
        this.factory = new ItemFactory(context);
        responses.whenBegun(this::cancelIdle);
        responses.whenQuiet(this::waitForCaller);
    }

    /** {@code input_audio_buffer.append}. */
    void append(String base64, Optional<String> eventId) {
        Optional<byte[]> bytes = ItemFactory.decodedBytes(base64);
        if (bytes.isEmpty()) {
            reject("Invalid 'audio'. Expected base64-encoded audio bytes, but got an invalid value.", eventId);
        } else if (bytes.get().length > MAX_APPEND_BYTES) {
            reject(
                    "Invalid 'audio'. Expected at most %d bytes of audio, but got %d."
                            .formatted(MAX_APPEND_BYTES, bytes.get().length),
                    eventId);
        } else {
            hear(decode(bytes.get()));
        }
    }

    private void reject(String message, Optional<String> eventId) {
        context.out().error(ApiError.invalidAt("audio", "invalid_value", message), eventId);
    }

    private short[] decode(byte[] bytes) {
        int sampleBytes = context.session().inputFormat().bytesPerSample();
        byte[] all = halfSample.length == 0 ? bytes : join(halfSample, bytes);
        int whole = all.length - all.length % sampleBytes;
        halfSample = Arrays.copyOfRange(all, whole, all.length);
        return AudioCodec.decode(context.session().inputFormat(), all, whole);
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    private void hear(short[] samples) {
        buffer.append(samples);
        Optional<TurnTaking> turns = context.session().turnTaking();
        double threshold = turns.map(TurnTaking::threshold).orElse(0.5);
        long silenceMs = turns.map(found -> found.silence().toMillis()).orElse(200L);
        var changes = voice.hear(samples, threshold, silenceMs);
        if (turns.isEmpty()) {
            voice.reset();
            return;
        }
        for (VoiceActivity.Change change : changes) {
            switch (change) {
                case VoiceActivity.Change.Began began -> began(began.atMs(), turns.get());
                case VoiceActivity.Change.Ended ended -> ended(ended.atMs(), turns.get());
            }
        }
        if (!voice.speaking() && buffer.bufferedMs() > 2 * KEPT_SILENCE_MS) {
            buffer.dropBefore(buffer.appendedMs() - KEPT_SILENCE_MS);
        }
    }

    private void began(long atMs, TurnTaking turns) {
        cancelIdle();
        long startMs = Math.max(buffer.startMs(), atMs - turns.prefixPadding().toMillis());
        buffer.dropBefore(startMs);
        String itemId = context.ids().item();
        announcedItem = Optional.of(itemId);
        context.out()
                .send(context.out()
                        .event("input_audio_buffer.speech_started")
                        .put("audio_start_ms", startMs)
                        .put("item_id", itemId));
        if (turns.interruptsResponse()) {
            responses.interrupt();
        }
    }

    private void ended(long atMs, TurnTaking turns) {
        String itemId = takeItemId();
        context.out()
                .send(context.out()
                        .event("input_audio_buffer.speech_stopped")
                        .put("audio_end_ms", atMs)
                        .put("item_id", itemId));
        commit(itemId, buffer.takeUntil(atMs));
        if (turns.createsResponse()) {
            responses.createAfterTurn();
        }
    }

    private String takeItemId() {
        String id = announcedItem.orElseGet(() -> context.ids().item());
        announcedItem = Optional.empty();
        return id;
    }

    private void commit(String itemId, short[] samples) {
        ObjectNode event = context.out().event("input_audio_buffer.committed");
        Outbox.putOrNull(event, "previous_item_id", context.conversation().lastId());
        context.out().send(event.put("item_id", itemId));
        StoredItem item = factory.fromCallerAudio(itemId, samples);
        context.conversation().append(item);
        context.sendWholeItem(item);
        transcription.begin(item);
    }

    /** {@code input_audio_buffer.commit}. */
    void commit(Optional<String> eventId) {
        if (buffer.bufferedMs() < MIN_COMMIT_MS) {
            String message = String.format(
                    Locale.ROOT,
                    "Error committing input audio buffer: buffer too small. Expected at least 100ms of audio, but buffer only"
                            + " has %.2fms of audio.",
                    buffer.bufferedMs());
            context.out().error(ApiError.invalid("input_audio_buffer_commit_empty", message), eventId);
            return;
        }
        voice.reset();
        cancelIdle();
        commit(takeItemId(), buffer.takeAll());
    }

    /** {@code input_audio_buffer.clear}. */
    void clear() {
        buffer.takeAll();
        voice.reset();
        announcedItem = Optional.empty();
        context.out().send(context.out().event("input_audio_buffer.cleared"));
    }

    /** Stops to wait for the caller: somebody speaks, or the session is over. */
    void cancelIdle() {
        quietFrom = Optional.empty();
        cancelTimer();
    }

    /** The session's settings changed; a wait that has begun goes by the new ones. */
    void settingsChanged() {
        cancelTimer();
        startTimer();
    }

    private void waitForCaller(Duration playOut) {
        cancelIdle();
        quietSinceMs = buffer.appendedMs();
        quietFrom = Optional.of(context.timeline().now().plus(playOut));
        startTimer();
    }

    private void startTimer() {
        if (quietFrom.isEmpty() || voice.speaking()) {
            return;
        }
        Duration passed = Duration.between(quietFrom.get(), context.timeline().now());
        context.session()
                .turnTaking()
                .flatMap(TurnTaking::idleTimeout)
                .ifPresent(timeout -> idle = context.timeline().deadline(timeout.minus(passed), this::timedOut));
    }

    private void cancelTimer() {
        if (idle != null) {
            idle.cancel();
        }
    }

    private void timedOut() {
        if (voice.speaking() || responses.isActive() || context.out().closed()) {
            return;
        }
        cancelIdle();
        buffer.dropBefore(quietSinceMs);
        String itemId = takeItemId();
        context.out()
                .send(context.out()
                        .event("input_audio_buffer.timeout_triggered")
                        .put("audio_start_ms", quietSinceMs)
                        .put("audio_end_ms", buffer.appendedMs())
                        .put("item_id", itemId));
        commit(itemId, buffer.takeAll());
        responses.createAfterTurn();
    }
}
