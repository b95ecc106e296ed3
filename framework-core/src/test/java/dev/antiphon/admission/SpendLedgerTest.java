package dev.antiphon.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.model.Money;
import dev.antiphon.realtime.Usage;
import dev.antiphon.session.CallCost;
import dev.antiphon.session.Outcome;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.SessionId;
import dev.antiphon.spend.Cap;
import dev.antiphon.spend.SpendMemory;
import dev.antiphon.spend.SpendPlan;
import dev.antiphon.spend.SpendPolicy;
import dev.antiphon.spend.SpendTotals;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpendLedgerTest {
    private static final Cap DOLLAR = new Cap(Money.usd("1"));
    private static final SessionId CALL = new SessionId("sess_1");

    private Instant now = Instant.parse("2026-11-30T22:30:00Z");
    private SpendTotals kept = SpendTotals.NONE;
    private final List<SpendEvent> heard = new ArrayList<>();

    private final SpendMemory memory = new SpendMemory() {
        @Override
        public SpendTotals load() {
            return kept;
        }

        @Override
        public void save(SpendTotals totals) {
            kept = totals;
        }
    };

    private SpendLedger ledger(SpendPolicy policy) {
        SpendLedger ledger = new SpendLedger(new SpendPlan(policy, memory), () -> now);
        ledger.observe(heard::add);
        return ledger;
    }

    private static SpendPolicy perDay(SpendPolicy.AtDayCap action) {
        return SpendPolicy.none().withPerDay(DOLLAR, action);
    }

    private void spends(SpendLedger ledger, String usd) {
        ledger.on(new SessionEvent.ResponseBilled(CALL, now, "mini", 1, Usage.NONE, Money.usd(usd)));
    }

    @Test
    void theDaysCapIsToldNearAndReachedOnceEach() {
        SpendLedger ledger = ledger(perDay(SpendPolicy.AtDayCap.LOWEST_TIER));
        spends(ledger, "0.79");
        assertThat(heard).isEmpty();
        spends(ledger, "0.02");
        spends(ledger, "0.02");
        assertThat(ledger.forcesLowestTier()).isFalse();
        spends(ledger, "0.30");
        spends(ledger, "0.30");

        assertThat(heard).extracting(SpendEvent::level).containsExactly(Cap.Level.NEAR, Cap.Level.REACHED);
        assertThat(ledger.forcesLowestTier()).isTrue();
        assertThat(ledger.refusal()).isEmpty();
    }

    @Test
    void whereItIsRefusedTheReasonTellsWhenCallsAreAnsweredAgain() {
        SpendLedger ledger = ledger(perDay(SpendPolicy.AtDayCap.REFUSE).withZone(ZoneId.of("Europe/Berlin")));
        spends(ledger, "1.00");

        Verdict.Refused refused = ledger.refusal().orElseThrow();

        assertThat(refused.cause()).isEqualTo(Verdict.Cause.SPEND);
        assertThat(refused.reason())
                .isEqualTo(
                        "today's calls have cost $1.0000 and the cap of a day is $1.0000; calls are answered again on"
                                + " 2026-12-01 (Europe/Berlin)");
        assertThat(refused.retryAfter()).isEqualTo(Duration.ofMinutes(30).plusSeconds(1));
        assertThat(ledger.forcesLowestTier()).isFalse();
        now = now.plus(Duration.ofMinutes(31));
        assertThat(ledger.refusal()).isEmpty();
    }

    @Test
    void noQueueHoldsCallersUntilTomorrow() {
        SpendLedger ledger = ledger(perDay(SpendPolicy.AtDayCap.REFUSE));
        Admission admission = new Admission(
                AdmissionSettings.defaults().withQueue(Duration.ofSeconds(30), 5), () -> now, unheard -> {}, ledger);
        admission.on(new SessionEvent.ResponseBilled(CALL, now, "mini", 1, Usage.NONE, Money.usd("2")));

        assertThat(admission.ask()).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void aRestartForgetsNothing() {
        spends(ledger(perDay(SpendPolicy.AtDayCap.LOWEST_TIER)), "1.25");

        SpendLedger after = ledger(perDay(SpendPolicy.AtDayCap.LOWEST_TIER));

        assertThat(after.today()).isEqualTo(Money.usd("1.25"));
        assertThat(after.forcesLowestTier()).isTrue();
    }

    @Test
    void aClockThatJumpsBackAndForthLosesNothing() {
        SpendLedger ledger = ledger(perDay(SpendPolicy.AtDayCap.LOWEST_TIER));
        spends(ledger, "0.60");
        now = now.plus(Duration.ofDays(1));
        assertThat(ledger.today()).isEqualTo(Money.ZERO);
        spends(ledger, "0.10");
        now = now.minus(Duration.ofDays(1));
        spends(ledger, "0.40");

        assertThat(ledger.forcesLowestTier()).isTrue();
        assertThat(ledger.totals().ofDay(LocalDate.of(2026, 12, 1))).isEqualTo(Money.usd("0.10"));
    }

    @Test
    void anExperimentAtItsCapTakesNobodyAnyMoreAndSaysSo() {
        SpendLedger ledger = ledger(SpendPolicy.none().withPerExperiment(Map.of("voice", DOLLAR)));
        spends(ledger, "5");
        assertThat(ledger.mayEnter("voice")).isTrue();
        ledger.on(new SessionEvent.ExperimentEntered(CALL, now, "voice", "b", "00ff"));
        spends(ledger, "1");

        assertThat(ledger.mayEnter("voice")).isFalse();
        assertThat(ledger.mayEnter("other")).isTrue();
        assertThat(heard)
                .containsExactly(
                        new SpendEvent.OfExperiment(now, "voice", Cap.Level.REACHED, Money.usd("1"), Money.usd("1")));
        ledger.on(new SessionEvent.SessionEnded(
                CALL, now, "flow", "mini", new Outcome.Abandoned("left"), Duration.ZERO, 0, Usage.NONE, CallCost.NONE));
        spends(ledger, "1");
        assertThat(ledger.totals().ofExperiment("voice")).isEqualTo(Money.usd("1"));
    }
}
