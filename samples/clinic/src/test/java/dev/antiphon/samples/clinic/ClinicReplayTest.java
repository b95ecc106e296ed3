package dev.antiphon.samples.clinic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.DialogState;
import dev.antiphon.flow.Flow;
import dev.antiphon.flow.FlowConversation;
import dev.antiphon.flow.FlowEffect;
import dev.antiphon.flow.FlowEvent;
import dev.antiphon.flow.FlowMachine;
import dev.antiphon.flow.FlowState;
import dev.antiphon.flow.SavedDialog;
import dev.antiphon.flow.Transition;
import dev.antiphon.server.Bot;
import dev.antiphon.server.BotEndpoint;
import dev.antiphon.session.Conversation;
import dev.antiphon.testkit.bed.Agent;
import dev.antiphon.testkit.bed.BedSettings;
import dev.antiphon.testkit.bed.TestBed;
import dev.antiphon.testkit.bed.TestBed.Manner;
import dev.antiphon.testkit.caller.BuiltInScripts;
import dev.antiphon.testkit.caller.CallRecord;
import dev.antiphon.testkit.caller.CallerScript;
import dev.antiphon.tool.ToolDispatcher;
import dev.antiphon.tool.ToolPoolSettings;
import dev.antiphon.tool.ToolThreads;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whole calls with the emulated service, each step of whose flow is taken once more: by another machine, from the state as it was
 * and from the state as it was saved. At once, since the flow asks the calendar, which changes with the booking.
 */
class ClinicReplayTest {
    @ParameterizedTest
    @CsvSource({
        "happy,TYPED",
        "correction,SPOKEN",
        "time-taken,TYPED",
        "cancel,TYPED",
        "silence,TYPED",
        "faq,TYPED",
        "escalation,TYPED"
    })
    void everyStepOfACallIsTakenInTheSameWayAgain(String name, Manner manner) {
        List<String> steps = new CopyOnWriteArrayList<>();
        List<String> differences = new CopyOnWriteArrayList<>();
        CallerScript script = BuiltInScripts.named(name).orElseThrow();
        try (TestBed bed = TestBed.inVirtualTime(
                BedSettings.defaults(), around -> BotEndpoint.in(around, bot(around, steps, differences)))) {
            CallRecord record = bed.await(bed.place("caller", script, manner), Duration.ofMinutes(20));
            assertThat(record.transcript()).isNotEmpty();
        }

        assertThat(steps).hasSizeGreaterThan(5);
        assertThat(differences).isEmpty();
    }

    private static Bot bot(Agent.Surroundings around, List<String> steps, List<String> differences) {
        Calendar calendar = new Calendar(Database.inMemory(), around.clock(), ZoneOffset.UTC, around.random());
        ToolPoolSettings pool = ToolPoolSettings.defaults().withThreads(ToolThreads.of(around.tools()));
        return Bot.of("clinic", "Books visits at the clinic.", () -> conversation(around, calendar, steps, differences))
                .withTools(system -> ToolDispatcher.start(system, List.of(), pool));
    }

    private static Conversation conversation(
            Agent.Surroundings around, Calendar calendar, List<String> steps, List<String> differences) {
        return FlowConversation.start(
                        ClinicFlow.booking(calendar, ClinicBot.faq()), around.clock(), ZoneOffset.UTC, "instance")
                .observedBy((flow, before, event, step) -> {
                    steps.add(event.toString());
                    compare(flow, before, event, step, differences);
                    compare(flow, saved(flow, before), event, step, differences);
                });
    }

    private static FlowState saved(Flow<?> flow, FlowState state) {
        String text = SavedDialog.write(new DialogState(Map.of(flow.name(), state), flow.name(), "", Map.of(), ""));
        return SavedDialog.read(text).of(flow.name());
    }

    private static void compare(
            Flow<?> flow, FlowState before, FlowEvent event, Transition step, List<String> differences) {
        Transition again = new FlowMachine(flow).step(before, event);
        boolean same = again.next().equals(step.next())
                && again.acts().equals(step.acts())
                && told(again).equals(told(step));
        if (!same) {
            differences.add(event + " led to " + again + " after " + step);
        }
    }

    /** Work is told by its name. */
    private static List<String> told(Transition step) {
        return step.effects().stream()
                .map(effect -> effect instanceof FlowEffect.Run run
                        ? run.effectId() + " " + run.name() + " " + run.revision() + " " + run.policy()
                        : effect.toString())
                .toList();
    }
}
