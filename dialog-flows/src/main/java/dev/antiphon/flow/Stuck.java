package dev.antiphon.flow;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How often a caller did not get on.
 *
 * @param noMatches turns in a row that were not understood
 * @param rejections values in a row that were not possible, by slot
 * @param attempts how often a slot was asked for in vain since it last had a value, by slot
 * @param denials how often the caller said no to a value that was asked back, since the slot last had one, by slot
 * @param rephrased the questions with which a ladder took the place of the author's until the slot has a value, by slot
 */
public record Stuck(
        int noMatches,
        Map<String, Integer> rejections,
        Map<String, Integer> attempts,
        Map<String, Integer> denials,
        Map<String, String> rephrased) {
    static final Stuck NOT = new Stuck(0, Map.of(), Map.of(), Map.of(), Map.of());

    public Stuck {
        rejections = Map.copyOf(rejections);
        attempts = Map.copyOf(attempts);
        denials = Map.copyOf(denials);
        rephrased = Map.copyOf(rephrased);
    }

    /** The question of a ladder for this slot. */
    Optional<String> rephrased(String slot) {
        return Optional.ofNullable(rephrased.get(slot));
    }

    /** This slot is asked for in other words from now on. */
    Stuck rephrase(String slot, String question) {
        Map<String, String> more = new HashMap<>(rephrased);
        more.put(slot, question);
        return new Stuck(noMatches, rejections, attempts, denials, more);
    }

    /** This slot is asked for in the author's words again. */
    Stuck inOwnWords(String slot) {
        return new Stuck(noMatches, rejections, attempts, denials, without(rephrased, slot));
    }

    /** How often this slot was asked for in vain. */
    public int attempts(String slot) {
        return attempts.getOrDefault(slot, 0);
    }

    /** How often values of this slot were refused. */
    public int rejections(String slot) {
        return rejections.getOrDefault(slot, 0);
    }

    /** How often the caller said no to a value of this slot that was asked back. */
    public int denials(String slot) {
        return denials.getOrDefault(slot, 0);
    }

    /** A value that was asked back is not meant: it was misheard, which is no trouble of the caller's before it happens again. */
    Stuck denied(String slot) {
        Stuck vain = denials(slot) == 0 ? this : inVain(slot);
        return new Stuck(noMatches, rejections, vain.attempts, increased(denials, slot), rephrased);
    }

    Stuck noMatch() {
        return new Stuck(noMatches + 1, rejections, attempts, denials, rephrased);
    }

    /** One more in a row than there were at the beginning of the turn. */
    Stuck noMatchAfter(int before) {
        return new Stuck(before + 1, rejections, attempts, denials, rephrased);
    }

    Stuck understood() {
        return noMatches == 0 ? this : new Stuck(0, rejections, attempts, denials, rephrased);
    }

    Stuck inVain(String slot) {
        return new Stuck(noMatches, rejections, increased(attempts, slot), denials, rephrased);
    }

    Stuck rejected(String slot) {
        return new Stuck(noMatches, increased(rejections, slot), increased(attempts, slot), denials, rephrased);
    }

    Stuck accepted(String slot) {
        return new Stuck(
                noMatches,
                without(rejections, slot),
                without(attempts, slot),
                without(denials, slot),
                without(rephrased, slot));
    }

    private static Map<String, Integer> increased(Map<String, Integer> counts, String slot) {
        Map<String, Integer> more = new HashMap<>(counts);
        more.merge(slot, 1, Integer::sum);
        return more;
    }

    private static <T> Map<String, T> without(Map<String, T> bySlot, String slot) {
        Map<String, T> fewer = new HashMap<>(bySlot);
        fewer.remove(slot);
        return fewer;
    }
}
