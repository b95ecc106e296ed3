package dev.antiphon.server.cli;

import dev.antiphon.model.Allowance;
import dev.antiphon.model.ModelCatalogue;
import dev.antiphon.model.Tier;
import dev.antiphon.model.UsageTier;
import dev.antiphon.model.UsageTiers;
import dev.antiphon.testkit.emulator.EmulatedModels;
import java.util.List;

/**
 * What the usage tier of a customer allows for the models of a choice.
 *
 * @param allowance the smallest limits of these models: each has its own, and every call may move to the larger model
 * @param source for people: whose tier it is, and since when it is known from where
 */
record UsageTierChoice(Allowance allowance, String source) {
    /** The emulator imitates this provider's models. */
    private static final String IMITATED = "openai";

    /** The tier of this name at the choice's first provider; the other ones have keys of their own. */
    static UsageTierChoice of(String name, ModelChoice choice, ModelCatalogue catalogue) {
        return switch (choice) {
            case ModelChoice.Emulated ignored ->
                of(name, IMITATED, List.of(EmulatedModels.MINI, EmulatedModels.FULL), catalogue);
            case ModelChoice.Service service ->
                of(
                        name,
                        service.ladder().lowest().endpoint().provider(),
                        service.ladder().tiers().stream()
                                .map(Tier::endpoint)
                                .map(endpoint -> endpoint.model())
                                .distinct()
                                .toList(),
                        catalogue);
        };
    }

    private static UsageTierChoice of(String name, String provider, List<String> models, ModelCatalogue catalogue) {
        Allowance allowance = models.stream()
                .map(model -> tier(name, known(provider, model, catalogue)).allowance())
                .reduce(Allowance.UNLIMITED, Allowance::and);
        UsageTiers first = known(provider, models.getFirst(), catalogue);
        return new UsageTierChoice(
                allowance, name + " of " + provider + " as of " + first.asOf() + ", " + first.source());
    }

    private static UsageTiers known(String provider, String model, ModelCatalogue catalogue) {
        return catalogue
                .usageTiers(provider, model)
                .orElseThrow(() -> CliFailure.usage("--usage-tier: the catalogue knows no usage tiers of " + provider
                        + " for " + model + "; give --requests-per-minute and --tokens-per-minute instead, or add them"
                        + " with --catalogue FILE"));
    }

    private static UsageTier tier(String name, UsageTiers known) {
        return known.named(name)
                .orElseThrow(
                        () -> CliFailure.usage("--usage-tier must be one of " + known.names() + ", but was " + name));
    }
}
