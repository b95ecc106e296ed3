package dev.antiphon.testkit.emulator;

import dev.antiphon.model.ModelCard;
import dev.antiphon.model.ModelCatalogue;
import dev.antiphon.realtime.ApiError;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** How many tokens one answer of a model may have (protocol.md sections 3 and 16), by the built-in catalogue. */
final class OutputLimit {
    private static final ModelCatalogue CATALOGUE = ModelCatalogue.bundled();

    private OutputLimit() {}

    /** What is wrong with a {@code max_output_tokens} for {@code model}; nothing when the catalogue does not have the model. */
    static Optional<ApiError> exceeded(String path, JsonNode value, String model) {
        return CATALOGUE
                .find(model)
                .map(ModelCard::maxOutputTokens)
                .filter(most -> value.isNumber() && value.asLong(0) > most)
                .map(most -> ApiError.invalidAt(
                        path,
                        "integer_above_max_value",
                        "Invalid '%s': integer above maximum value. Expected a value <= %d, but got %s instead."
                                .formatted(path, most, value)));
    }
}
