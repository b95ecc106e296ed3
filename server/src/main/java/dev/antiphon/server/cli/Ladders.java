package dev.antiphon.server.cli;

import dev.antiphon.model.Account;
import dev.antiphon.model.ModelCatalogue;
import dev.antiphon.model.TierLadder;
import java.time.LocalDate;
import java.util.List;

/** The two tiers of a demo: a small model on which calls start, and a large one for struggling calls. */
final class Ladders {
    private Ladders() {}

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
