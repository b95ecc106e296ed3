package dev.antiphon.server.cli;

import dev.antiphon.model.Account;
import dev.antiphon.model.ModelCatalogue;
import dev.antiphon.model.Provider;
import dev.antiphon.model.TierLadder;
import dev.antiphon.model.WireDialect;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The two tiers of a demo: a small model on which calls start, and a large one for struggling calls. */
final class Ladders {
    private Ladders() {}

    /** The emulator's models, at the prices of those they imitate. */
    static TierLadder emulated(ModelCatalogue catalogue, URI realtime) {
        Provider emulator = new Provider(
                "emulator",
                Optional.of(realtime.toString()),
                "/realtime?model={model}",
                Provider.Auth.BEARER,
                WireDialect.GA,
                "ANTIPHON_EMULATOR_KEY",
                "ANTIPHON_EMULATOR_URL");
        Account account = Account.of(emulator, Optional.of("simulated"), Optional.empty());
        return of(catalogue, account, ModelOptions.DEFAULT_MINI, ModelOptions.DEFAULT_FULL);
    }

    /** A provider's models. */
    static TierLadder of(ModelCatalogue catalogue, Account account, String mini, String full) {
        return new TierLadder(List.of(
                catalogue.tier("mini", account.endpoint(mini)), catalogue.tier("full", account.endpoint(full))));
    }

    /** For people: what speaks against these models today, one line for each. */
    static List<String> warnings(ModelCatalogue catalogue, TierLadder ladder, LocalDate today) {
        return ladder.tiers().stream()
                .map(tier -> tier.endpoint().model())
                .distinct()
                .flatMap(model -> catalogue.warning(model, today).stream())
                .toList();
    }
}
