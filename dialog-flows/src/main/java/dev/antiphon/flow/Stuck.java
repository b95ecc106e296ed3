package dev.antiphon.flow;

import java.util.HashMap;
import java.util.Map;

/**
 * How often a caller did not get on.
 *
 * @param noMatches turns in a row that were not understood
 * @param rejections values in a row that were not possible, by slot
 * @param attempts how often a slot was asked for in vain since it last had a value, by slot
 */
public record Stuck(int noMatches, Map<String, Integer> rejections, Map<String, Integer> attempts) {
    static final Stuck NOT = new Stuck(0, Map.of(), Map.of());

    public Stuck {
        rejections = Map.copyOf(rejections);
        attempts = Map.copyOf(attempts);
    }

    /** How often this slot was asked for in vain. */
    public int attempts(String slot) {
        return attempts.getOrDefault(slot, 0);
    }

    /** How often values of this slot were refused. */
    public int rejections(String slot) {
        return rejections.getOrDefault(slot, 0);
    }

    Stuck noMatch() {
        return new Stuck(noMatches + 1, rejections, attempts);
    }

    Stuck understood() {
        return noMatches == 0 ? this : new Stuck(0, rejections, attempts);
    }

    Stuck inVain(String slot) {
        return new Stuck(noMatches, rejections, increased(attempts, slot));
    }

    Stuck rejected(String slot) {
        return new Stuck(noMatches, increased(rejections, slot), increased(attempts, slot));
    }

    Stuck accepted(String slot) {
        return new Stuck(noMatches, without(rejections, slot), without(attempts, slot));
    }

    private static Map<String, Integer> increased(Map<String, Integer> counts, String slot) {
        Map<String, Integer> more = new HashMap<>(counts);
        more.merge(slot, 1, Integer::sum);
        return more;
    }

    private static Map<String, Integer> without(Map<String, Integer> counts, String slot) {
        Map<String, Integer> fewer = new HashMap<>(counts);
        fewer.remove(slot);
        return fewer;
    }
}
