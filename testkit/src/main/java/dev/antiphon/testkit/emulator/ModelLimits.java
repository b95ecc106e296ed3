package dev.antiphon.testkit.emulator;

import dev.antiphon.model.ModelCard;
import dev.antiphon.model.ModelCatalogue;
import dev.antiphon.realtime.ApiError;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What a model can do (protocol.md sections 3, 7 and 16), by the built-in catalogue; models that it does not have can do all. */
final class ModelLimits {
    private static final ModelCatalogue CATALOGUE = ModelCatalogue.bundled();

    private static final List<String> REASONING = List.of("reasoning", "parallel_tool_calls");

    private ModelLimits() {}

    /** How much a model reads at most: its context without room for its longest answer; empty for models nobody knows. */
    static Optional<Long> mostInput(String model) {
        return CATALOGUE.find(model).map(card -> (long) card.contextTokens() - card.maxOutputTokens());
    }

    /** What is wrong with a {@code max_output_tokens} for {@code model}; nothing when the catalogue does not have the model. */
    static Optional<ApiError> answerTooLong(String path, JsonNode value, String model) {
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

    /**
     * What is wrong with these settings of a session or a response for {@code model}: some came with the models that reason.
     *
     * @param path of the settings, {@code session} or {@code response}
     */
    static Optional<ApiError> notForModel(String path, JsonNode settings, String model) {
        return CATALOGUE
                .find(model)
                .filter(card -> !card.reasoningEffort())
                .flatMap(card -> REASONING.stream()
                        .filter(name ->
                                settings.has(name) && !settings.path(name).isNull())
                        .findFirst())
                .map(name -> ApiError.invalidAt(
                        path + "." + name,
                        "invalid_value",
                        "Invalid '%s.%s': it is not supported with the model %s.".formatted(path, name, model)));
    }
}
