package dev.antiphon.estimate;

import dev.antiphon.model.Money;
import dev.antiphon.realtime.Usage;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What calls cost that run in one way: all on one model, on a ladder of two, or as they were measured.
 *
 * @param name the model's, or what it is
 * @param shutdown the day on which the model ends
 * @param usage tokens of a mean call
 * @param responses of a mean call
 * @param minutes of a mean call
 * @param model what the answering models cost in a mean call
 * @param transcription what the transcription of a mean call costs; empty when no price is known
 * @param other what else a mean call costs
 * @param completes share of calls that reach their goal
 * @param completesFrom where that share is from, for people
 * @param capacity what usage tiers allow
 * @param windowFull whether the conversation outgrew what a model can read
 * @param ended whether the model has ended; false until {@link #asOf} was asked
 */
public record EstimateRow(
        String name,
        Optional<LocalDate> shutdown,
        Usage usage,
        double responses,
        double minutes,
        Money model,
        Optional<Money> transcription,
        Money other,
        double completes,
        String completesFrom,
        Capacity capacity,
        boolean windowFull,
        boolean ended) {
    public EstimateRow {
        Shares.check(completes, "completes");
    }

    /** As it is to be read on this day: from the day of its end on, its model has ended. */
    public EstimateRow asOf(LocalDate today) {
        return new EstimateRow(
                name,
                shutdown,
                usage,
                responses,
                minutes,
                model,
                transcription,
                other,
                completes,
                completesFrom,
                capacity,
                windowFull,
                shutdown.filter(end -> !today.isBefore(end)).isPresent());
    }

    /** For people: the name, and that the model has ended. */
    public String shownName() {
        return ended ? name + " (ended)" : name;
    }

    /** What a mean call costs, as far as prices are known. */
    public Money perCall() {
        return model.plus(transcription.orElse(Money.ZERO)).plus(other);
    }

    /** What so many calls cost. */
    public Money perMonth(long calls) {
        return new Money(perCall().usd().multiply(BigDecimal.valueOf(calls)));
    }

    /** What a call that reaches its goal costs, those that do not included; empty when none does. */
    public Optional<Money> perCompleted() {
        return completes > 0
                ? Optional.of(new Money(perCall().usd().divide(BigDecimal.valueOf(completes), MathContext.DECIMAL64)))
                : Optional.empty();
    }

    /** Share of the tokens that were read which came from the cache. */
    public double cachedShare() {
        return usage.cachedTokens() / (double) Math.max(1, usage.inputTokens());
    }

    /** Responses that a call in progress asks for in a minute. */
    public double requestsPerMinute() {
        return responses / minutes;
    }

    /** Tokens that a call in progress reads and writes in a minute, cached ones included. */
    public double tokensPerMinute() {
        return (usage.inputTokens() + usage.outputTokens()) / minutes;
    }
}
