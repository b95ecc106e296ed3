package dev.antiphon.benchmarks.tools;

import dev.antiphon.benchmarks.Report;
import java.io.PrintWriter;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code bench tools} found.
 *
 * @param sessions who called
 * @param rate calls a second
 * @param hung calls that hung
 * @param alone the pool, before these
 * @param beside the pool, meanwhile
 * @param session whole sessions, before these
 * @param sessionBeside whole sessions, meanwhile
 * @param hungBytes of heap that they took
 */
record ToolsReport(
        int sessions, int rate, int hung, Row alone, Row beside, Row session, Row sessionBeside, long hungBytes)
        implements Report {
    private static final double MEGABYTE = 1e6;

    /** Calls of the tool that takes no time; microseconds from the call to its outcome. */
    record Row(long calls, long failed, double p50, double p99, double max) {
        private void print(PrintWriter out, String name) {
            out.printf(Locale.ROOT, "%-27s %8d %7d %9.0f %9.0f %9.0f%n", name, calls, failed, p50, p99, max);
        }

        private void write(ObjectNode node) {
            node.put("calls", calls)
                    .put("failed", failed)
                    .put("p50_us", p50)
                    .put("p99_us", p99)
                    .put("max_us", max);
        }
    }

    @Override
    public void print(PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "a tool that takes no time, %d sessions, %d calls a second; microseconds%n%n",
                sessions,
                rate);
        out.printf("%-27s %8s %7s %9s %9s %9s%n", "", "calls", "failed", "p50", "p99", "max");
        alone.print(out, "pool: call to outcome");
        beside.print(out, "  beside " + hung + " that hang");
        session.print(out, "session: call to output");
        sessionBeside.print(out, "  beside " + hung + " that hang");
        out.printf(
                Locale.ROOT,
                "%nsession, targets: p50 at most 50, p99 at most 500%np99 beside those that hang: pool %.2f times, session %.2f times (target: at most 2)%nheap of those that hang: %.1f MB, %.1f KB each"
                        + " (target for 10,000: at most 100 MB)%n",
                beside.p99() / alone.p99(),
                sessionBeside.p99() / session.p99(),
                hungBytes / MEGABYTE,
                hungBytes / 1e3 / hung);
    }

    @Override
    public String json() {
        ObjectNode root = JsonNodeFactory.instance
                .objectNode()
                .put("sessions", sessions)
                .put("rate", rate)
                .put("hung", hung)
                .put("hung_bytes", hungBytes);
        alone.write(root.putObject("alone"));
        beside.write(root.putObject("beside"));
        session.write(root.putObject("session"));
        sessionBeside.write(root.putObject("session_beside"));
        return JsonMapper.shared().writeValueAsString(root);
    }
}
