package dev.antiphon.tool.openapi;

import dev.antiphon.tool.UnusableToolSource;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Whether a text is an OpenAPI document at all, asked before its library, which tells other faults than there are. Pure. */
final class DocumentForm {
    /** Beyond that the library is asked at once: readers of YAML refuse very long texts. */
    private static final int MOST_CHARS = 2_500_000;

    private static final int MOST_EXCERPT_CHARS = 60;
    private static final String NEEDED = "OpenAPI 3.0 or 3.1 in YAML or JSON is needed";

    private DocumentForm() {}

    /**
     * Checks the form.
     *
     * @throws UnusableToolSource when it is none, with what to do
     */
    static void check(String text) {
        if (text.length() > MOST_CHARS) {
            return;
        }
        JsonNode root = read(text);
        if (!root.isObject()) {
            throw unusable((text.isBlank() ? "it is empty" : "it is no object at its top") + "; " + NEEDED);
        }
        if (root.has("swagger")) {
            throw unusable("it is Swagger " + root.get("swagger").asString("") + ", and " + NEEDED
                    + "; convert it, for example with 'npx swagger2openapi --patch OLD -o NEW' or with 'Convert to"
                    + " OpenAPI 3' of the Swagger editor");
        }
        String version = root.path("openapi").asString("");
        if (!version.startsWith("3.0") && !version.startsWith("3.1")) {
            throw unusable(
                    (version.isEmpty() ? "it lacks 'openapi' with a version" : "its version is OpenAPI " + version)
                            + "; " + NEEDED);
        }
    }

    private static JsonNode read(String text) {
        boolean json = text.stripLeading().startsWith("{");
        try {
            return json
                    ? JsonMapper.shared().readTree(text)
                    : YAMLMapper.shared().readTree(text);
        } catch (JacksonException e) {
            return (json ? asYaml(text) : Optional.<JsonNode>empty()).orElseThrow(() -> broken(text, e));
        }
    }

    /** Also YAML may begin with a brace. */
    private static Optional<JsonNode> asYaml(String text) {
        try {
            return Optional.of(YAMLMapper.shared().readTree(text));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static UnusableToolSource broken(String text, JacksonException problem) {
        int line = problem.getLocation() == null
                ? 1
                : Math.max(1, problem.getLocation().getLineNr());
        String excerpt = text.lines().skip(line - 1).findFirst().orElse("").strip();
        String shown = excerpt.substring(0, Math.min(MOST_EXCERPT_CHARS, excerpt.length()));
        return unusable(
                "line " + line + " cannot be read" + (shown.isEmpty() ? "" : " ('" + shown + "')") + "; " + NEEDED);
    }

    private static UnusableToolSource unusable(String why) {
        return new UnusableToolSource("the OpenAPI document cannot be used: " + why);
    }
}
