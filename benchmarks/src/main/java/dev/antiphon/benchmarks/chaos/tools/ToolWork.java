package dev.antiphon.benchmarks.chaos.tools;

import dev.antiphon.benchmarks.chaos.tools.SteppedThreads.Stepped;
import dev.antiphon.benchmarks.chaos.tools.Violations.Rule;
import dev.antiphon.session.GateDecision;
import dev.antiphon.tool.ToolContext;
import dev.antiphon.tool.ToolFailure;
import dev.antiphon.tool.TransientFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What the handlers of tools do: what the plan of their call says. What changes something is written down. Nothing here asks
 * the framework what it believes. Not thread-safe; used by one thread at a time.
 */
final class ToolWork {
    private static final Duration CROWDED = Duration.ofSeconds(4);

    private final Map<String, Integer> noted = new HashMap<>();
    private final Storm storm;
    private final Violations violations;

    ToolWork(Storm storm, Violations violations) {
        this.storm = storm;
        this.violations = violations;
    }

    GateDecision look(Desk.Asked asked) {
        Call call = storm.call(asked.caller());
        boolean refuses = call.question == Question.NOTE && storm.strikes(call, Strike.TOOL_REFUSED_BY_ITS_GATE);
        return refuses ? GateDecision.refuse("That may not be noted.") : GateDecision.allow();
    }

    /** The work of a tool: a result that no other run has. */
    String answer(Question question, Desk.Asked asked, ToolContext context) throws Exception {
        if (asked.caller() < 0) {
            storm.steps().sleep(CROWDED);
            return question.answer() + "for others";
        }
        Call call = storm.call(asked.caller());
        boolean plansIt = question == call.question && call.toolRuns == 0;
        call.toolRuns++;
        String result = question.answer() + call.number + "x" + call.toolRuns;
        Trouble trouble = plansIt ? Trouble.ofTool(call.strike) : Trouble.any(call.random);
        Stepped stepped = storm.steps().present();
        call.toolAtWork = true;
        call.atWork.add(stepped);
        try {
            if (plansIt) {
                toolBegins(call);
            }
            works(call, trouble, question == Question.PARKING, plansIt);
            if (question == Question.NOTE && noted.merge(context.session() + " " + asked, 1, Integer::sum) > 1) {
                violations.found(Rule.NOTED_TWICE, "call " + call.number);
            }
            return result;
        } finally {
            call.toolAtWork = false;
            call.atWork.remove(stepped);
        }
    }

    private void toolBegins(Call call) {
        switch (call.strike) {
            case CALLER_CUTS_IN_WHILE_IT_RUNS -> storm.cutsIn(call, call.strike, Storm.millis(call, 100, 600));
            case HANGS_UP_WHILE_TOOL_RUNS -> storm.hangsUp(call);
            case LINE_LOST_WHILE_TOOL_RUNS -> storm.losesLine(call);
            case POOL_BREAKS_WHILE_TOOL_RUNS -> storm.breaksPool(call);
            default -> {}
        }
    }

    private void works(Call call, Trouble trouble, boolean mayGoOn, boolean planned) throws Exception {
        switch (trouble) {
            case NONE -> storm.steps().sleep(Storm.millis(call, 30, 600));
            case SLOW ->
                storm.steps().sleep(mayGoOn ? Storm.millis(call, 3_500, 9_000) : Storm.millis(call, 1_400, 3_400));
            case HANGS -> {
                if (planned) {
                    storm.strikes(call, call.strike);
                }
                storm.steps().sleep(Duration.ofSeconds(90));
                throw new IllegalStateException("it hung");
            }
            case LATE, DONE_THEN_LATE -> {
                if (planned) {
                    storm.strikes(call, Strike.TOOL_ANSWERS_AFTER_ITS_TIME);
                }
                sleepsOn(Storm.millis(call, 5_500, 9_000));
            }
            case FAILS -> {
                storm.steps().sleep(Storm.millis(call, 30, 600));
                storm.strikes(call, Strike.TOOL_FAILS_WITH_WORDS);
                throw new ToolFailure("that office is closed today");
            }
            case THROWS -> {
                storm.steps().sleep(Storm.millis(call, 30, 600));
                storm.strikes(call, Strike.TOOL_THROWS);
                throw new IllegalStateException("the storm");
            }
            case ERROR -> {
                storm.steps().sleep(Storm.millis(call, 30, 600));
                storm.strikes(call, Strike.TOOL_DIES_OF_AN_ERROR);
                throw new StackOverflowError("the storm");
            }
            case TRANSIENT -> {
                storm.steps().sleep(Storm.millis(call, 30, 300));
                if (storm.strikes(call, Strike.TOOL_FAILS_TRANSIENTLY)) {
                    throw new TransientFailure("busy");
                }
            }
            case REFUSED -> storm.steps().sleep(Storm.millis(call, 30, 300));
        }
        if (planned) {
            switch (call.strike) {
                case NOTHING, TOOL_SLOW, TOOL_ANSWERS_WHEN_THE_CALL_WENT_ON -> storm.strikes(call, call.strike);
                default -> {}
            }
        }
    }

    /** As code does that does not care for interrupts. */
    private void sleepsOn(Duration time) throws InterruptedException {
        Instant until = storm.clock().instant().plus(time);
        try {
            storm.steps().sleep(time);
        } catch (InterruptedException unwanted) {
            storm.steps().sleep(Duration.between(storm.clock().instant(), until));
        }
    }
}
