package dev.antiphon.server.cli;

import dev.antiphon.model.Account;
import dev.antiphon.model.IncompleteAccount;
import dev.antiphon.model.ModelCatalogue;
import dev.antiphon.model.Provider;
import dev.antiphon.model.TierLadder;
import dev.antiphon.testkit.emulator.EmulatedModels;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options that choose what answers: the built-in emulator, or models of a provider in the catalogue. */
final class ModelOptions {
    static final String DEFAULT_MINI = EmulatedModels.MINI;
    static final String DEFAULT_FULL = EmulatedModels.FULL;

    private static final String EMULATOR = "emulator";
    private static final String BY_KEY = "openai";

    /** The services that can be chosen. */
    static final class Services implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return ModelCatalogue.bundled().providers().stream()
                    .map(Provider::name)
                    .iterator();
        }
    }

    /** What can be chosen. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return in(ModelCatalogue.bundled()).iterator();
        }

        private static List<String> in(ModelCatalogue catalogue) {
            return Stream.concat(
                            Stream.of(EMULATOR), catalogue.providers().stream().map(Provider::name))
                    .toList();
        }
    }

    @Option(
            names = "--provider",
            paramLabel = "NAME",
            completionCandidates = Names.class,
            description = {
                "What answers: ${COMPLETION-CANDIDATES}.",
                "Key and address come from its environment variables, for example OPENAI_API_KEY and OPENAI_BASE_URL."
            })
    private Optional<String> provider = Optional.empty();

    @Option(
            names = "--fallback",
            paramLabel = "NAME",
            completionCandidates = Services.class,
            description = {
                "Where the same models are used while the provider is sick: ${COMPLETION-CANDIDATES}.",
                "Repeatable, in order of preference; key and address come from its environment variables, --base-url is not theirs."
            })
    private List<String> fallbacks = List.of();

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            description = "The provider's address, also from its environment variable; azure and generic have no usual"
                    + " one.")
    private Optional<String> baseUrl = Optional.empty();

    @Option(
            names = "--model-mini",
            paramLabel = "MODEL",
            defaultValue = DEFAULT_MINI,
            description = "The model on which calls start; default ${DEFAULT-VALUE}.")
    private String mini = DEFAULT_MINI;

    @Option(
            names = "--model-full",
            paramLabel = "MODEL",
            defaultValue = DEFAULT_FULL,
            description = "The model to which struggling calls move; default ${DEFAULT-VALUE}.")
    private String full = DEFAULT_FULL;

    @Option(
            names = "--catalogue",
            paramLabel = "FILE",
            description =
                    "Models, prices and providers of your own, laid over the built-in catalogue; see docs/tiers.md.")
    private Optional<Path> changes = Optional.empty();

    /** The catalogue with the user's changes. */
    ModelCatalogue catalogue() {
        try {
            return changes.map(ModelCatalogue::withChanges).orElseGet(ModelCatalogue::bundled);
        } catch (ModelCatalogue.UnusableCatalogue problem) {
            throw CliFailure.usage("--catalogue " + problem.getMessage());
        }
    }

    /** The choice, with the emulator unless a provider is named. */
    ModelChoice choose(Map<String, String> environment, LocalDate today, boolean misunderstandings) {
        return choose(provider.orElse(EMULATOR), environment, today, misunderstandings);
    }

    /** The choice, with OpenAI when its key is set and no provider is named. */
    ModelChoice chooseByKey(Map<String, String> environment, LocalDate today) {
        boolean hasKey = !environment
                .getOrDefault(provider("--provider", BY_KEY, services()).keyVariable(), "")
                .isBlank();
        return choose(provider.orElse(hasKey ? BY_KEY : EMULATOR), environment, today, true);
    }

    private ModelChoice choose(
            String wanted, Map<String, String> environment, LocalDate today, boolean misunderstandings) {
        String name = wanted.toLowerCase(Locale.ROOT);
        if (name.equals(EMULATOR)) {
            if (!fallbacks.isEmpty()) {
                throw useless("--fallback", String.join(", ", fallbacks));
            }
            if (!mini.equals(DEFAULT_MINI)) {
                throw useless("--model-mini", mini);
            }
            if (!full.equals(DEFAULT_FULL)) {
                throw useless("--model-full", full);
            }
            baseUrl.ifPresent(url -> {
                throw useless("--base-url", url);
            });
            return new ModelChoice.Emulated(misunderstandings);
        }
        Provider first = provider("--provider", name, Names.in(catalogue()));
        TierLadder ladder =
                Ladders.of(catalogue(), account(first, environment, address(first, environment), true), mini, full);
        for (String fallback : fallbacks) {
            Provider next = provider("--fallback", fallback.toLowerCase(Locale.ROOT), services());
            ladder = ladder.orElse(Ladders.of(
                    catalogue(), account(next, environment, ownAddress(next, environment), false), mini, full));
        }
        return new ModelChoice.Service(ladder, Ladders.warnings(catalogue(), ladder, today));
    }

    private static CliFailure useless(String option, String value) {
        return CliFailure.usage(option + " needs a --provider other than emulator, but was " + value);
    }

    private Provider provider(String option, String name, List<String> known) {
        return catalogue()
                .provider(name)
                .orElseThrow(() ->
                        CliFailure.usage(option + " must be one of " + String.join(", ", known) + ", but was " + name));
    }

    private List<String> services() {
        return catalogue().providers().stream().map(Provider::name).toList();
    }

    private Optional<String> address(Provider chosen, Map<String, String> environment) {
        return baseUrl.or(() -> ownAddress(chosen, environment));
    }

    private static Optional<String> ownAddress(Provider chosen, Map<String, String> environment) {
        return Optional.ofNullable(environment.get(chosen.baseUrlVariable()));
    }

    /** {@code first}: it is {@code --provider}, to which alone {@code --base-url} belongs. */
    private static Account account(
            Provider chosen, Map<String, String> environment, Optional<String> address, boolean first) {
        try {
            Optional<String> key = Optional.ofNullable(environment.get(chosen.keyVariable()));
            return Account.of(chosen, key, address);
        } catch (IncompleteAccount e) {
            boolean noAddress = address.isEmpty() && chosen.baseUrl().isEmpty();
            String also = noAddress
                    ? " --base-url also gives the address; --provider emulator needs neither."
                    : " --provider emulator needs none.";
            throw CliFailure.usage(e.getMessage() + (first ? also : ""), e);
        }
    }
}
