package dev.antiphon.server.cli;

import dev.antiphon.estimate.CallKpis;
import dev.antiphon.model.Money;
import dev.antiphon.server.estimate.Assumption;
import dev.antiphon.server.store.Store;
import dev.antiphon.server.store.StoreAddress;
import dev.antiphon.server.store.StoreHistory;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say from which store an estimate has the figures of finished calls, and what they mean. */
final class HistoryOptions {
    static final String MEASURED = "measured: ";

    @Option(
            names = "--store",
            paramLabel = "PLACE",
            description = {
                "What the calls of a store were like, instead of an assumed call: a file, for example .antiphon/calls, or",
                "jdbc:postgresql://HOST/DATABASE (user and password in ANTIPHON_STORE_USER and ANTIPHON_STORE_PASSWORD)."
            })
    private Optional<String> place = Optional.empty();

    @Option(
            names = "--days",
            paramLabel = "N",
            description = "With --store: the latest N days, counted back from its latest call; default all.")
    private Optional<Integer> days = Optional.empty();

    @Option(
            names = "--tier-model",
            paramLabel = "TIER=MODEL",
            description = "With --store: the model of a tier on which no stored call began; default that of --upper.")
    private Map<String, String> models = Map.of();

    boolean isGiven() {
        if (place.isEmpty() && (days.isPresent() || !models.isEmpty())) {
            throw CliFailure.usage("--days and --tier-model are about the calls of --store, which is missing");
        }
        return place.isPresent();
    }

    StoreHistory read() {
        days.filter(given -> given < 1 || given > 36_500).ifPresent(given -> {
            throw CliFailure.usage("--days must be between 1 and 36500, but was " + given);
        });
        try (Store store = Store.toRead(address())) {
            return StoreHistory.of(store, days);
        }
    }

    private StoreAddress address() {
        try {
            return place.flatMap(said -> StoreAddress.parse(said, System.getenv()))
                    .orElseThrow(() -> CliFailure.usage("--store must name a file or a database, but was 'none'"));
        } catch (IllegalArgumentException e) {
            throw CliFailure.usage("--store cannot be used: " + e.getMessage(), e);
        }
    }

    /** The figures, with this model for tiers of which the store does not know it. */
    CallKpis kpis(StoreHistory history, String upper) {
        return new CallKpis(
                history.from(),
                history.to(),
                history.simulated(),
                history.calls(),
                history.minutes(),
                history.turns(),
                micros(history.transcriptionMicros()),
                history.tiers().stream()
                        .map(tier -> new CallKpis.OfTier(
                                tier.tier(),
                                model(tier, upper),
                                tier.began(),
                                tier.completed(),
                                tier.responses(),
                                tier.tokens(),
                                micros(tier.costMicros())))
                        .toList());
    }

    private String model(StoreHistory.OfTier tier, String upper) {
        return Optional.ofNullable(models.get(tier.tier())).or(tier::model).orElse(upper);
    }

    private static Money micros(long amount) {
        return new Money(BigDecimal.valueOf(amount, 6));
    }

    /** What is known of these calls, and what the store cannot know. */
    List<Assumption> assumptions(StoreHistory history, String upper) {
        List<Assumption> all = new ArrayList<>();
        all.add(new Assumption(
                "store",
                format("%,d %scalls", history.calls(), history.simulated() ? "simulated " : ""),
                MEASURED + history.from() + " to the day before " + history.to() + " (UTC)"
                        + (history.leftOut() > 0 ? format("; %,d simulated calls left out", history.leftOut()) : "")));
        all.add(new Assumption(
                "minutes", format("%.2f", history.minutes() / history.calls()), MEASURED + "the mean of the calls"));
        all.add(new Assumption(
                "turns-per-minute",
                format("%.1f", history.turns() / history.minutes()),
                MEASURED + "turns of callers"));
        all.add(new Assumption(
                "cache-share", percent(cached(history), read(history)), MEASURED + "of all tokens that were read"));
        history.tiers().forEach(tier -> all.add(tier(history, tier, upper)));
        all.add(new Assumption(
                "escalate",
                percent(history.escalated(), history.calls()),
                MEASURED + "calls that moved up while they ran"));
        all.add(new Assumption(
                "words-per-minute", "not known", "the store keeps no words; the tokens are those that were billed"));
        all.add(new Assumption("lines and tools", "not known", "the store has no cost of telephone lines and tools"));
        if (history.unknownUsages() > 0) {
            all.add(new Assumption(
                    "usages in no cost",
                    format("%,d", history.unknownUsages()),
                    MEASURED + "the service did not tell them; costs are higher by these"));
        }
        long pictures = history.tiers().stream()
                .mapToLong(StoreHistory.OfTier::imageTokens)
                .sum();
        if (pictures > 0) {
            all.add(new Assumption(
                    "tokens of pictures",
                    format("%,d", pictures),
                    MEASURED + "in what the calls cost, left out on other models"));
        }
        return all;
    }

    private Assumption tier(StoreHistory history, StoreHistory.OfTier tier, String upper) {
        long responses = history.tiers().stream()
                .mapToLong(StoreHistory.OfTier::responses)
                .sum();
        String source = models.containsKey(tier.tier())
                ? "given"
                : tier.model().isPresent()
                        ? "that of most calls that began there"
                        : "assumed, as no call began there: --tier-model " + tier.tier() + "=MODEL";
        return new Assumption(
                "tier " + tier.tier(),
                percent(tier.began(), history.calls()) + " began, " + percent(tier.ended(), history.calls())
                        + " ended, " + percent(tier.responses(), responses) + " of responses",
                MEASURED + "model " + model(tier, upper) + " (" + source + ")");
    }

    private static long read(StoreHistory history) {
        return history.tiers().stream()
                .mapToLong(tier -> tier.tokens().textIn() + tier.tokens().audioIn())
                .sum();
    }

    private static long cached(StoreHistory history) {
        return history.tiers().stream()
                .mapToLong(tier -> tier.tokens().textCached() + tier.tokens().audioCached())
                .sum();
    }

    private static String percent(long part, long whole) {
        return whole == 0 ? "none" : format("%.1f %%", 100.0 * part / whole);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
