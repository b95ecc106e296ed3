package dev.antiphon.benchmarks.statistics;

import dev.antiphon.benchmarks.Report;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What {@code bench statistics} found, section by section. */
record StatisticsReport(List<SectionResult> sections) implements Report {

    /** Nothing that was checked is no agreement. */
    boolean agrees() {
        return figures() > 0 && sections.stream().allMatch(SectionResult::agrees);
    }

    private long figures() {
        return sections.stream()
                .filter(SectionResult::shipped)
                .mapToLong(SectionResult::compared)
                .sum();
    }

    @Override
    public void print(PrintWriter out) {
        out.printf("%-30s %8s %8s %12s %12s  %s%n", "section", "vectors", "figures", "largest off", "tolerance", "");
        for (SectionResult section : sections) {
            if (section.shipped()) {
                out.printf(
                        Locale.ROOT,
                        "%-30s %8d %8d %12.1e %12.1e  %s%n",
                        section.name(),
                        section.vectors(),
                        section.compared(),
                        section.largest(),
                        section.tolerance(),
                        section.agrees() ? "agrees" : "WRONG");
                section.wrong().forEach(line -> out.println("    " + line));
            } else {
                out.printf(Locale.ROOT, "%-30s %8d %36s%n", section.name(), section.vectors(), "no such formula here");
            }
        }
        long shipped = sections.stream().filter(SectionResult::shipped).count();
        long right = sections.stream().filter(s -> s.shipped() && s.agrees()).count();
        if (figures() == 0) {
            out.printf("%nNothing was checked: the file has no figure of a section for which there is a formula%n");
        }
        out.printf(
                "%n%d of %d sections agree, with %d figures; %d more have no formula here%n",
                right, shipped, figures(), sections.size() - shipped);
    }

    @Override
    public String json() {
        ObjectNode root =
                JsonNodeFactory.instance.objectNode().put("agrees", agrees()).put("figures", figures());
        ArrayNode list = root.putArray("sections");
        for (SectionResult section : sections) {
            ObjectNode node = list.addObject()
                    .put("section", section.name())
                    .put("vectors", section.vectors())
                    .put("shipped", section.shipped());
            if (section.shipped()) {
                node.put("figures", section.compared())
                        .put("largest_off", section.largest())
                        .put("tolerance", section.tolerance())
                        .put("agrees", section.agrees());
                ArrayNode wrong = node.putArray("wrong");
                section.wrong().forEach(wrong::add);
            }
        }
        return JsonMapper.shared().writeValueAsString(root);
    }
}
