package dev.antiphon.benchmarks.chaos;

import dev.antiphon.benchmarks.Report;
import dev.antiphon.session.Conduct;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a chaos run came to.
 *
 * @param conduct of all calls
 * @param outcomes calls by outcome
 * @param failures failed calls by reason
 * @param faults model sessions by the fault they got
 * @param brokenCallers callers whose own line was to break, if they still talked by then
 * @param serviceErrors errors that the emulated service reported, by code
 * @param problems what went wrong in calls, by code
 * @param bookings kept in the databases
 * @param told references that callers were told
 * @param leftStanding false claims that were seen, but the caller's own line broke before a word could put them right
 * @param talked the length of all calls together, in virtual time
 * @param took the real time
 */
record ChaosReport(
        int calls,
        long seed,
        Conduct conduct,
        Map<String, Integer> outcomes,
        Map<String, Integer> failures,
        Map<String, Integer> faults,
        int brokenCallers,
        Map<String, Integer> serviceErrors,
        Map<String, Integer> problems,
        int bookings,
        int told,
        int leftStanding,
        Checks checks,
        Duration talked,
        Duration took)
        implements Report {

    /**
     * What must never happen; each is a number of times.
     *
     * @param untyped calls without exactly one typed outcome
     * @param lost bookings that were told and are not kept
     * @param repeated callers with more than one booking, and calls whose booking succeeded twice
     * @param activeResponse {@code conversation_already_has_active_response} errors
     * @param orphans function calls that waited for an output longer than any tool may take
     * @param doubleOutputs function calls with more than one output
     */
    record Checks(int untyped, long lost, long repeated, int activeResponse, int orphans, int doubleOutputs) {
        boolean passed() {
            return untyped == 0
                    && lost == 0
                    && repeated == 0
                    && activeResponse == 0
                    && orphans == 0
                    && doubleOutputs == 0;
        }

        private Map<String, Long> byName() {
            Map<String, Long> named = new LinkedHashMap<>();
            named.put("calls without a typed outcome", (long) untyped);
            named.put("bookings told and lost", lost);
            named.put("double bookings", repeated);
            named.put("conversation_already_has_active_response", (long) activeResponse);
            named.put("function calls without an output", (long) orphans);
            named.put("function calls with two outputs", (long) doubleOutputs);
            return named;
        }
    }

    @Override
    public void print(PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%,d simulated calls, %s, seed %d: %,d minutes of talk in %.1f s, %,.0f minutes a second%n",
                calls,
                conduct.name().toLowerCase(Locale.ROOT),
                seed,
                talked.toMinutes(),
                took.toMillis() / 1000.0,
                talked.toMillis() / 60.0 / took.toMillis());
        section(out, "outcome", "calls", outcomes);
        section(out, "fault of a model session", "sessions", faults);
        out.printf(Locale.ROOT, "%n%-44s %9d%n", "callers whose own line was to break", brokenCallers);
        if (!failures.isEmpty()) {
            section(out, "reason of failure", "calls", failures);
        }
        section(out, "error reported by the service", "times", serviceErrors);
        out.printf(Locale.ROOT, "%n%,d bookings kept, %,d references told%n", bookings, told);
        out.printf(Locale.ROOT, "%,d false claims that a caller's own broken line left standing%n", leftStanding);
        out.printf(Locale.ROOT, "%n%-44s %9s%n", "must be 0", "found");
        checks.byName()
                .forEach((name, found) ->
                        out.printf(Locale.ROOT, "%-44s %9d%s%n", name, found, found == 0 ? "" : "  <-- wrong"));
        out.flush();
    }

    private static void section(PrintWriter out, String title, String unit, Map<String, Integer> counts) {
        out.printf(Locale.ROOT, "%n%-44s %9s%n", title, unit);
        new TreeMap<>(counts).forEach((name, count) -> out.printf(Locale.ROOT, "%-44.90s %9d%n", name, count));
    }

    @Override
    public String json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("simulated", true).put("calls", calls).put("seed", seed);
        root.put("conduct", conduct.name().toLowerCase(Locale.ROOT));
        put(root, "outcomes", outcomes);
        put(root, "faults", faults);
        root.put("broken_callers", brokenCallers);
        put(root, "failures", failures);
        put(root, "service_errors", serviceErrors);
        put(root, "problems", problems);
        root.put("bookings", bookings).put("references_told", told).put("claims_left_standing", leftStanding);
        ObjectNode zero = root.putObject("must_be_zero");
        zero.put("untyped_outcomes", checks.untyped())
                .put("lost_bookings", checks.lost())
                .put("double_bookings", checks.repeated())
                .put("active_response_errors", checks.activeResponse())
                .put("orphan_calls", checks.orphans())
                .put("double_outputs", checks.doubleOutputs());
        root.put("passed", checks.passed());
        root.put("virtual_minutes", talked.toMillis() / 60_000.0).put("real_seconds", took.toMillis() / 1000.0);
        return JsonMapper.shared().writeValueAsString(root);
    }

    private static void put(ObjectNode root, String name, Map<String, Integer> counts) {
        ObjectNode node = root.putObject(name);
        new TreeMap<>(counts).forEach(node::put);
    }
}
