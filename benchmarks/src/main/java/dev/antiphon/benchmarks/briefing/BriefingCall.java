package dev.antiphon.benchmarks.briefing;

import dev.antiphon.connection.WebSocketEndpoint;
import dev.antiphon.flow.Briefing;
import dev.antiphon.flow.FlowConversation;
import dev.antiphon.realtime.Usage;
import dev.antiphon.samples.clinic.Calendar;
import dev.antiphon.samples.clinic.ClinicBot;
import dev.antiphon.samples.clinic.Database;
import dev.antiphon.server.Bot;
import dev.antiphon.server.BotEndpoint;
import dev.antiphon.session.Conduct;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.testkit.bed.Agent;
import dev.antiphon.testkit.bed.BedSettings;
import dev.antiphon.testkit.bed.TestBed;
import dev.antiphon.testkit.bed.TestBed.Manner;
import dev.antiphon.testkit.caller.CallRecord;
import dev.antiphon.testkit.caller.CallerScript;
import dev.antiphon.testkit.caller.CallerScript.Condition;
import dev.antiphon.testkit.caller.CallerScript.Deed;
import dev.antiphon.testkit.caller.CallerScript.Step;
import dev.antiphon.testkit.caller.ExpectedOutcome;
import dev.antiphon.tool.ToolPoolSettings;
import dev.antiphon.tool.ToolThreads;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One booking call, the same in every run.
 *
 * @param usages of its responses, in order
 * @param talked its length
 * @param turns of the caller
 */
record BriefingCall(List<Usage> usages, Duration talked, int turns) {
    private static final Duration LIMIT = Duration.ofMinutes(30);
    private static final Duration THINKS = Duration.ofMillis(2_500);

    private static final List<String> LINES = List.of(
            "Hello, I would like to book a visit at the clinic, please.",
            "Do you take insurance?",
            "A cleaning, please.",
            "What are your opening hours?",
            "Next Thursday, if that is possible.",
            "At ten in the morning.",
            "Something else, please.",
            "The first one, please.",
            "My name is Eve Stone.",
            "Is there parking?",
            "My number is 415 555 0144.",
            "No, make it Friday instead.",
            "At eleven in the morning.",
            "What is your cancellation policy?",
            "No, at two in the afternoon.",
            "Could you say that again?",
            "What should I bring to my first visit?",
            "No, make it Wednesday instead.",
            "At three in the afternoon.",
            "Could you say that more slowly?",
            "How do I get there?",
            "Yes, please.",
            "When are you open?",
            "Could you repeat that, please?",
            "No, that is all. Thank you, goodbye.");

    BriefingCall {
        usages = List.copyOf(usages);
    }

    static BriefingCall made(Briefing briefing, Conduct conduct) {
        List<SessionEvent> facts = new ArrayList<>();
        try (Database database = Database.inMemory();
                TestBed bed = TestBed.inVirtualTime(
                        BedSettings.defaults(), around -> clinic(around, database, briefing, conduct, facts))) {
            CallRecord record = bed.await(bed.place("caller", script(), Manner.SPOKEN), LIMIT);
            if (!record.endedAs(ExpectedOutcome.COMPLETED)) {
                throw new IllegalStateException("the call must be completed, but was " + record);
            }
        }
        SessionEvent.SessionEnded end = facts.stream()
                .filter(SessionEvent.SessionEnded.class::isInstance)
                .map(SessionEvent.SessionEnded.class::cast)
                .findFirst()
                .orElseThrow();
        return new BriefingCall(
                facts.stream()
                        .filter(SessionEvent.ResponseBilled.class::isInstance)
                        .map(fact -> ((SessionEvent.ResponseBilled) fact).usage())
                        .toList(),
                end.duration(),
                end.turns());
    }

    Usage total() {
        return usages.stream().reduce(Usage.NONE, Usage::plus);
    }

    /** The caller thinks before each answer. */
    private static CallerScript script() {
        List<Step> steps = new ArrayList<>();
        for (String line : LINES) {
            steps.add(new Step(new Deed.StaySilent(THINKS), Condition.ALWAYS, Optional.empty()));
            steps.add(new Step(new Deed.Say(line), Condition.ALWAYS, Optional.empty()));
        }
        return new CallerScript(
                "five-minutes",
                "Books after many questions and changes.",
                ExpectedOutcome.COMPLETED,
                false,
                steps,
                List.of(),
                Optional.empty());
    }

    private static WebSocketEndpoint clinic(
            Agent.Surroundings around,
            Database database,
            Briefing briefing,
            Conduct conduct,
            List<SessionEvent> facts) {
        Calendar calendar = new Calendar(database, around.clock(), ZoneOffset.UTC, around.random());
        Bot bot = new ClinicBot(
                        () -> calendar,
                        around.clock(),
                        ZoneOffset.UTC,
                        around.random(),
                        ToolPoolSettings.defaults().withThreads(ToolThreads.of(around.tools())))
                .bot();
        Bot briefed = bot.withConversations(caller -> ((FlowConversation) bot.conversation()).briefedBy(briefing));
        return BotEndpoint.in(
                around,
                briefed,
                server -> server.withObserver(facts::add)
                        .withSession(server.session().withConduct(conduct)));
    }
}
