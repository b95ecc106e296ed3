package dev.antiphon.benchmarks.chaos.tools;

import dev.antiphon.benchmarks.chaos.tools.Call.Commit;
import dev.antiphon.benchmarks.chaos.tools.Call.Work;
import dev.antiphon.benchmarks.chaos.tools.SteppedThreads.Stepped;
import dev.antiphon.benchmarks.chaos.tools.Violations.Rule;
import dev.antiphon.session.GateDecision;
import dev.antiphon.tool.ToolFailure;
import dev.antiphon.tool.TransientFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The books: the handler of the effect does what the plan of its call says, and writes down what it did. Nothing here asks the
 * framework what it believes. Not thread-safe; used by one thread at a time.
 */
final class Bookings {
    private final Storm storm;
    private final Violations violations;

    Bookings(Storm storm, Violations violations) {
        this.storm = storm;
        this.violations = violations;
    }

    GateDecision look(String key) {
        boolean refuses = storm.strikes(storm.callOf(key), Strike.EFFECT_REFUSED_BY_ITS_GATE);
        return refuses ? GateDecision.refuse("That time may not be booked by phone.") : GateDecision.allow();
    }

    /** The work of the effect: the reference of a booking. */
    String book(String key) throws Exception {
        Call call = storm.callOf(key);
        int life = call.life;
        boolean planned = call.effectRuns == 0;
        call.effectRuns++;
        Trouble trouble = planned ? Trouble.ofEffect(call.strike, call.random) : Trouble.any(call.random);
        Stepped stepped = storm.steps().present();
        call.atWork.add(stepped);
        int work = call.works.size();
        Instant begun = storm.clock().instant();
        call.works.add(new Work(begun, Optional.empty()));
        try {
            if (planned) {
                effectBegins(call);
            }
            return books(call, key, life, trouble);
        } finally {
            call.works.set(work, new Work(begun, Optional.of(storm.clock().instant())));
            call.atWork.remove(stepped);
        }
    }

    private void effectBegins(Call call) {
        switch (call.strike) {
            case CALLER_CUTS_IN_WHILE_EFFECT_RUNS -> storm.cutsIn(call, call.strike, Storm.millis(call, 100, 3_000));
            case HANGS_UP_WHILE_EFFECT_RUNS -> storm.hangsUp(call);
            case LINE_LOST_WHILE_EFFECT_RUNS -> storm.losesLine(call);
            case POOL_BREAKS_WHILE_EFFECT_RUNS -> storm.breaksPool(call);
            default -> {}
        }
    }

    private String books(Call call, String key, int life, Trouble trouble) throws Exception {
        switch (trouble) {
            case NONE, REFUSED -> storm.steps().sleep(Storm.millis(call, 30, 700));
            case SLOW -> {
                storm.steps().sleep(Storm.millis(call, 1_200, 7_000));
                storm.strikes(call, Strike.EFFECT_SLOW);
            }
            case HANGS -> {
                storm.strikes(call, Strike.EFFECT_HANGS);
                storm.steps().sleep(Duration.ofSeconds(90));
                throw new IllegalStateException("it hung");
            }
            case LATE -> {
                storm.steps().sleep(Storm.millis(call, 8_500, 15_000));
                storm.strikes(call, Strike.EFFECT_DONE_AFTER_ITS_TIME);
            }
            case DONE_THEN_LATE -> {
                storm.steps().sleep(Storm.millis(call, 30, 2_000));
                String reference = commit(call, key, life);
                storm.strikes(call, Strike.EFFECT_DONE_AND_ANSWERS_AFTER_ITS_TIME);
                storm.steps().sleep(Storm.millis(call, 8_500, 25_000));
                return reference;
            }
            case FAILS -> {
                storm.steps().sleep(Storm.millis(call, 30, 600));
                storm.strikes(call, Strike.EFFECT_FAILS_WITH_WORDS);
                throw new ToolFailure("the books are closed");
            }
            case THROWS -> {
                storm.steps().sleep(Storm.millis(call, 30, 600));
                storm.strikes(call, Strike.EFFECT_THROWS);
                throw new IllegalStateException("the storm");
            }
            case ERROR -> {
                storm.steps().sleep(Storm.millis(call, 30, 600));
                storm.strikes(call, Strike.EFFECT_DIES_OF_AN_ERROR);
                throw new AssertionError("the storm");
            }
            case TRANSIENT -> {
                storm.steps().sleep(Storm.millis(call, 30, 600));
                if (storm.strikes(call, Strike.EFFECT_FAILS_TRANSIENTLY)) {
                    throw new TransientFailure("busy");
                }
            }
        }
        return commit(call, key, life);
    }

    /**
     * Writes the booking. Within one session nothing here looks at the key: that the same work is not done twice is for the
     * pool to see to. A session that was resumed has lost the pool's memory, and the key is what is left; as a service does that is
     * given it, the work that is done already is answered as it was.
     */
    private String commit(Call call, String key, int life) {
        Optional<Commit> before = call.commits.stream()
                .filter(commit -> commit.key().equals(key) && commit.life() != life)
                .findFirst();
        if (before.isPresent()) {
            return before.get().reference();
        }
        String reference = "R" + call.number + "x" + (call.commits.size() + 1);
        call.commits.add(new Commit(key, reference, life, storm.clock().instant()));
        if (call.commits.size() > 1) {
            violations.found(Rule.DONE_TWICE, "call " + call.number + " " + call.strike + ": " + call.commits);
        }
        return reference;
    }
}
