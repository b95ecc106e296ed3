package dev.antiphon.benchmarks.statistics;

import static dev.antiphon.benchmarks.statistics.SectionCheck.each;

import dev.antiphon.tier.ShiryaevRoberts;
import dev.antiphon.tier.Sprt;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Whether something has changed. */
final class DetectorSections {
    private DetectorSections() {}

    /** The checks of these sections. */
    static Map<String, SectionCheck> all() {
        Map<String, SectionCheck> sections = new HashMap<>();
        sections.put("change.shiryaevRoberts", each(DetectorSections::shiryaevRoberts));
        sections.put("change.sprt.path", each(DetectorSections::sprt));
        return sections;
    }

    private static void shiryaevRoberts(String name, JsonNode v, Findings findings) {
        double healthy = v.path("p0").asDouble();
        ShiryaevRoberts first =
                ShiryaevRoberts.against(healthy, List.of(v.path("p1").asDouble()));
        findings.numbers(
                name,
                v.path("R"),
                SectionCheck.path(v.path("outcomes"), first, ShiryaevRoberts::seen, ShiryaevRoberts::value));
    }

    private static void sprt(String name, JsonNode v, Findings findings) {
        Sprt now = Sprt.of(
                v.path("pBad").asDouble(),
                v.path("pGood").asDouble(),
                SectionCheck.alpha(v),
                v.path("beta").asDouble());
        findings.number(name + ", upper", v.path("upper"), now.logUpper());
        findings.number(name + ", lower", v.path("lower"), now.logLower());
        int at = 0;
        for (JsonNode outcome : v.path("outcomes")) {
            if (now.decision() != Sprt.Decision.OPEN) {
                break;
            }
            now = now.seen(outcome.asInt() == 1);
            at++;
        }
        String decision = switch (now.decision()) {
            case GOOD -> "good";
            case BAD -> "bad";
            case OPEN -> "open";
        };
        findings.word(name + ", decision", v.path("decision"), decision);
        findings.number(name + ", at", v.path("at"), at);
        findings.number(name + ", evidence", v.path("llr_last"), now.logRatio());
    }
}
