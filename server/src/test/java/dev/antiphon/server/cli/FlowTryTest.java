package dev.antiphon.server.cli;

import static dev.antiphon.flow.dsl.FlowDsl.ok;
import static dev.antiphon.flow.dsl.FlowDsl.phone;
import static dev.antiphon.flow.dsl.FlowDsl.reject;
import static dev.antiphon.flow.dsl.FlowDsl.say;
import static dev.antiphon.flow.dsl.FlowDsl.time;
import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.Flow;
import dev.antiphon.flow.FlowConversation;
import dev.antiphon.flow.slot.PhoneNumber;
import dev.antiphon.server.Bot;
import dev.antiphon.session.PromptConversation;
import dev.antiphon.tool.ToolDispatcher;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A flow is tried by typed text. */
class FlowTryTest {
    record Alarm(LocalTime time, PhoneNumber phone) {}

    private final AtomicInteger set = new AtomicInteger();
    private final Set<LocalTime> taken = ConcurrentHashMap.newKeySet();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aPipeIsAnsweredLineByLineAndEndsWithTheOutcome() {
        assertThat(run("wake me at 7 am\n202 555 0147\nyes please\nno thanks\n", "flow", "try"))
                .isZero();

        assertThat(out.toString())
                .containsSubsequence(
                        "agent    Hello",
                        "What time?",
                        "caller   wake me at 7 am",
                        "agent    ",
                        "called    fill_slots",
                        "step      phone",
                        "values    time = 7 AM",
                        "caller   yes please",
                        "agent    Your alarm is set",
                        "effect    set_alarm: ok",
                        "outcome  completed (A1)")
                .doesNotContain("\u001b[");
        assertThat(set).hasValue(1);
    }

    @Test
    void aStrictCallIsUnderstoodBeforeItIsAnswered() {
        assertThat(run("wake me at 7 am\n202 555 0147\nyes please\nno thanks\n", "flow", "try", "--conduct", "strict"))
                .isZero();

        assertThat(out.toString())
                .containsSubsequence("caller   wake me at 7 am", "called    fill_slots", "outcome  completed (A1)");
        assertThat(set).hasValue(1);
    }

    @Test
    void aConductThatDoesNotExistIsRefused() {
        assertThat(run("", "flow", "try", "--conduct", "loose")).isEqualTo(2);
        assertThat(err.toString()).containsIgnoringCase("--conduct").containsIgnoringCase("guided, strict");
    }

    @Test
    void sensitiveValuesAreMasked() {
        run("", "flow", "try", "--say", "202 555 0147", "--say", "/state");

        assertThat(out.toString()).contains("\"phone\":\"•••\"", "phone = •••").doesNotContain("2025550147");
    }

    @Test
    void theEndOfTheInputHangsUp() {
        assertThat(run("wake me at 7 am\n", "flow", "try")).isZero();

        assertThat(out.toString()).contains("outcome  abandoned (the caller hung up)");
    }

    @Test
    void commandsShowAndTakeBack() {
        run("wake me at 7 am\n/why\n/undo\n/undo\n/state\n/nonsense\n/silence\n/quit\nat eight\n", "flow", "try");

        assertThat(out.toString())
                .containsSubsequence(
                        "/why",
                        "called    fill_slots {\"time\":\"07:00\"}",
                        "answered  {\"say\":",
                        "undone    wake me at 7 am",
                        "step      time",
                        "sorry     there is nothing to undo",
                        "values    none yet",
                        "open      What time?",
                        "sorry     there is no command /nonsense",
                        "Are you still there?",
                        "struggle  no input (time)",
                        "outcome  abandoned")
                .doesNotContain("at eight");
    }

    @Test
    void whatWasDoneIsNotDoneAgainWhenALaterTurnIsTakenBack() {
        run("wake me at 7 am\n202 555 0147\nyes please\nwhat time is it set to\n/undo\n/quit\n", "flow", "try");

        assertThat(out.toString())
                .containsSubsequence("effect    set_alarm: ok", "undone    what time", "outcome  completed (A1)");
        assertThat(set).hasValue(1);
    }

    @Test
    void whoTakesABookingBackAndSaysTheSameAgainGetsTheSameAnswers() {
        run(
                "wake me at 7 am\n202 555 0147\nyes please\n/undo\n/undo\n/undo\n"
                        + "wake me at 7 am\n202 555 0147\nyes please\nno thanks\n",
                "flow",
                "try");

        assertThat(out.toString())
                .containsSubsequence(
                        "effect    set_alarm: ok",
                        "undone    yes please",
                        "undone    wake me at 7 am",
                        "caller   wake me at 7 am",
                        "agent    Okay, 7 AM. Which phone number?",
                        "agent    Your alarm is set",
                        "effect    set_alarm: ok",
                        "outcome  completed (A1)")
                .doesNotContain("taken");
        assertThat(set).hasValue(1);
    }

    @Test
    void otherWordsForTheSameWorkGetItsOutcomeAndOtherValuesAreOtherWork() {
        run(
                "wake me at 7 am\n202 555 0147\nyes please\n/undo\nyes, that's right\n/undo\nno, at 8 am\nyes\n",
                "flow",
                "try");

        assertThat(out.toString())
                .containsSubsequence(
                        "effect    set_alarm: ok",
                        "caller   yes, that's right",
                        "effect    set_alarm: ok",
                        "An alarm at 8 AM",
                        "effect    set_alarm: ok",
                        "outcome  completed (A2)");
        assertThat(set).hasValue(2);
    }

    @Test
    void jsonIsOneObjectATurn() {
        run("", "flow", "try", "--json", "--say", "wake me at 7 am", "--say", "/why");

        List<JsonNode> turns = out.toString()
                .lines()
                .map(line -> JsonMapper.builder().build().readTree(line))
                .toList();
        assertThat(turns).hasSize(4);
        assertThat(turns.get(1).at("/state/slots/time").asString()).isEqualTo("7 AM");
        assertThat(turns.get(1).at("/calls/0/tool").asString()).isEqualTo("fill_slots");
        assertThat(turns.get(2).at("/call/answer/say").asString()).contains("phone");
        assertThat(turns.getLast().at("/outcome").asString()).isEqualTo("abandoned");
    }

    @Test
    void theFlowIsShownAsAGraph() {
        assertThat(run("", "flow", "show", "--format", "dot")).isZero();

        assertThat(out.toString()).startsWith("digraph \"alarm\" {").contains("s_time -> s_phone;");
    }

    @Test
    void blankWordsAreAUsageError() {
        assertThat(run("", "flow", "try", "--say", " ")).isEqualTo(2);
        assertThat(err.toString()).contains("--say must have words");
    }

    @Test
    void aBotWithoutAFlowCanBeTriedToo() {
        Bot bot =
                Bot.of("echo", "Says hello.", () -> new PromptConversation("echo", "Be kind.", Optional.of("Hello.")));

        assertThat(new AntiphonCommand(bot)
                        .writingTo(new PrintWriter(out), new PrintWriter(err))
                        .run("flow", "try", "--say", "good morning"))
                .isZero();
        assertThat(out.toString()).contains("agent    Hello.", "caller   good morning", "outcome  completed");
    }

    private String set(Alarm alarm) {
        taken.add(alarm.time());
        return "A" + set.incrementAndGet();
    }

    private int run(String input, String... arguments) {
        Flow<Alarm> flow = Flow.named(
                "alarm",
                Alarm.class,
                f -> f.goal("Set an alarm")
                        .collect(
                                time("time")
                                        .ask("What time?")
                                        .check((at, slots) -> taken.contains(at) ? reject("That is taken.") : ok()),
                                phone("phone", "US").ask("Which phone number?").sensitive())
                        .confirm(alarm -> say("An alarm at {}. Shall I set it?", alarm.time()))
                        .effect("set_alarm", alarm -> set(alarm), effect -> effect.retries(0))
                        .done((alarm, number) -> say("Your alarm is set.")));
        Bot bot = Bot.of(
                        "alarm",
                        "Sets alarms.",
                        () -> FlowConversation.start(
                                flow,
                                InstantSource.system(),
                                ZoneOffset.UTC,
                                UUID.randomUUID().toString()))
                .withTools(system -> ToolDispatcher.start(system, List.of()));
        return new AntiphonCommand(bot)
                .writingTo(new PrintWriter(out), new PrintWriter(err))
                .readingFrom(new StringReader(input))
                .run(arguments);
    }
}
