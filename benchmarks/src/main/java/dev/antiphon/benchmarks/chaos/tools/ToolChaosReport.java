package dev.antiphon.benchmarks.chaos.tools;

import dev.antiphon.benchmarks.Report;
import dev.antiphon.session.Conduct;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a storm of tools came to.
 *
 * @param conduct of all calls
 * @param outcomes sessions by outcome; a call that was killed and resumed has two
 * @param struck how often each strike took place
 * @param settlements how tools and effects ended for their sessions
 * @param problems what went wrong in calls, by code
 * @param serviceErrors errors that the emulated service reported, by code
 * @param booked calls with a booking
 * @param violations how often what must never happen did
 * @param examples a few of these
 * @param talked the length of all calls together, in virtual time
 * @param took the real time
 */
public record ToolChaosReport(
        int calls,
        long seed,
        Conduct conduct,
        Map<String, Integer> outcomes,
        Map<String, Integer> struck,
        Map<String, Integer> settlements,
        Map<String, Integer> problems,
        Map<String, Integer> serviceErrors,
        int booked,
        Map<String, Integer> violations,
        List<String> examples,
        Duration talked,
        Duration took)
        implements Report {

    /** From so many calls on every strike is to take place: each is planned for one call of as many as there are, and some come to nothing. */
    static final int ALL_STRIKE_FROM = 12 * Strike.values().length;

    /** Whether nothing happened that must not, and everything that was to. */
    public boolean passed() {
        return violations.values().stream().allMatch(times -> times == 0)
                && (calls < ALL_STRIKE_FROM || missing().isEmpty());
    }

    /** Strikes that never took place. */
    List<String> missing() {
        return struck.entrySet().stream()
                .filter(each -> each.getValue() == 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public void print(PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%,d simulated calls with tools, %s, seed %d: %,d minutes of talk in %.1f s%n",
                calls,
                conduct.name().toLowerCase(Locale.ROOT),
                seed,
                talked.toMinutes(),
                took.toMillis() / 1000.0);
        section(out, "outcome", "sessions", new TreeMap<>(outcomes));
        section(out, "what went wrong", "calls", struck);
        section(out, "how tools and effects ended", "times", settlements);
        section(out, "problem", "times", problems);
        section(out, "error reported by the service", "times", new TreeMap<>(serviceErrors));
        out.printf(Locale.ROOT, "%n%,d calls with a booking%n", booked);
        out.printf(Locale.ROOT, "%n%-56s %9s%n", "must be 0", "found");
        violations.forEach((name, found) ->
                out.printf(Locale.ROOT, "%-56s %9d%s%n", name, found, found == 0 ? "" : "  <-- wrong"));
        if (calls >= ALL_STRIKE_FROM) {
            missing().forEach(strike -> out.printf(Locale.ROOT, "%-56s %9s  <-- wrong%n", strike, "never"));
        }
        examples.forEach(example -> out.println("  " + example));
        out.flush();
    }

    private static void section(PrintWriter out, String title, String unit, Map<String, Integer> counts) {
        out.printf(Locale.ROOT, "%n%-56s %9s%n", title, unit);
        counts.forEach((name, count) -> out.printf(Locale.ROOT, "%-56.90s %9d%n", name, count));
    }

    @Override
    public String json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("simulated", true).put("plan", "tools").put("calls", calls).put("seed", seed);
        root.put("conduct", conduct.name().toLowerCase(Locale.ROOT));
        put(root, "outcomes", new TreeMap<>(outcomes));
        ObjectNode strikes = root.putObject("struck");
        struck.forEach((strike, times) -> strikes.put(strike.replace(' ', '_'), times));
        put(root, "settlements", settlements);
        put(root, "problems", problems);
        put(root, "service_errors", new TreeMap<>(serviceErrors));
        root.put("booked", booked);
        put(root, "must_be_zero", violations);
        examples.forEach(root.putArray("examples")::add);
        root.put("passed", passed());
        root.put("virtual_minutes", talked.toMillis() / 60_000.0).put("real_seconds", took.toMillis() / 1000.0);
        return JsonMapper.shared().writeValueAsString(root);
    }

    private static void put(ObjectNode root, String name, Map<String, Integer> counts) {
        counts.forEach(root.putObject(name)::put);
    }
}
