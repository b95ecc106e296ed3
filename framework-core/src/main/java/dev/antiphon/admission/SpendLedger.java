package dev.antiphon.admission;

import dev.antiphon.model.Money;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.SessionId;
import dev.antiphon.session.SessionObserver;
import dev.antiphon.spend.Cap;
import dev.antiphon.spend.SpendPlan;
import dev.antiphon.spend.SpendPolicy;
import dev.antiphon.spend.SpendTotals;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Adds up what all calls cost and holds it against the caps of {@link SpendPolicy}. Learns from facts. Thread-safe; never blocks. */
public final class SpendLedger implements SessionObserver {
    private final SpendPlan plan;
    private final InstantSource clock;
    private final List<SpendObserver> observers = new CopyOnWriteArrayList<>();
    private final Map<SessionId, Set<String>> experiments = new HashMap<>();
    private final Set<String> told = new HashSet<>();
    private SpendTotals totals;

    /** Goes on from what the plan's memory has; throws what that throws. */
    public SpendLedger(SpendPlan plan, InstantSource clock) {
        this.plan = plan;
        this.clock = clock;
        this.totals = plan.policy().isEmpty() ? SpendTotals.NONE : plan.memory().load();
    }

    /** Without caps. */
    static SpendLedger uncapped(InstantSource clock) {
        return new SpendLedger(SpendPlan.none(), clock);
    }

    /** One more who hears of caps. */
    public void observe(SpendObserver another) {
        observers.add(another);
    }

    /** The caps. */
    public SpendPolicy policy() {
        return plan.policy();
    }

    /** What was spent. */
    public synchronized SpendTotals totals() {
        return totals;
    }

    /** What today's calls have cost. */
    public Money today() {
        return totals().ofDay(plan.policy().day(clock.instant()));
    }

    /** What today's calls have cost, beside the cap of a day; empty without one. */
    public Optional<DaySpend> day() {
        Instant now = clock.instant();
        LocalDate day = plan.policy().day(now);
        return plan.policy()
                .perDay()
                .map(cap -> new DaySpend(
                        day,
                        plan.policy().zoneName(),
                        totals().ofDay(day),
                        cap,
                        plan.policy().atDayCap(),
                        plan.policy().tomorrow(now)));
    }

    private boolean dayIsSpent() {
        return plan.policy().ofDay(totals(), plan.policy().day(clock.instant())) == Cap.Level.REACHED;
    }

    /** Whether new calls run on the lowest tier and stay there. */
    public boolean forcesLowestTier() {
        return plan.policy().atDayCap() == SpendPolicy.AtDayCap.LOWEST_TIER && dayIsSpent();
    }

    /** Whether a call may still enter this experiment. */
    public boolean mayEnter(String experiment) {
        return plan.policy().ofExperiment(totals(), experiment) != Cap.Level.REACHED;
    }

    /** Why no call is answered until tomorrow; empty when they are. */
    Optional<Verdict.Refused> refusal() {
        if (plan.policy().atDayCap() != SpendPolicy.AtDayCap.REFUSE || !dayIsSpent()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Instant tomorrow = plan.policy().tomorrow(now);
        return plan.policy()
                .perDay()
                .map(cap -> new Verdict.Refused(
                        Verdict.Cause.SPEND,
                        "today's calls have cost " + today() + " and the cap of a day is " + cap.most()
                                + "; calls are answered again on "
                                + plan.policy().day(tomorrow) + " ("
                                + plan.policy().zoneName() + ")",
                        Duration.between(now, tomorrow).plusSeconds(1)));
    }

    /** Waits until what was spent is kept. */
    public void flush() {
        plan.memory().flush();
    }

    @Override
    public void on(SessionEvent fact) {
        if (plan.policy().isEmpty()) {
            return;
        }
        if (fact instanceof SessionEvent.ResponseBilled billed) {
            spent(billed.session(), billed.cost());
        } else if (fact instanceof SessionEvent.TranscriptionBilled billed) {
            spent(billed.session(), billed.cost());
        } else if (fact instanceof SessionEvent.ExperimentEntered entered) {
            entered(entered);
        } else if (fact instanceof SessionEvent.SessionEnded ended) {
            ended(ended.session());
        }
    }

    private synchronized void entered(SessionEvent.ExperimentEntered entered) {
        experiments.computeIfAbsent(entered.session(), first -> new HashSet<>()).add(entered.experiment());
    }

    private synchronized void ended(SessionId session) {
        experiments.remove(session);
    }

    private void spent(SessionId session, Money cost) {
        Instant now = clock.instant();
        List<SpendEvent> events = new ArrayList<>();
        synchronized (this) {
            LocalDate day = plan.policy().day(now);
            SpendTotals before = totals;
            totals = totals.plusDay(day, cost);
            plan.policy()
                    .perDay()
                    .ifPresent(cap -> dayEvent(now, day, before, cap).ifPresent(events::add));
            for (String experiment : experiments.getOrDefault(session, Set.of())) {
                totals = totals.plusExperiment(experiment, cost);
                Optional.ofNullable(plan.policy().perExperiment().get(experiment))
                        .flatMap(cap -> experimentEvent(now, experiment, before, cap))
                        .ifPresent(events::add);
            }
            // In the order of the sums, or an older one would be kept.
            plan.memory().save(totals);
        }
        events.forEach(event -> observers.forEach(observer -> observer.on(event)));
    }

    private Optional<SpendEvent> dayEvent(Instant now, LocalDate day, SpendTotals before, Cap cap) {
        Money spent = totals.ofDay(day);
        return isNews("day " + day, cap, before.ofDay(day), spent)
                ? Optional.of(new SpendEvent.OfDay(now, day, cap.level(spent), spent, cap.most()))
                : Optional.empty();
    }

    private Optional<SpendEvent> experimentEvent(Instant now, String experiment, SpendTotals before, Cap cap) {
        Money spent = totals.ofExperiment(experiment);
        return isNews("experiment " + experiment, cap, before.ofExperiment(experiment), spent)
                ? Optional.of(new SpendEvent.OfExperiment(now, experiment, cap.level(spent), spent, cap.most()))
                : Optional.empty();
    }

    private boolean isNews(String what, Cap cap, Money before, Money now) {
        Cap.Level level = cap.level(now);
        return level != Cap.Level.BELOW && level != cap.level(before) && told.add(what + " " + level);
    }
}
