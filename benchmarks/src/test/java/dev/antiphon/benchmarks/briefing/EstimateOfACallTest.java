package dev.antiphon.benchmarks.briefing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.antiphon.estimate.CallLoad;
import dev.antiphon.estimate.CallShape;
import dev.antiphon.estimate.Estimate;
import dev.antiphon.estimate.EstimateRow;
import dev.antiphon.estimate.TierMix;
import dev.antiphon.flow.Briefing;
import dev.antiphon.model.ModelCard;
import dev.antiphon.model.ModelCatalogue;
import dev.antiphon.model.Money;
import dev.antiphon.realtime.Usage;
import dev.antiphon.session.Conduct;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A spoken booking call on the emulator in virtual time, which moves to the larger model, and the estimate with this call's length,
 * turns, words, tool calls, instructions and move: cost and tokens are within 10 % of each other. All of it is simulated; the
 * emulator caches all that was read before.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EstimateOfACallTest {
    private static final double TOLERANCE = 0.10;
    private static final double WORDS_PER_MINUTE = 150;
    private static final double SECONDS = 60;

    private BriefingCall call = new BriefingCall(List.of(), Duration.ZERO, 0);

    @BeforeAll
    void callIsMade() {
        call = BriefingCall.made(Briefing.values()[0], Conduct.GUIDED);
    }

    private static double mean(List<Usage> responses, ToDoubleFunction<Usage> tokens) {
        return responses.stream().mapToDouble(tokens).average().orElse(0);
    }

    private static List<Usage> spoken(List<Usage> responses) {
        return responses.stream().filter(each -> each.outputAudioTokens() > 0).toList();
    }

    /** How many responses the smaller model gave: the first of the larger one, if the call moved, finds nothing in the cache. */
    private int moved() {
        return IntStream.range(2, call.usages().size())
                .filter(i -> call.usages().get(i).cachedTokens() == 0)
                .findFirst()
                .orElse(call.usages().size());
    }

    private CallShape sameAssumptions() {
        List<Usage> before = call.usages().subList(0, moved());
        List<Usage> silent =
                before.stream().filter(each -> each.outputAudioTokens() == 0).toList();
        Usage briefed = before.get(1);
        Usage last = before.getLast();
        int turnsBefore = spoken(before).size() - 1;
        int turns = spoken(call.usages()).size() - 1;
        double agentSeconds = mean(spoken(before), Usage::outputAudioTokens) / 20;
        double callerSeconds = (last.inputAudioTokens() / (double) turnsBefore - agentSeconds * 20) / 10;
        double agentWords = agentSeconds / SECONDS * WORDS_PER_MINUTE;
        double written = mean(silent, Usage::outputTextTokens);
        double perCall = (last.inputTextTokens() - briefed.inputTextTokens()) / (double) silent.size();
        double minutes = call.talked().toMillis() / 60_000.0;
        return new CallShape(
                minutes,
                turns / minutes,
                WORDS_PER_MINUTE,
                callerSeconds / SECONDS * WORDS_PER_MINUTE,
                agentWords,
                briefed.inputTextTokens(),
                silent.size() / (double) turnsBefore,
                (int) Math.round(written),
                (int) Math.round(perCall - written),
                1,
                mean(spoken(before), Usage::outputTextTokens) / agentWords,
                Optional.empty(),
                BigDecimal.ZERO);
    }

    private EstimateRow estimated(String lower, String upper) {
        double at = (spoken(call.usages().subList(0, moved())).size() - 1)
                / (double) (spoken(call.usages()).size() - 1);
        return new Estimate(ModelCatalogue.bundled(), "openai", CallLoad.defaults())
                .onLadder(
                        card(lower),
                        card(upper),
                        sameAssumptions(),
                        new TierMix(0, moved() < call.usages().size() ? 1 : 0, at, 1, 1, 1));
    }

    private double real(String lower, String upper) {
        return cost(card(lower), call.usages().subList(0, moved()))
                + cost(card(upper), call.usages().subList(moved(), call.usages().size()));
    }

    private static double cost(ModelCard card, List<Usage> responses) {
        return responses.stream()
                .map(card.prices()::cost)
                .reduce(Money.ZERO, Money::plus)
                .usd()
                .doubleValue();
    }

    private static ModelCard card(String model) {
        return ModelCatalogue.bundled().find(model).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"gpt-realtime-mini, gpt-realtime", "gpt-realtime-2.1-mini, gpt-realtime-2.1"})
    void theCostIsThatOfTheCall(String lower, String upper) {
        double estimated = estimated(lower, upper).model().usd().doubleValue();

        assertThat(estimated / real(lower, upper)).isCloseTo(1, within(TOLERANCE));
    }

    @Test
    void responsesAndTokensAreThoseOfTheCall() {
        EstimateRow estimated = estimated("gpt-realtime-mini", "gpt-realtime");
        Usage real = call.total();

        assertThat(estimated.responses()).isCloseTo(call.usages().size(), within(1.0));
        assertThat(estimated.usage().inputTokens() / (double) real.inputTokens())
                .isCloseTo(1, within(TOLERANCE));
        assertThat(estimated.usage().outputAudioTokens() / (double) real.outputAudioTokens())
                .isCloseTo(1, within(TOLERANCE));
        assertThat(estimated.cachedShare()).isCloseTo(real.cachedTokens() / (double) real.inputTokens(), within(0.05));
    }
}
