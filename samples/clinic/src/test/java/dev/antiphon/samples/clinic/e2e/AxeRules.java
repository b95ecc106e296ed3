package dev.antiphon.samples.clinic.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The rules of axe-core: whether a page is readable for all. */
final class AxeRules {
    private AxeRules() {}

    /** Fails with what axe-core calls a violation, and its element. */
    static void check(Page page, String what) throws IOException {
        if (!(Boolean) page.evaluate("'axe' in window")) {
            page.evaluate(rules());
        }
        JsonNode found = new JsonMapper().readTree((String) page.evaluate("axe.run().then(JSON.stringify)"));
        assertThat(found.path("passes").size()).isPositive();
        assertThat(found.path("violations")
                        .valueStream()
                        .map(rule -> rule.path("id").asString() + " "
                                + rule.at("/nodes/0/html").asString() + " "
                                + rule.at("/nodes/0/failureSummary").asString()))
                .as(what)
                .isEmpty();
    }

    private static String rules() throws IOException {
        try (InputStream in = AxeRules.class.getResourceAsStream("/axe.min.js")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
