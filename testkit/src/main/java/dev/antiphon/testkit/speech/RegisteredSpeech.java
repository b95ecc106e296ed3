package dev.antiphon.testkit.speech;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Recognises what simulated callers said they would say: it speaks each registered text with the same synthesizer and compares
 * what it hears with that. It survives a telephone line, other sampling rates, other levels, slight changes of speed and
 * silence around; it understands nothing that was not registered. A phrase that sounds nearly like a registered one ("Emma Miller" for "Anna
 * Miller") may be taken for it; of texts that sound the same the one registered last is taken.
 *
 * <p>Thread-safe. Keeps the {@value #DEFAULT_CAPACITY} texts registered last by default. Registering takes one synthesis; recognising
 * takes a few milliseconds for some hundred texts, since only texts of about the same length are compared.
 */
public final class RegisteredSpeech implements SpeechRecognizer {
    /** How many texts are kept unless told otherwise. */
    public static final int DEFAULT_CAPACITY = 1_000;

    /** The shares of a text's length that an utterance of it may have. */
    private static final double SHORTEST = 0.93;

    private static final double LONGEST = 1.07;
    private static final double LEAST_OVERALL = 0.92;
    private static final double LEAST_IN_A_STRETCH = 0.86;
    /** Texts that are as alike as that sound the same; a caller has just announced what it says, so the latest is meant. */
    private static final double TIE = 0.002;

    private final SpeechSynthesizer synthesizer;
    private final Map<String, Optional<VoicePrint>> prints;

    /** Keeps {@value #DEFAULT_CAPACITY} texts. */
    public RegisteredSpeech(SpeechSynthesizer synthesizer) {
        this(synthesizer, DEFAULT_CAPACITY);
    }

    /**
     * Keeps the texts that were registered last.
     *
     * @param synthesizer the one that the callers speak with
     * @param capacity how many texts, at least 1
     */
    public RegisteredSpeech(SpeechSynthesizer synthesizer, int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be at least 1, but was " + capacity);
        }
        this.synthesizer = synthesizer;
        this.prints = Collections.synchronizedMap(new Recent<>(capacity));
    }

    @Override
    public void register(String text) {
        if (!prints.containsKey(text)) {
            // Outside the monitor: synthesis takes long, and others are being recognised meanwhile.
            prints.put(text, VoicePrint.of(synthesizer.pcm24kHz(text)));
        }
        prints.get(text); // used now, so that it is the latest
    }

    @Override
    public Optional<String> recognize(byte[] pcm24kHz) {
        return VoicePrint.of(pcm24kHz).flatMap(this::closest);
    }

    private Optional<String> closest(VoicePrint heard) {
        record Candidate(String text, double likeness) {}
        List<Candidate> candidates = known().stream()
                .filter(entry -> entry.getValue().isPresent()
                        && lengthFits(heard, entry.getValue().get()))
                .map(entry -> {
                    VoicePrint.Likeness likeness =
                            heard.likenessTo(entry.getValue().orElseThrow());
                    boolean same = likeness.overall() >= LEAST_OVERALL && likeness.worstStretch() >= LEAST_IN_A_STRETCH;
                    return new Candidate(entry.getKey(), same ? likeness.overall() : 0);
                })
                .filter(candidate -> candidate.likeness() > 0)
                .toList();
        double best = candidates.stream().mapToDouble(Candidate::likeness).max().orElse(0);
        return candidates.reversed().stream()
                .filter(candidate -> candidate.likeness() >= best - TIE)
                .findFirst()
                .map(Candidate::text);
    }

    /** The texts, the one used last at the end. */
    private List<Map.Entry<String, Optional<VoicePrint>>> known() {
        synchronized (prints) {
            return List.copyOf(prints.entrySet());
        }
    }

    /** A map that forgets what was used longest ago. */
    private static final class Recent<V> extends LinkedHashMap<String, V> {
        private static final long serialVersionUID = 1;
        private final int capacity;

        Recent(int capacity) {
            super(16, 0.75f, true);
            this.capacity = capacity;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > capacity;
        }
    }

    private static boolean lengthFits(VoicePrint heard, VoicePrint registered) {
        double share = (double) heard.length() / registered.length();
        return share >= SHORTEST && share <= LONGEST || Math.abs(heard.length() - registered.length()) <= 8;
    }
}
