package dev.antiphon.benchmarks.statistics;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Other people's figures: sections of vectors, each with a tolerance.
 *
 * @param sections in the order of the file
 */
record VectorFile(List<Section> sections) {

    /** One formula's vectors. */
    record Section(String name, double tolerance, List<JsonNode> vectors) {

        /** What our formula makes of them. */
        SectionResult check() {
            return Sections.named(name)
                    .map(this::checked)
                    .orElseGet(() -> new SectionResult(name, vectors.size(), false, 0, 0, tolerance, List.of()));
        }

        private SectionResult checked(SectionCheck check) {
            Findings findings = new Findings(Tolerances.believed(name, tolerance));
            if (!Tolerances.isBelieved(name, tolerance)) {
                findings.failed("a tolerance of " + tolerance + " is not believed: it must be from 0 to "
                        + Tolerances.believed(name, tolerance) + ", that of the shipped file");
            }
            int before = findings.compared();
            try {
                check.check(vectors, findings);
            } catch (RuntimeException e) {
                findings.failed("it could not be computed: " + e.getMessage());
            }
            if (findings.compared() == before) {
                findings.failed("no vector has a figure that was looked for");
            }
            return new SectionResult(
                    name, vectors.size(), true, findings.compared(), findings.largest(), tolerance, findings.wrong());
        }
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException when it cannot be read or has another form, with what is wrong
     */
    static VectorFile read(Path file) {
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException("there is no readable file " + file);
        }
        JsonNode root;
        try {
            root = JsonMapper.shared().readTree(file.toFile());
        } catch (JacksonException e) {
            throw new IllegalArgumentException(file + " is not JSON: " + e.getOriginalMessage(), e);
        }
        if (!root.path("sections").isObject()) {
            throw new IllegalArgumentException(
                    file + " needs an object 'sections', each with 'cases' and a 'tolerance'");
        }
        List<Section> sections = new ArrayList<>();
        root.path("sections").properties().forEach(entry -> sections.add(section(entry.getKey(), entry.getValue())));
        return new VectorFile(sections);
    }

    private static Section section(String name, JsonNode section) {
        JsonNode cases = section.path("cases");
        JsonNode tolerance = section.path("tolerance");
        if (!cases.isArray() || cases.isEmpty() || !tolerance.isNumber()) {
            throw new IllegalArgumentException(
                    "section '" + name + "' needs a list 'cases' that is not empty and a number 'tolerance'");
        }
        return new Section(name, tolerance.asDouble(), List.copyOf(SectionCheck.list(cases, c -> c)));
    }
}
