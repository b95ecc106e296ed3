package dev.antiphon.testkit.emulator;

import dev.antiphon.model.Account;
import dev.antiphon.model.ModelCatalogue;
import dev.antiphon.model.Provider;
import dev.antiphon.model.TierLadder;
import dev.antiphon.model.WireDialect;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** The models of an emulator, as tiers. */
public final class EmulatedModels {
    /** The small model on which calls start. */
    public static final String MINI = "gpt-realtime-mini";

    /** The large model for calls that struggle. */
    public static final String FULL = "gpt-realtime";

    private EmulatedModels() {}

    /**
     * {@code mini} and {@code full}, at the prices of the models that they imitate.
     *
     * @param realtime the emulator's address
     */
    public static TierLadder ladder(URI realtime) {
        return ladder(realtime, MINI, FULL);
    }

    /**
     * {@code mini} and {@code full} on other models of the catalogue, whose prices and abilities they have.
     *
     * @param realtime the emulator's address
     */
    public static TierLadder ladder(URI realtime, String mini, String full) {
        Provider emulator = new Provider(
                "emulator",
                Optional.of(realtime.toString()),
                "/realtime?model={model}",
                Provider.Auth.BEARER,
                WireDialect.GA,
                "ANTIPHON_EMULATOR_KEY",
                "ANTIPHON_EMULATOR_URL",
                Optional.empty(),
                Optional.empty());
        Account account = Account.of(emulator, Optional.of("simulated"), Optional.empty());
        ModelCatalogue catalogue = ModelCatalogue.bundled();
        return new TierLadder(List.of(
                catalogue.tier("mini", account.endpoint(mini)), catalogue.tier("full", account.endpoint(full))));
    }
}
