package dev.antiphon.spend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.antiphon.model.Money;
import dev.antiphon.spend.CallSpend.Step;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallSpendTest {
    private static final Cap DOLLAR = new Cap(Money.usd("1"));

    private static CallSpend call(CallCap.Action action) {
        return CallSpend.begin(CallCap.of(DOLLAR, action));
    }

    private static Optional<Step> stepAt(CallCap.Action action, String spent, boolean lowest, boolean taken) {
        return call(action).step(Money.usd(spent), true, lowest, taken).step();
    }

    @Test
    void itIsWarnedOnceAtFourFifths() {
        CallSpend call = call(CallCap.Action.END);
        assertThat(call.step(Money.usd("0.79"), true, true, true).step()).isEmpty();

        CallSpend.Transition warned = call.step(Money.usd("0.80"), false, true, true);

        assertThat(warned.step()).contains(Step.WARN);
        assertThat(warned.next().step(Money.usd("0.99"), true, true, true).step())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "END, false, false, END",
        "HAND_OVER, false, true, HAND_OVER",
        "HAND_OVER, false, false, END",
        "MOVE_DOWN, false, true, MOVE_DOWN",
        "MOVE_DOWN, true, true, END"
    })
    void whatHappensAtTheCapIsWhatIsPossible(CallCap.Action action, boolean lowest, boolean taken, Step step) {
        assertThat(stepAt(action, "1", lowest, taken)).contains(step);
    }

    @Test
    void whomNobodyTakesItEnds() {
        CallSpend asked = call(CallCap.Action.HAND_OVER)
                .step(Money.usd("1"), true, false, true)
                .next();

        assertThat(asked.step(Money.usd("1"), false, false, true).step()).isEmpty();
        assertThat(asked.step(Money.usd("1"), true, false, true).step()).contains(Step.END);
    }

    @Test
    void whatMovedDownEndsAtTwiceTheCap() {
        CallSpend moved = call(CallCap.Action.MOVE_DOWN)
                .step(Money.usd("1"), true, false, true)
                .next();

        assertThat(moved.isCapped()).isTrue();
        assertThat(moved.step(Money.usd("1.99"), true, true, true).step()).isEmpty();
        assertThat(moved.step(Money.usd("2"), true, true, true).step()).contains(Step.END);
    }

    @Property(tries = 500)
    void nothingButAWarningHappensInTheMiddleOfATurnAndNothingTwice(
            @ForAll CallCap.Action action,
            @ForAll @Size(max = 40) List<@IntRange(max = 39) Integer> moments,
            @ForAll boolean taken) {
        CallSpend call = call(action);
        BigDecimal spent = BigDecimal.ZERO;
        List<Step> steps = new ArrayList<>();
        for (int moment : moments) {
            boolean free = moment % 2 == 0;
            spent = spent.add(BigDecimal.valueOf(moment, 2));
            CallSpend.Transition transition = call.step(new Money(spent), free, false, taken);
            transition
                    .step()
                    .ifPresent(step -> assertThat(free || step == Step.WARN).isTrue());
            transition.step().ifPresent(steps::add);
            call = transition.next();
        }
        assertThat(steps).doesNotHaveDuplicates();
        assertThat(steps.isEmpty() || spent.compareTo(new BigDecimal("0.8")) >= 0)
                .isTrue();
    }

    @Test
    void aCapOfNothingIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Cap(Money.usd("-0.10")))
                .withMessage("a cap must be above $0, but was -0.10");
    }
}
