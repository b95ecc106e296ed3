package dev.antiphon.flow.test;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes a flow's coverage for people. */
final class FlowCoverageReport {
    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Coverage of %1$s</title>
            <style>
            body { font: 15px/1.5 system-ui, sans-serif; color: #1f2328; background: #fff; margin: 2rem auto; max-width: 76rem; padding: 0 1rem }
            h1 { font-size: 1.4rem; margin: 0 } p { margin: .3rem 0 1rem; color: #57606a }
            main { display: grid; grid-template-columns: minmax(18rem, %2$s) 1fr; gap: 2rem; align-items: start }
            @media (max-width: 60rem) { main { grid-template-columns: 1fr } }
            svg { width: 100%%; height: auto; max-height: 90vh }
            table { border-collapse: collapse; width: 100%% }
            th, td { text-align: left; vertical-align: top; padding: .35rem .5rem; border-bottom: 1px solid #d0d7de }
            th { font-weight: 500; width: 38%% }
            .part { display: inline-block; border-radius: 4px; padding: 0 .4rem; margin: 0 .3rem .2rem 0 }
            .all { background: #dafbe1; color: #116329 }
            .some { background: #fff1c2; color: #704d00 }
            .none { background: #ffdcd9; color: #a40e26 }
            %3$s</style>
            <h1>%4$s</h1>
            <p>%5$s conversations, version %6$s. <span class="part all">all visited</span><span class="part some">some</span><span class="part none">never</span></p>
            <main>
            <div id="drawing">%7$s</div>
            <table>
            %8$s</table>
            </main>
            </html>
            """;

    private FlowCoverageReport() {}

    static String text(FlowCoverage coverage) {
        Map<String, List<FlowPart>> groups = groups(coverage);
        int width = groups.keySet().stream().mapToInt(String::length).max().orElse(0);
        StringBuilder text = new StringBuilder(coverage.summary());
        text.append(" by ").append(coverage.conversations()).append(" conversations\n\n");
        groups.forEach((of, parts) -> text.append("  ")
                .append(of)
                .append(" ".repeat(width - of.length() + 2))
                .append(parts.stream()
                        .map(part -> part.what() + " "
                                + (coverage.visits(part) == 0 ? "NEVER" : Long.toString(coverage.visits(part))))
                        .collect(Collectors.joining(", ")))
                .append('\n'));
        if (!coverage.missed().isEmpty()) {
            text.append("\nNever visited:\n");
            coverage.missed().forEach(part -> text.append("  ").append(part).append('\n'));
        }
        return text.toString();
    }

    private static Map<String, List<FlowPart>> groups(FlowCoverage coverage) {
        Map<String, List<FlowPart>> groups = new LinkedHashMap<>();
        coverage.parts()
                .forEach(part -> groups.computeIfAbsent(part.of(), of -> new ArrayList<>())
                        .add(part));
        return groups;
    }

    static String html(FlowCoverage coverage) {
        StringBuilder rows = new StringBuilder();
        groups(coverage).forEach((of, parts) -> {
            rows.append("<tr><th>").append(escaped(of)).append("</th><td>");
            for (FlowPart part : parts) {
                long visits = coverage.visits(part);
                rows.append("<span class=\"part ")
                        .append(visits == 0 ? "none" : "all")
                        .append("\">")
                        .append(escaped(part.what()))
                        .append(visits == 0 ? ", never" : " " + visits)
                        .append("</span>");
            }
            rows.append("</td></tr>\n");
        });
        boolean wide = coverage.flow().isService() && coverage.flow().tasks().size() > 1;
        return String.format(
                Locale.ROOT,
                PAGE,
                escaped(coverage.flow().name()),
                wide ? "42rem" : "24rem",
                colours(coverage),
                escaped(Character.toUpperCase(coverage.summary().charAt(0))
                        + coverage.summary().substring(1)),
                coverage.conversations(),
                coverage.flow().version(),
                coverage.flow().svg(),
                rows);
    }

    /** Colours each step of the drawing by the parts that belong to it. */
    private static String colours(FlowCoverage coverage) {
        Map<String, List<FlowPart>> bySelector = new LinkedHashMap<>();
        coverage.parts().stream().filter(part -> !part.step().isEmpty()).forEach(part -> {
            String task = part.task().isEmpty() ? "" : "[data-task=\"" + part.task() + "\"]";
            bySelector
                    .computeIfAbsent(
                            "#drawing " + task + "[data-step=\"" + part.step() + "\"] rect", of -> new ArrayList<>())
                    .add(part);
        });
        StringBuilder css = new StringBuilder("#drawing .step rect { fill: #f6f8fa }\n");
        bySelector.forEach((selector, parts) -> {
            long visited =
                    parts.stream().filter(part -> coverage.visits(part) > 0).count();
            String colour = visited == 0 ? "#ffdcd9" : visited == parts.size() ? "#dafbe1" : "#fff1c2";
            css.append(selector).append(" { fill: ").append(colour).append(" }\n");
        });
        return css.toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
