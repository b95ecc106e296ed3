package dev.antiphon.server.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The order of a flow's steps, as calls tell it: of two steps the one comes first that came first in more of the calls that reached both, so
 * that a step which many calls skip stays where it belongs. Pure.
 */
public final class StepOrder {
    private static final int MOST_STEPS = 300;

    private record Pair(String first, String second) {}

    private StepOrder() {}

    /**
     * All steps of these calls, in order; where calls say nothing, in the order of first appearance.
     *
     * @param calls how many calls reached these steps, first ones first
     */
    public static List<String> of(Map<List<String>, Long> calls) {
        Map<Pair, Long> came = new HashMap<>();
        Set<String> steps = new LinkedHashSet<>();
        calls.forEach((path, count) -> {
            steps.addAll(path);
            for (int first = 0; first < path.size(); first++) {
                for (int second = first + 1; second < path.size(); second++) {
                    came.merge(new Pair(path.get(first), path.get(second)), count, Long::sum);
                }
            }
        });
        List<String> names = List.copyOf(steps);
        boolean[][] before = closure(names, came);
        Map<String, Integer> ahead = new HashMap<>();
        for (int one = 0; one < names.size(); one++) {
            for (int other = 0; other < names.size(); other++) {
                int sign = (before[one][other] ? 1 : 0) - (before[other][one] ? 1 : 0);
                ahead.merge(names.get(one), sign, Integer::sum);
            }
        }
        List<String> ordered = new ArrayList<>(steps);
        ordered.sort(Comparator.comparing(step -> -ahead.getOrDefault(step, 0)));
        return ordered;
    }

    /** What comes before a step comes before all that come after it, also where no call reached both. */
    private static boolean[][] closure(List<String> names, Map<Pair, Long> came) {
        int count = names.size();
        boolean[][] before = new boolean[count][count];
        for (int one = 0; one < count; one++) {
            for (int other = 0; other < count; other++) {
                before[one][other] = came.getOrDefault(new Pair(names.get(one), names.get(other)), 0L)
                        > came.getOrDefault(new Pair(names.get(other), names.get(one)), 0L);
            }
        }
        for (int via = 0; via < Math.min(count, MOST_STEPS); via++) {
            for (int one = 0; one < count; one++) {
                for (int other = 0; before[one][via] && other < count; other++) {
                    before[one][other] |= before[via][other];
                }
            }
        }
        return before;
    }
}
