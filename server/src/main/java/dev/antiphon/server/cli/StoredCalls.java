package dev.antiphon.server.cli;

import dev.antiphon.server.store.Store;
import dev.antiphon.server.store.StoreAddress;
import dev.antiphon.server.store.StoreSettings;
import dev.antiphon.server.store.StoreState;
import dev.antiphon.server.store.UnitKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of a bot that stores its calls. */
final class StoredCalls {
    /** The key of callers' hashes, when it is not kept in a file. */
    static final String KEY = "ANTIPHON_UNIT_KEY";

    private static final Path KEY_FILE = Path.of(".antiphon", "unit.key");
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** Reads {@code 400d}. */
    static final class Days implements ITypeConverter<Duration> {
        private static final Pattern DAYS = Pattern.compile("([1-9][0-9]{0,4})d");

        @Override
        public Duration convert(String text) {
            Matcher days = DAYS.matcher(text.strip());
            if (!days.matches()) {
                throw new TypeConversionException("must be days like 400d, at least 1d, but was '" + text + "'");
            }
            return Duration.ofDays(Long.parseLong(days.group(1)));
        }
    }

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Option(
            names = "--store-keep",
            paramLabel = "DAYS",
            converter = Days.class,
            defaultValue = "${env:ANTIPHON_STORE_KEEP}",
            description = "Delete stored calls after so many days, for example 400d; also from ANTIPHON_STORE_KEEP;"
                    + " default never.")
    private Optional<Duration> keep = Optional.empty();

    /**
     * Opens the store, unless there is to be none.
     *
     * @param simulated whether no real model answers
     */
    Optional<Store> open(Map<String, String> environment, boolean simulated) {
        return store.address(environment)
                .map(address -> Store.open(settings(address, environment).simulated(simulated)));
    }

    private StoreSettings settings(StoreAddress address, Map<String, String> environment) {
        StoreSettings settings = StoreSettings.defaults(address, unitKey(environment));
        return keep.map(settings::keeping).orElse(settings);
    }

    /** The key by which callers are known to the store and to experiments. */
    static UnitKey unitKey(Map<String, String> environment) {
        try {
            return Optional.ofNullable(environment.get(KEY))
                    .filter(key -> !key.isBlank())
                    .map(UnitKey::of)
                    .orElseGet(() -> UnitKey.keptIn(KEY_FILE));
        } catch (RuntimeException e) {
            throw CliFailure.failed(e.getMessage() + "; " + KEY + " gives another", e);
        }
    }

    /** For people: where calls are stored, and what is wrong with it. */
    static String description(Optional<Store> store) {
        if (store.isEmpty()) {
            return "nowhere";
        }
        boolean up = store.get().awaitUp(PATIENCE);
        StoreState state = store.get().state();
        return state.place()
                + (up ? "" : ", which cannot be used now: " + state.problem() + ". Calls go on, and wait for it");
    }
}
