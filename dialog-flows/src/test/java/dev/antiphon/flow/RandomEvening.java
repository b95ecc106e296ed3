package dev.antiphon.flow;

import dev.antiphon.flow.DialogMachine.Addressed;
import dev.antiphon.flow.FlowState.Confirmation;
import dev.antiphon.flow.FlowState.Phase;
import dev.antiphon.flow.FlowState.Purpose;
import dev.antiphon.flow.say.Phrase;
import dev.antiphon.machine.Replay;
import dev.antiphon.session.ToolOutcome;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * A call about restaurants and cinemas in which anything may happen, and the rules that hold nevertheless: a transaction needs a
 * yes of the same turn to exactly its values, after they were said to their end; none runs twice for one revision; a value that
 * is known is not asked for; every turn is answered once; the saved state goes on as the state itself.
 */
final class RandomEvening {
    static final int KINDS = 24;
    private static final ZonedDateTime NOW = ZonedDateTime.parse("2026-11-20T10:00:00Z");
    private static final List<String> FLOWS = List.of("restaurants", "cinema");
    private static final Map<String, List<String>> TASKS =
            Map.of("restaurants", List.of("find", "reserve"), "cinema", List.of("buy"));
    private static final List<String> VALUES =
            List.of("thai", "greek", "any", "20:00", "7 pm", "", "3", "Lotus", "☃", "999");

    private final EveningOut evening = new EveningOut();
    private final Dialog dialog = evening.both();
    private final DialogMachine machine = new DialogMachine(dialog);
    private final Random random;
    private final Map<String, FlowEffect.Run> running = new LinkedHashMap<>();
    private final Set<String> succeeded = new HashSet<>();
    private final Map<String, Integer> said = new HashMap<>();
    private final Map<String, Integer> answers = new HashMap<>();
    private int turns;
    DialogState state = DialogState.INITIAL;
    final Replay<DialogState, Input> run = new Replay<>();

    /** What the machine takes: what the caller meant in a turn, or any other event. */
    record Input(Optional<FlowEvent> event, String callId, List<Addressed> meant) {
        private DialogMachine.Transition step(DialogMachine machine, DialogState before) {
            return event.map(other -> machine.step(before, other))
                    .orElseGet(() -> machine.callerTurn(before, callId, meant, NOW));
        }
    }

    RandomEvening(long seed) {
        random = new Random(seed);
        perform(new FlowEvent.Started());
    }

    /** One event of this kind, from 0 to {@link #KINDS}; gives its name. */
    String move(int kind) {
        return switch (kind) {
            case 0, 1 -> turn(start());
            case 2, 3 -> turn(inform());
            case 4, 5, 6 -> turn(yes());
            case 7 -> turn(no());
            case 8 -> turn(new DialogueAct.Select(1 + random.nextInt(3)));
            case 9 -> turn(new DialogueAct.RequestAlternatives());
            case 10 -> turn(new DialogueAct.AskAbout(random.nextBoolean() ? "phone" : "time", ""));
            case 11 -> turn(any(new DialogueAct.Thanks(), new DialogueAct.ChitChat(), new DialogueAct.Repeat()));
            case 12 -> turn(any(new DialogueAct.Unclear(), new DialogueAct.Cancel(), new DialogueAct.Skip()));
            case 13 -> turn(start(), inform());
            case 14 -> turn(yes(), any(inform(), new DialogueAct.AskAbout("phone", "")));
            case 15 -> turn(no(), any(inform(), start()));
            case 16 -> turn(new DialogueAct.RequestAlternatives(), inform());
            case 17 -> settle();
            case 20 -> turn(new DialogueAct.WantPerson());
            case 21 -> perform(new FlowEvent.NotTakenOver(Phrase.NOBODY_FREE, "busy", random.nextInt(3) == 0));
            case 22 -> turn(yes(), start());
            case 23 -> turn(yes(), start(), inform());
            case 18 -> perform(new FlowEvent.AgentCutOff(random.nextDouble()));
            default -> random.nextInt(4) == 0 ? perform(new FlowEvent.AgentSpoke("As you wish.", true)) : agentSpeaks();
        };
    }

    /** The agent says what it was given to say. */
    String agentSpeaks() {
        String flow = state.focus().isEmpty() ? "restaurants" : state.focus();
        return perform(
                new FlowEvent.AgentSpoke(state.of(flow).repair().lastSaid().text(), true));
    }

    /** Brings a new call to this place. */
    void goTo(String place) {
        switch (place) {
            case "SLOT" -> meant(new DialogueAct.Start("reserve"));
            case "FOUND" -> {
                meant(new DialogueAct.Start("find"), new DialogueAct.Inform(Map.of("cuisine", "thai")));
                ends(work());
            }
            case "START" -> {
                goTo("FOUND");
                meant(new DialogueAct.Select(1));
                agentSpeaks();
            }
            case "VALUES" -> {
                meant(
                        new DialogueAct.Start("reserve"),
                        new DialogueAct.Inform(Map.of("restaurant", "Kos", "time", "20:00")));
                agentSpeaks();
            }
            case "CHANGE" -> {
                goTo("VALUES");
                meant(new DialogueAct.Negate(open()));
            }
            case "RUNNING" -> {
                goTo("VALUES");
                meant(new DialogueAct.Affirm(open()));
            }
            case "ALTERNATIVE" -> {
                goTo("RUNNING");
                evening.nextBooking = Optional.of(
                        new Done.Alternative<>(Item.of(item -> item.with(evening.time, LocalTime.of(22, 0)))));
                ends(work());
            }
            case "RETRY" -> {
                goTo("RUNNING");
                ends(new ToolOutcome.TimedOut(Duration.ofSeconds(8)));
            }
            case "DONE" -> {
                goTo("RUNNING");
                ends(work());
            }
            case "ENDED" -> meant(new DialogueAct.Goodbye());
            default -> require(place.equals("IDLE"), "there is no place " + place);
        }
        String there = place.equals("DONE") ? "IDLE" : place;
        require(place().equals(there), "the call is at " + there + ", but it is at " + place());
    }

    void meant(DialogueAct... acts) {
        String callId = "turn_" + ++turns;
        answers.put(callId, 0);
        DialogState before = state;
        List<Addressed> addressed = new ArrayList<>();
        for (DialogueAct act : acts) {
            addressed.add(new Addressed("restaurants", act));
        }
        take(before, new Input(Optional.empty(), callId, addressed), List.of(acts));
    }

    private ToolOutcome work() {
        return worked(running.values().iterator().next());
    }

    private void ends(ToolOutcome outcome) {
        String id = running.keySet().iterator().next();
        running.remove(id);
        perform(new FlowEvent.EffectSettled(id, outcome));
    }

    private int open() {
        return state.of("restaurants").confirmation().orElseThrow().revision();
    }

    private DialogueAct any(DialogueAct... acts) {
        return acts[random.nextInt(acts.length)];
    }

    private String flow() {
        return FLOWS.get(random.nextInt(FLOWS.size()));
    }

    private DialogueAct start() {
        List<String> tasks = TASKS.getOrDefault(flow(), List.of());
        return new DialogueAct.Start(tasks.get(random.nextInt(tasks.size())));
    }

    private DialogueAct inform() {
        List<String> slots = List.of("cuisine", "area", "restaurant", "time", "seats", "film");
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            values.put(slots.get(random.nextInt(slots.size())), VALUES.get(random.nextInt(VALUES.size())));
        }
        return new DialogueAct.Inform(values);
    }

    int revision() {
        int open = state.of(state.focus().isEmpty() ? "restaurants" : state.focus())
                .confirmation()
                .map(Confirmation::revision)
                .orElse(0);
        return random.nextInt(5) == 0 ? random.nextInt(20) : open;
    }

    private DialogueAct yes() {
        return new DialogueAct.Affirm(revision());
    }

    private DialogueAct no() {
        return new DialogueAct.Negate(revision());
    }

    private String turn(DialogueAct... acts) {
        String flow = random.nextInt(4) == 0 ? flow() : "";
        List<Addressed> addressed = new ArrayList<>();
        for (DialogueAct act : acts) {
            String of = act instanceof DialogueAct.Start start
                    ? (start.task().equals("buy") ? "cinema" : "restaurants")
                    : flow;
            addressed.add(new Addressed(of, random.nextInt(8) == 0 ? Addressed.ANOTHER : 0, act));
        }
        String callId = "turn_" + ++turns;
        answers.put(callId, 0);
        DialogState before = state;
        take(before, new Input(Optional.empty(), callId, addressed), List.of(acts));
        return acts[0].getClass().getSimpleName() + (acts.length > 1 ? "+" : "");
    }

    String perform(FlowEvent event) {
        if (event instanceof FlowEvent.AgentSpoke) {
            state.flows()
                    .forEach((instance, flow) ->
                            flow.confirmation().ifPresent(open -> said.merge(instance, open.revision(), Math::max)));
        }
        DialogState before = state;
        take(before, new Input(Optional.of(event), "", List.of()), List.of());
        return event.getClass().getSimpleName();
    }

    /** The work that began first ends, one way or the other. */
    String settle() {
        if (running.isEmpty()) {
            return "Nothing";
        }
        String id = running.keySet().iterator().next();
        FlowEffect.Run run = Optional.ofNullable(running.remove(id)).orElseThrow();
        evening.nextBooking = switch (random.nextInt(6)) {
            case 0 -> Optional.of(new Done.Refused<>("Full."));
            case 1 ->
                Optional.of(new Done.Alternative<>(Item.of(item -> item.with(evening.time, LocalTime.of(22, 0)))));
            default -> Optional.empty();
        };
        ToolOutcome outcome = switch (random.nextInt(6)) {
            case 0 -> new ToolOutcome.Failed("down", new IllegalStateException("down"));
            case 1 -> new ToolOutcome.TimedOut(Duration.ofSeconds(8));
            default -> worked(run);
        };
        evening.nextBooking = Optional.empty();
        perform(new FlowEvent.EffectSettled(id, outcome));
        return "EffectSettled";
    }

    private ToolOutcome worked(FlowEffect.Run run) {
        try {
            Object result = run.work().call();
            boolean made = !(result instanceof Done.Refused || result instanceof Done.Alternative);
            if (!isSearch(run) && made) {
                require(succeeded.add(key(run)), "nothing is done twice for the same values: " + key(run));
            }
            return new ToolOutcome.Ok(result);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static String key(FlowEffect.Run run) {
        return instance(run) + ":" + run.name() + ":" + run.revision();
    }

    private static String instance(FlowEffect.Run run) {
        return run.effectId().substring(0, run.effectId().indexOf('/'));
    }

    private static boolean isSearch(FlowEffect.Run run) {
        return run.name().equals("find");
    }

    private static Replay.Result<DialogState> result(DialogMachine.Transition step) {
        return new Replay.Result<>(step.next(), Told.of(step.effects(), step.acts()));
    }

    /** The same dialog in the hands of another machine. */
    Replay.Machine<DialogState, Input> anotherMachine() {
        DialogMachine another = new DialogMachine(dialog);
        return (before, input) -> result(input.step(another, before));
    }

    private void take(DialogState before, Input input, List<DialogueAct> acts) {
        DialogMachine.Transition step = input.step(machine, before);
        run.taken(before, input, result(step));
        DialogState again = SavedDialog.read(SavedDialog.write(before));
        require(again.equals(before), "a saved state is the state");
        state = step.next();
        for (FlowEffect effect : step.effects()) {
            switch (effect) {
                case FlowEffect.Answer answer -> answers.merge(answer.callId(), 1, Integer::sum);
                case FlowEffect.Run run -> {
                    running.put(run.effectId(), run);
                    if (!isSearch(run)) {
                        onlyAfterAFreshYes(before.of(instance(run)), instance(run), acts);
                        nothingNewBesideTheYes(before.of(instance(run)), instance(run), input.meant());
                    }
                }
                case FlowEffect.Fault fault -> throw new AssertionError(fault.where(), fault.cause());
                case FlowEffect.Say ignored -> {}
                case FlowEffect.Report ignored -> {}
                case FlowEffect.Escalate ignored -> {}
                case FlowEffect.End ignored -> {}
            }
        }
        for (SystemAct act : step.acts()) {
            if (act instanceof SystemAct.Asks asks) {
                require(
                        state.flows().values().stream()
                                .anyMatch(flow -> !flow.slots().has(asks.slot())),
                        "a value that is known is not asked for: " + asks.slot());
            }
        }
        answers.values().forEach(count -> require(count <= 1, "a turn is answered once"));
        require(
                answers.values().stream().filter(count -> count == 0).count()
                        <= state.flows().values().stream()
                                .mapToLong(flow -> flow.effects().held().size())
                                .sum(),
                "a turn that is not answered waits for something");
    }

    private void onlyAfterAFreshYes(FlowState before, String instance, List<DialogueAct> acts) {
        Confirmation open = before.confirmation().orElseThrow(() -> new AssertionError("nothing was read back"));
        require(
                acts.stream()
                        .anyMatch(act -> act instanceof DialogueAct.Affirm yes && yes.revision() == open.revision()),
                "a transaction needs a yes of the open revision in the same turn");
        require(open.heard(), "a transaction needs a read-back that was said to its end");
        require(said.getOrDefault(instance, 0) >= open.revision(), "what was never said cannot be agreed to");
        require(before.slots().changedAt() <= open.revision(), "nothing changed since the read-back");
        require(
                Set.of(Purpose.VALUES, Purpose.ALTERNATIVE, Purpose.RETRY).contains(open.purpose()),
                "only a yes to values does something, but it was " + open.purpose());
    }

    private void nothingNewBesideTheYes(FlowState before, String instance, List<Addressed> meant) {
        if (meant.stream().anyMatch(given -> given.number() == Addressed.ANOTHER)) {
            return; // the values may be those of the other one
        }
        Flow<?> flow = dialog.flow(Instances.flow(instance)).orElseThrow();
        for (Addressed given : meant) {
            boolean here = given.flow().isEmpty() || given.flow().equals(flow.name());
            if (here && given.act() instanceof DialogueAct.Inform inform) {
                inform.values()
                        .forEach((name, value) -> require(
                                !flow.wanted(before).takes(name) || isKnown(before, name, value),
                                "no new value stands beside the yes, but " + name + " is " + value));
            }
        }
    }

    private static boolean isKnown(FlowState before, String name, String said) {
        String normal = before.slots().find(name).map(SlotValues.Value::normal).orElse("");
        return said.isEmpty() || said.equals("any") || normal.equals(said.equals("7 pm") ? "19:00" : said);
    }

    /** Where the focused flow stands. */
    String place() {
        FlowState flow = state.of(state.focus().isEmpty() ? "restaurants" : state.focus());
        if (flow.phase() != Phase.COLLECTING) {
            return flow.phase().name();
        }
        return flow.confirmation()
                .map(open -> open.purpose().name())
                .orElseGet(
                        () -> flow.agenda().waiting() || flow.agenda().active().isEmpty()
                                ? "IDLE"
                                : flow.agenda().active().equals("find") ? "FOUND" : "SLOT");
    }

    /** Turns that nothing will answer any more. */
    long unanswered() {
        while (!running.isEmpty()) {
            settle();
        }
        return answers.values().stream().filter(count -> count == 0).count();
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new AssertionError(rule);
        }
    }
}
