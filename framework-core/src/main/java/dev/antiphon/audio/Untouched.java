package dev.antiphon.audio;

import dev.antiphon.realtime.AudioPayload;

/** Both sides speak the same format. */
record Untouched() implements AudioConverter {
    @Override
    public AudioPayload next(AudioPayload piece) {
        return piece;
    }

    @Override
    public AudioPayload rest() {
        return AudioPayload.EMPTY;
    }
}
