package dev.antiphon.estimate;

import dev.antiphon.model.ModelCard;
import dev.antiphon.model.ModelCatalogue;
import dev.antiphon.model.Money;
import dev.antiphon.model.UsageTiers;
import dev.antiphon.realtime.TranscriptionUsage;
import dev.antiphon.realtime.Usage;
import dev.antiphon.statistics.Binomial;
import dev.antiphon.statistics.Interval;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Estimates by the prices and limits of one catalogue, at one provider.
 *
 * @param catalogue prices, context windows and usage tiers, dated
 * @param provider whose usage tiers count
 * @param load how many calls come
 */
public record Estimate(ModelCatalogue catalogue, String provider, CallLoad load) {
    private static final double ALPHA = 0.05;

    /** A share of the calls, and the parts of such a call by the model that answers. */
    private record Kind(double share, List<Leg> legs) {}

    private record Leg(ModelCard card, CallTokens tokens) {}

    /** Calls of this shape that all run on one model. */
    public EstimateRow on(ModelCard card, CallShape shape, double completes) {
        Kind all = new Kind(1, List.of(new Leg(card, GrowingCall.on(card, shape))));
        return row(card, List.of(all), shape, completes);
    }

    /** Calls of this shape on a ladder of two models. */
    public EstimateRow onLadder(ModelCard lower, ModelCard upper, CallShape shape, TierMix mix) {
        int turn = (int) Math.round(shape.turns() * mix.escalateAt());
        double onLower = 1 - mix.startUpper();
        List<Kind> kinds = List.of(
                new Kind(mix.startUpper(), List.of(new Leg(upper, GrowingCall.on(upper, shape)))),
                new Kind(onLower * (1 - mix.escalate()), List.of(new Leg(lower, GrowingCall.on(lower, shape)))),
                new Kind(
                        onLower * mix.escalate(),
                        List.of(
                                new Leg(lower, GrowingCall.until(turn, lower, shape)),
                                new Leg(upper, GrowingCall.from(turn, upper, shape)))));
        return row(
                lower.name() + " + " + upper.name(),
                Optional.empty(),
                kinds,
                shape.minutes(),
                transcription(shape),
                other(shape.otherPerMinute(), shape.minutes()),
                mix.completes(),
                "assumed");
    }

    /** Calls as they were measured. Their cost is the recorded one. */
    public EstimateRow measured(CallKpis kpis) {
        List<Leg> legs = new ArrayList<>();
        Money cost = Money.ZERO;
        for (CallKpis.OfTier tier : kpis.tiers()) {
            catalogue.find(tier.model()).ifPresent(card -> legs.add(new Leg(card, tokens(tier, kpis))));
            cost = cost.plus(tier.cost());
        }
        EstimateRow priced = row(
                "as measured",
                Optional.empty(),
                List.of(new Kind(1, legs)),
                kpis.minutesPerCall(),
                Optional.of(mean(kpis.transcription(), kpis.calls())),
                Money.ZERO,
                completed(kpis) / (double) kpis.calls(),
                measured(completed(kpis), kpis.calls()));
        return new EstimateRow(
                priced.name(),
                priced.shutdown(),
                total(kpis).perCall(kpis.calls()),
                responses(kpis),
                priced.minutes(),
                mean(cost, kpis.calls()),
                priced.transcription(),
                priced.other(),
                priced.completes(),
                priced.completesFrom(),
                priced.capacity(),
                false,
                false);
    }

    /**
     * The measured calls, had all their tokens been those of another model.
     *
     * @param completes what is assumed where no measured tier had this model
     */
    public EstimateRow on(ModelCard card, CallKpis kpis, double completes) {
        CallTokens tokens =
                new CallTokens(total(kpis).perCall(kpis.calls()), responses(kpis), kpis.minutesPerCall(), false);
        long begun = ofModel(kpis, card, CallKpis.OfTier::calls);
        long done = ofModel(kpis, card, CallKpis.OfTier::completed);
        return row(
                card.name(),
                card.shutdown(),
                List.of(new Kind(1, List.of(new Leg(card, tokens)))),
                kpis.minutesPerCall(),
                Optional.of(mean(kpis.transcription(), kpis.calls())),
                Money.ZERO,
                begun == 0 ? completes : done / (double) begun,
                begun == 0 ? "assumed" : measured(done, begun));
    }

    private long ofModel(CallKpis kpis, ModelCard card, Function<CallKpis.OfTier, Long> count) {
        return kpis.tiers().stream()
                .filter(tier -> catalogue
                        .find(tier.model())
                        .filter(known -> known.name().equals(card.name()))
                        .isPresent())
                .mapToLong(count::apply)
                .sum();
    }

    private static String measured(long completed, long calls) {
        Interval interval = Binomial.WILSON.interval(completed, calls, ALPHA);
        return String.format(
                Locale.ROOT,
                "measured, %d of %d, 95 %% Wilson interval %.1f to %.1f %%",
                completed,
                calls,
                100 * interval.lower(),
                100 * interval.upper());
    }

    private static long completed(CallKpis kpis) {
        return kpis.tiers().stream().mapToLong(CallKpis.OfTier::completed).sum();
    }

    private static double responses(CallKpis kpis) {
        return kpis.tiers().stream().mapToLong(CallKpis.OfTier::responses).sum() / (double) kpis.calls();
    }

    private static CallKpis.Tokens total(CallKpis kpis) {
        return kpis.tiers().stream()
                .map(CallKpis.OfTier::tokens)
                .reduce(
                        new CallKpis.Tokens(0, 0, 0, 0, 0, 0),
                        (a, b) -> new CallKpis.Tokens(
                                a.textIn() + b.textIn(),
                                a.textCached() + b.textCached(),
                                a.audioIn() + b.audioIn(),
                                a.audioCached() + b.audioCached(),
                                a.textOut() + b.textOut(),
                                a.audioOut() + b.audioOut()));
    }

    private static CallTokens tokens(CallKpis.OfTier tier, CallKpis kpis) {
        return new CallTokens(
                tier.tokens().perCall(kpis.calls()),
                tier.responses() / (double) kpis.calls(),
                kpis.minutesPerCall(),
                false);
    }

    private static Money mean(Money sum, long calls) {
        return new Money(sum.usd().divide(BigDecimal.valueOf(calls), MathContext.DECIMAL64));
    }

    private EstimateRow row(ModelCard card, List<Kind> kinds, CallShape shape, double completes) {
        return row(
                card.name(),
                card.shutdown(),
                kinds,
                shape.minutes(),
                transcription(shape),
                other(shape.otherPerMinute(), shape.minutes()),
                completes,
                "assumed");
    }

    private EstimateRow row(
            String name,
            Optional<LocalDate> shutdown,
            List<Kind> kinds,
            double minutes,
            Optional<Money> transcription,
            Money other,
            double completes,
            String completesFrom) {
        BigDecimal model = BigDecimal.ZERO;
        double[] mean = new double[6];
        double responses = 0;
        boolean full = false;
        for (Kind kind : kinds) {
            for (Leg leg : kind.legs()) {
                model = model.add(leg.card()
                        .prices()
                        .cost(leg.tokens().usage())
                        .usd()
                        .multiply(BigDecimal.valueOf(kind.share())));
                add(mean, leg.tokens().usage(), kind.share());
                responses += kind.share() * leg.tokens().responses();
                full |= kind.share() > 0 && leg.tokens().windowFull();
            }
        }
        return new EstimateRow(
                name,
                shutdown,
                usage(mean),
                responses,
                minutes,
                new Money(model),
                transcription,
                other,
                completes,
                completesFrom,
                capacity(kinds, minutes),
                full,
                false);
    }

    private static void add(double[] mean, Usage usage, double share) {
        mean[0] += share * usage.inputTextTokens();
        mean[1] += share * usage.inputAudioTokens();
        mean[2] += share * usage.cachedTextTokens();
        mean[3] += share * usage.cachedAudioTokens();
        mean[4] += share * usage.outputTextTokens();
        mean[5] += share * usage.outputAudioTokens();
    }

    private static Usage usage(double[] mean) {
        return new Usage(
                (int) Math.round(mean[0]),
                (int) Math.round(mean[1]),
                0,
                (int) Math.round(mean[2]),
                (int) Math.round(mean[3]),
                0,
                (int) Math.round(mean[4]),
                (int) Math.round(mean[5]));
    }

    /** Each model has limits of its own, and its part of the calls in progress. */
    private Capacity capacity(List<Kind> kinds, double minutes) {
        Map<ModelCard, double[]> each = new LinkedHashMap<>();
        for (Kind kind : kinds) {
            for (Leg leg : kind.legs()) {
                double[] use = each.computeIfAbsent(leg.card(), first -> new double[2]);
                Usage usage = leg.tokens().usage();
                use[0] += kind.share() * leg.tokens().responses() / minutes;
                use[1] += kind.share() * (usage.inputTokens() + usage.outputTokens()) / minutes;
            }
        }
        List<Capacity.Allowed> tiers = new ArrayList<>();
        for (Map.Entry<ModelCard, double[]> use : each.entrySet()) {
            Optional<UsageTiers> known =
                    catalogue.usageTiers(provider, use.getKey().name());
            if (known.isEmpty()) {
                return new Capacity(load.callsAtOnce(minutes), List.of());
            }
            tiers = joined(tiers, allowed(known.get(), use.getValue()));
        }
        return new Capacity(load.callsAtOnce(minutes), tiers);
    }

    private static List<Capacity.Allowed> allowed(UsageTiers known, double[] use) {
        return known.tiers().stream()
                .map(tier -> Capacity.Allowed.of(tier, use[0], use[1]))
                .toList();
    }

    /** Tiers of the same name; one that a model does not have is of no use for both. */
    private static List<Capacity.Allowed> joined(List<Capacity.Allowed> tiers, List<Capacity.Allowed> more) {
        if (tiers.isEmpty()) {
            return more;
        }
        return tiers.stream()
                .flatMap(tier -> more.stream()
                        .filter(other -> other.tier().equals(tier.tier()))
                        .map(tier::and))
                .toList();
    }

    /** Empty when no price is known for the model. */
    private Optional<Money> transcription(CallShape shape) {
        if (shape.transcription().isEmpty()) {
            return Optional.of(Money.ZERO);
        }
        int turns = shape.turns();
        Duration audio = Duration.ofMillis(Math.round(shape.callerSeconds() * 1_000 * turns));
        TranscriptionUsage tokens =
                new TranscriptionUsage.Tokens(0, shape.callerAudioTokens() * turns, shape.callerTextTokens() * turns);
        return shape.transcription()
                .flatMap(catalogue::transcriptionPrice)
                .flatMap(price -> price.cost(tokens).or(() -> price.cost(new TranscriptionUsage.Audio(audio))));
    }

    private static Money other(BigDecimal perMinute, double minutes) {
        return new Money(perMinute.multiply(BigDecimal.valueOf(minutes)));
    }
}
