package dev.antiphon.benchmarks.statistics;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which of our formulas computes which section. */
final class Sections {
    private static final Map<String, SectionCheck> KNOWN = known();

    private Sections() {}

    /** The check of a section; empty when we ship no formula for it. */
    static Optional<SectionCheck> named(String section) {
        return Optional.ofNullable(KNOWN.get(section));
    }

    private static Map<String, SectionCheck> known() {
        Map<String, SectionCheck> sections = new HashMap<>(AssignmentSections.all());
        sections.putAll(RateSections.all());
        sections.putAll(EffectSections.all());
        sections.putAll(DetectorSections.all());
        return sections;
    }
}
