package dev.antiphon.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.say.Phrase;
import dev.antiphon.machine.TransitionTable;
import dev.antiphon.session.ToolOutcome;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * The transition tables of a flow and of a dialog of several services: every act and every event in every place, by the rules of
 * {@link RandomCall} and {@link RandomEvening}.
 */
class FlowTransitionsTest {
    private static final List<String> PLACES =
            List.of("SLOT", "OFFER", "VALUES", "CHANGE", "RUNNING", "RETRY", "DONE", "ENDED");
    private static final List<String> SERVICE_PLACES = List.of(
            "IDLE", "SLOT", "FOUND", "START", "VALUES", "CHANGE", "RUNNING", "ALTERNATIVE", "RETRY", "DONE", "ENDED");

    private static final Map<String, Function<Integer, DialogueAct>> ACTS = acts();
    private static final Map<String, FlowEvent> EVENTS = Map.of(
            "Started", new FlowEvent.Started(),
            "EffectSettled", new FlowEvent.EffectSettled("book#99", new ToolOutcome.TimedOut(Duration.ofSeconds(1))),
            "EffectSlow", new FlowEvent.EffectSlow("book#1"),
            "AgentSpoke", new FlowEvent.AgentSpoke("I've booked it for you.", true),
            "CallerSilent", new FlowEvent.CallerSilent(1),
            "AgentCutOff", new FlowEvent.AgentCutOff(0.5),
            "CallerKnown", new FlowEvent.CallerKnown(Map.of("name", "Eve Jones", "time", "10:00", "tier", "gold")),
            "NotTakenOver", new FlowEvent.NotTakenOver(Phrase.NOBODY_FREE, "busy", false),
            "PersonNeeded", new FlowEvent.PersonNeeded("the call struggles"),
            "CallerHungUp", new FlowEvent.CallerHungUp("the caller hung up"));

    /** Each kind of act, given the revision of what was read back. */
    private static Map<String, Function<Integer, DialogueAct>> acts() {
        Map<String, Function<Integer, DialogueAct>> acts = new LinkedHashMap<>();
        acts.put("Inform", revision -> new DialogueAct.Inform(Map.of("time", "9 am")));
        acts.put("Start", revision -> new DialogueAct.Start("reserve"));
        acts.put("AskAbout", revision -> new DialogueAct.AskAbout("time", "when was that?"));
        acts.put("Request", revision -> new DialogueAct.Request("parking?"));
        acts.put("ChooseEntry", revision -> new DialogueAct.ChooseEntry(1, "parking?"));
        acts.put("Affirm", DialogueAct.Affirm::new);
        acts.put("Negate", DialogueAct.Negate::new);
        acts.put("Select", revision -> new DialogueAct.Select(1));
        acts.put("RequestAlternatives", revision -> new DialogueAct.RequestAlternatives());
        acts.put("Cancel", revision -> new DialogueAct.Cancel());
        acts.put("Repeat", revision -> new DialogueAct.Repeat());
        acts.put("Slower", revision -> new DialogueAct.Slower());
        acts.put("Skip", revision -> new DialogueAct.Skip());
        acts.put("WantPerson", revision -> new DialogueAct.WantPerson());
        acts.put("Unclear", revision -> new DialogueAct.Unclear());
        acts.put("ChitChat", revision -> new DialogueAct.ChitChat());
        acts.put("Thanks", revision -> new DialogueAct.Thanks());
        acts.put("Goodbye", revision -> new DialogueAct.Goodbye());
        acts.put("ComeBack", revision -> new DialogueAct.ComeBack(DialogueAct.ComeBack.Reason.LEAVING));
        acts.put("Unusable", revision -> new DialogueAct.Unusable("arguments must be valid JSON", true));
        return acts;
    }

    private static Optional<Function<Integer, DialogueAct>> act(String kind) {
        return Optional.ofNullable(ACTS.get(kind));
    }

    private static FlowEvent event(String kind) {
        return Optional.ofNullable(EVENTS.get(kind)).orElseThrow();
    }

    /** Every act, and every event but the turn that carries the acts. */
    private static Set<String> kinds() {
        Set<String> kinds = new LinkedHashSet<>(TransitionTable.kindsOf(DialogueAct.class));
        kinds.addAll(TransitionTable.kindsOf(FlowEvent.class));
        kinds.remove("CallerTurn");
        return kinds;
    }

    private static Set<String> samples() {
        Set<String> samples = new LinkedHashSet<>(ACTS.keySet());
        samples.addAll(EVENTS.keySet());
        return samples;
    }

    @Test
    void aFlowTakesEverythingInEveryPlace() {
        TransitionTable table = new TransitionTable(PLACES, kinds());
        for (String place : PLACES) {
            for (String kind : samples()) {
                RandomCall call = new RandomCall(1);
                call.goTo(place);
                table.visit(call.place(), kind);
                call.perform(act(kind)
                        .map(act -> call.acted(act.apply(call.lastRevision)))
                        .orElseGet(() -> event(kind)));
                // What has begun here goes on by the same rules.
                call.agentSpeaks();
                call.perform(call.acted(new DialogueAct.Affirm(call.lastRevision)));
                call.settle();
                assertThat(call.unansweredCalls()).as("%s in %s", kind, place).isEmpty();
            }
        }
        table.assertComplete();
    }

    @Test
    void aDialogTakesEverythingInEveryPlace() {
        TransitionTable table = new TransitionTable(SERVICE_PLACES, kinds());
        for (String place : SERVICE_PLACES) {
            for (String kind : samples()) {
                RandomEvening call = new RandomEvening(1);
                call.goTo(place);
                table.visit(place, kind);
                act(kind)
                        .ifPresentOrElse(
                                act -> call.meant(act.apply(call.revision())), () -> call.perform(event(kind)));
                // What has begun here goes on by the same rules.
                call.agentSpeaks();
                call.meant(new DialogueAct.Affirm(call.revision()));
                assertThat(call.unanswered()).as("%s in %s", kind, place).isZero();
            }
        }
        table.assertComplete();
    }
}
