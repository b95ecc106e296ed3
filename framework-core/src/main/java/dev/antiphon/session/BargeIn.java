package dev.antiphon.session;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the caller's speech does while the agent's words are heard. Immutable.
 *
 * <p>{@link #immediate()} stops the agent at the first sound. Otherwise the agent speaks on until it is known what was said:
 * a noise or a back-channel changes nothing and is taken out of the model's memory; everything else is a turn, and stops the
 * agent as soon as it has lasted {@code backChannelBelow} (and the silence that ends a turn), or its transcript is there.
 *
 * @param noiseBelow shorter speech is a noise; default 200 ms
 * @param backChannelBelow shorter speech is judged by its transcript; default 1 s, zero: none is judged
 * @param backChannels the words, in lower case, of which a back-channel consists
 * @param transcriptWait how long the transcript is waited for; then it is a turn; default 1 s
 * @param lastWords speech that begins when less than this is left of the agent's words is an early answer, and so a turn;
 *     default 1 s
 */
public record BargeIn(
        Duration noiseBelow,
        Duration backChannelBelow,
        Set<String> backChannels,
        Duration transcriptWait,
        Duration lastWords) {
    private static final Map<String, List<String>> WORDS = Map.of(
            "en",
            List.of("mhm", "mm", "mmm", "hm", "hmm", "uh", "huh", "uh-huh", "mm-hmm", "ah", "oh", "yes", "yeah", "yep"),
            "de",
            List.of("mhm", "hm", "hmm", "aha", "ja", "jaja", "genau", "okay", "ok", "gut", "klar", "ach", "so"),
            "fr",
            List.of("mhm", "hm", "hmm", "ah", "oui", "ouais", "d'accord", "ok", "okay", "bien", "voilà"),
            "es",
            List.of("mhm", "hm", "ah", "ajá", "sí", "si", "vale", "claro", "bueno", "ok", "okay"));
    private static final List<String> MORE_ENGLISH =
            List.of("okay", "ok", "right", "sure", "good", "great", "i", "see");

    public BargeIn {
        backChannels = Set.copyOf(backChannels);
        for (Duration bound : List.of(noiseBelow, backChannelBelow, transcriptWait, lastWords)) {
            if (bound.isNegative()) {
                throw new IllegalArgumentException(
                        "the durations of a barge-in policy must not be negative, but one was " + bound);
            }
        }
    }

    /** Any speech stops the agent at once. */
    public static BargeIn immediate() {
        return new BargeIn(Duration.ZERO, Duration.ZERO, Set.of(), Duration.ZERO, Duration.ZERO);
    }

    /** Noises and the language's back-channels do not stop the agent; a language without a list has noises only. */
    public static BargeIn considered(Locale language) {
        Stream<String> words = WORDS.getOrDefault(language.getLanguage(), List.of()).stream();
        Stream<String> more = language.getLanguage().equals("en") ? MORE_ENGLISH.stream() : Stream.of();
        Set<String> all = Stream.concat(words, more).collect(Collectors.toSet());
        return new BargeIn(
                Duration.ofMillis(200),
                all.isEmpty() ? Duration.ZERO : Duration.ofSeconds(1),
                all,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1));
    }

    /** A copy with another bound for noises. */
    public BargeIn withNoiseBelow(Duration bound) {
        return new BargeIn(bound, backChannelBelow, backChannels, transcriptWait, lastWords);
    }

    /** A copy with other back-channels, and how long they are at most. */
    public BargeIn withBackChannels(Set<String> words, Duration below) {
        return new BargeIn(noiseBelow, below, words, transcriptWait, lastWords);
    }

    /** A copy that waits longer, or less long, for transcripts. */
    public BargeIn withTranscriptWait(Duration wait) {
        return new BargeIn(noiseBelow, backChannelBelow, backChannels, wait, lastWords);
    }

    /** A copy with another bound for early answers. */
    public BargeIn withLastWords(Duration left) {
        return new BargeIn(noiseBelow, backChannelBelow, backChannels, transcriptWait, left);
    }

    /** Whether speech is considered at all. */
    boolean considers() {
        return longestConsidered().isPositive();
    }

    /** Longer speech is a turn, whatever it is. */
    Duration longestConsidered() {
        return noiseBelow.compareTo(backChannelBelow) > 0 ? noiseBelow : backChannelBelow;
    }

    /** Whether these words are a back-channel and nothing else. */
    boolean isBackChannel(String transcript) {
        List<String> words = Arrays.stream(transcript.toLowerCase(Locale.ROOT).split("[^\\p{L}'’-]+"))
                .filter(word -> !word.isEmpty())
                .map(word -> word.replace('’', '\''))
                .toList();
        return !words.isEmpty() && backChannels.containsAll(words);
    }
}
