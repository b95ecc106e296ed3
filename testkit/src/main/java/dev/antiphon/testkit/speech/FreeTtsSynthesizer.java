package dev.antiphon.testkit.speech;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.sun.speech.freetts.Voice;
import com.sun.speech.freetts.en.us.cmu_us_kal.KevinVoiceDirectory;
import dev.antiphon.audio.Resampler;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Speaks English with FreeTTS and its voice {@code kevin16}, in the JVM, without sound hardware. Robotic, and meant to be: it is
 * the voice of the emulator and of simulated callers. Pauses inside an utterance are shortened, so that a server which takes
 * 200 ms of silence for the end of a turn hears one turn.
 *
 * <p>Thread-safe: one voice, used by one thread at a time (FreeTTS is not thread-safe). A sentence takes 5 to 50 ms; recent
 * texts are kept, up to {@value #CACHE_BYTES} bytes of audio, so that fixed phrases cost nothing. Text longer than
 * {@value #LONGEST_TEXT} characters is cut there.
 */
public final class FreeTtsSynthesizer implements SpeechSynthesizer {
    private static final long CACHE_BYTES = 48L * 1024 * 1024;
    private static final int LONGEST_TEXT = 2_000;

    /** FreeTTS reads the tables of a voice through fields that all voices share. */
    private static final ReentrantLock LOADING = new ReentrantLock();

    private final ReentrantLock oneAtATime = new ReentrantLock();
    private final CapturedAudio captured = new CapturedAudio();
    private final Voice voice;
    private final Cache<String, byte[]> recent = Caffeine.newBuilder()
            .maximumWeight(CACHE_BYTES)
            .weigher((String text, byte[] pcm) -> pcm.length + 2 * text.length())
            .build();

    /** Loads the voice, which takes about half a second. */
    public FreeTtsSynthesizer() {
        voice = Arrays.stream(new KevinVoiceDirectory().getVoices())
                .filter(each -> each.getName().equals("kevin16"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("FreeTTS must contain the voice kevin16, but does not"));
        LOADING.lock();
        try {
            voice.allocate();
        } finally {
            LOADING.unlock();
        }
        voice.setAudioPlayer(captured);
    }

    /** Speaks a sentence into the void, so that the first caller does not wait for class loading. */
    public void warmUp() {
        pcm24kHz("Hello, one two three. How can I help you?");
    }

    @Override
    public byte[] pcm24kHz(String text) {
        String spoken = SpokenText.of(text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text);
        return spoken.isEmpty() ? new byte[0] : recent.get(spoken, this::speak).clone();
    }

    private byte[] speak(String spoken) {
        oneAtATime.lock();
        try {
            captured.clear();
            voice.speak(spoken);
            float[] samples = captured.samples();
            return Pcm.bytes(Pauses.shortened(new Resampler(3, 2).whole(samples)));
        } finally {
            oneAtATime.unlock();
        }
    }
}
