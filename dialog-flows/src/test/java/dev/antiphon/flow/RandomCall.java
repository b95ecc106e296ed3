package dev.antiphon.flow;

import static dev.antiphon.flow.faq.FaqEntry.entry;

import dev.antiphon.flow.FlowState.Confirmation;
import dev.antiphon.flow.FlowState.Phase;
import dev.antiphon.flow.FlowState.Purpose;
import dev.antiphon.flow.faq.Faq;
import dev.antiphon.flow.say.Phrase;
import dev.antiphon.flow.slot.Slots;
import dev.antiphon.machine.Replay;
import dev.antiphon.session.Outcome;
import dev.antiphon.session.ToolOutcome;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Drives the machine of the reference booking with anything at all, and checks what must always hold. */
final class RandomCall {
    private static final ZonedDateTime NOW = ZonedDateTime.parse("2026-11-20T09:00:00Z");
    private static final Map<String, List<String>> SAYINGS = Map.of(
            "service", List.of("CHECKUP", "cleaning", "surgery", "any"),
            "date", List.of("2026-11-24", "2026-11-25", "tomorrow", "2020-01-01", "2030-01-01", "whenever"),
            "time", List.of("15:00", "9 am", "16:30", "late", "12:00"),
            "name", List.of("Ana Smith", "Eve Jones", "42"),
            "phone", List.of("202 555 0147", "+1 202 555 0199", "12"),
            "colour", List.of("red"));
    private static final String UNCLEAR = "cards then";
    private static final List<String> QUESTIONS =
            List.of("parking?", "which time did I say so far", UNCLEAR, UNCLEAR + " now");
    private static final List<String> WORDS =
            List.of("Which day suits you?", "I've booked it for you.", "Let me see.", "Your visit is confirmed!", "");
    private static final Faq FAQ = Faq.of(
            entry("Is there parking?").answer("Behind the building."),
            entry("Which cards are for parking?").answer("All cards."),
            entry("Which cards do you take?").answer("Credit cards."));
    static final int KINDS = 27;

    private final Random random;
    private final Calendar calendar = new Calendar()
            .take(LocalDate.of(2026, 11, 24), LocalTime.of(15, 0))
            .take(LocalDate.of(2026, 11, 25), LocalTime.of(9, 0));
    private final Flow<ReferenceBooking.Booking> flow;
    private final FlowMachine machine;
    FlowState state = FlowState.initial();
    final Replay<FlowState, FlowEvent> run = new Replay<>();

    private final List<String> calls = new ArrayList<>();
    private final List<String> answered = new ArrayList<>();
    private final Map<Integer, String> runs = new HashMap<>();
    int lastRevision;
    private int saidRevision;
    private int unsettledValues;
    private int successes;

    RandomCall(long seed) {
        random = new Random(seed);
        flow = new ReferenceBooking(calendar, FAQ).flow;
        machine = new FlowMachine(flow);
        perform(new FlowEvent.Started());
        perform(new FlowEvent.AgentSpoke("Hello", false));
    }

    /** The agent says what it was given to say. */
    void agentSpeaks() {
        perform(new FlowEvent.AgentSpoke(state.repair().lastSaid().text(), true));
    }

    /** One move of this kind, from 0 to {@link #KINDS}; gives the name of what happened. */
    String move(int kind) {
        FlowEvent event = event(kind);
        perform(event);
        return event instanceof FlowEvent.CallerTurn acted
                ? acted.acts().getFirst().getClass().getSimpleName()
                : event.getClass().getSimpleName();
    }

    /** Brings a new call to this place. */
    void goTo(String place) {
        switch (place) {
            case "OFFER" ->
                perform(acted(
                        new DialogueAct.Inform(Map.of("service", "CHECKUP", "date", "2026-11-24", "time", "15:00"))));
            case "VALUES" -> {
                perform(acted(new DialogueAct.Inform(allValid())));
                agentSpeaks();
            }
            case "CHANGE" -> {
                goTo("VALUES");
                perform(acted(new DialogueAct.Negate(lastRevision)));
            }
            case "RUNNING" -> {
                goTo("VALUES");
                perform(acted(new DialogueAct.Affirm(lastRevision)));
            }
            case "RETRY" -> {
                goTo("RUNNING");
                perform(new FlowEvent.EffectSettled("book#1", new ToolOutcome.TimedOut(Duration.ofSeconds(8))));
            }
            case "DONE" -> {
                goTo("RUNNING");
                settle();
            }
            case "ENDED" -> perform(acted(new DialogueAct.Cancel()));
            default -> require(place.equals("SLOT"), "there is no place " + place);
        }
        require(place().equals(place), "the call is at " + place + ", but it is at " + place());
    }

    /** Where the call stands, as a transition table would name it. */
    String place() {
        Optional<String> offer = state.offer().map(open -> "OFFER");
        return state.phase() == Phase.COLLECTING
                ? state.confirmation()
                        .map(open -> open.purpose().name())
                        .or(() -> offer)
                        .orElse("SLOT")
                : state.phase().name();
    }

    private FlowEvent event(int kind) {
        return switch (kind) {
            case 0, 1 -> acted(new DialogueAct.Inform(allValid()));
            case 2, 3 -> acted(new DialogueAct.Inform(anything()));
            case 4, 5 -> acted(new DialogueAct.Affirm(random.nextInt(4) == 0 ? random.nextInt(12) : lastRevision));
            case 6 -> acted(new DialogueAct.Negate(random.nextBoolean() ? lastRevision : random.nextInt(12)));
            case 7 -> acted(new DialogueAct.Select(random.nextInt(5)));
            case 8 -> acted(new DialogueAct.RequestAlternatives());
            case 9 -> acted(new DialogueAct.Request(QUESTIONS.get(random.nextInt(QUESTIONS.size()))));
            case 25 ->
                acted(new DialogueAct.ChooseEntry(
                        random.nextInt(5) + Math.max(0, state.inquiry().numbered() - 3),
                        random.nextBoolean() ? UNCLEAR : ""));
            case 10 -> acted(new DialogueAct.Cancel());
            case 11 -> acted(new DialogueAct.Repeat());
            case 12 -> acted(new DialogueAct.Slower());
            case 13 -> acted(new DialogueAct.Skip());
            case 14 -> acted(new DialogueAct.WantPerson());
            case 15 -> acted(new DialogueAct.Unclear());
            case 16 -> acted(new DialogueAct.ChitChat());
            case 17 -> acted(new DialogueAct.Goodbye());
            case 18 -> acted(new DialogueAct.Unusable("arguments must be valid JSON", random.nextBoolean()));
            case 19 ->
                new FlowEvent.AgentSpoke(
                        random.nextInt(4) == 0
                                ? WORDS.get(random.nextInt(WORDS.size()))
                                : state.repair().lastSaid().text(),
                        random.nextBoolean());
            case 20 -> new FlowEvent.AgentCutOff(random.nextDouble());
            case 21 -> new FlowEvent.CallerSilent(1 + random.nextInt(3));
            case 24 -> new FlowEvent.CallerHungUp("the caller hung up");
            case 22 -> new FlowEvent.EffectSlow(effectId());
            case 26 -> new FlowEvent.NotTakenOver(Phrase.NOBODY_FREE, "busy", random.nextInt(3) == 0);
            default -> new FlowEvent.EffectSettled(effectId(), outcome());
        };
    }

    FlowEvent acted(DialogueAct act) {
        String callId = "call_" + calls.size();
        calls.add(callId);
        return FlowEvent.CallerTurn.of(callId, act, NOW);
    }

    private static Map<String, String> allValid() {
        return Map.of(
                "service",
                "CHECKUP",
                "date",
                "2026-11-25",
                "time",
                "15:00",
                "name",
                "Ana Smith",
                "phone",
                "2025550147");
    }

    private Map<String, String> anything() {
        Map<String, String> values = new HashMap<>();
        SAYINGS.forEach((slot, said) -> {
            if (random.nextInt(3) == 0) {
                values.put(slot, said.get(random.nextInt(said.size())));
            }
        });
        return values;
    }

    private String effectId() {
        return random.nextInt(5) == 0
                ? "book#99"
                : state.effects()
                        .running()
                        .or(() -> state.effects().unsettled())
                        .map(EffectProgress.Running::effectId)
                        .orElse("none");
    }

    private ToolOutcome outcome() {
        return switch (random.nextInt(5)) {
            case 0 -> new ToolOutcome.Failed("taken", new Calendar.SlotTaken(List.of(LocalTime.of(10, 0))));
            case 1 -> new ToolOutcome.Failed("down", new IllegalStateException("down"));
            case 2 -> new ToolOutcome.TimedOut(Duration.ofSeconds(8));
            default -> new ToolOutcome.Ok("A7");
        };
    }

    /** Lets a running effect settle, so that held answers come. */
    void settle() {
        state.effects()
                .running()
                .ifPresent(run -> perform(new FlowEvent.EffectSettled(run.effectId(), new ToolOutcome.Ok("A7"))));
    }

    List<String> unansweredCalls() {
        List<String> open = new ArrayList<>(calls);
        open.removeAll(answered);
        open.removeAll(state.effects().held());
        return open;
    }

    void perform(FlowEvent event) {
        FlowState before = state;
        switch (event) {
            case FlowEvent.EffectSettled settled -> settled(before.effects(), settled);
            case FlowEvent.AgentSpoke spoke ->
                saidRevision = before.confirmation().map(Confirmation::revision).orElse(lastRevision);
            case FlowEvent.AgentCutOff cut -> saidRevision = cut.heardShare() < 0.8 ? 0 : saidRevision;
            default -> {}
        }
        Transition transition = machine.step(before, event);
        state = transition.next();
        run.taken(before, event, result(transition));
        for (FlowEffect effect : transition.effects()) {
            switch (effect) {
                case FlowEffect.Answer answer -> answer(answer, before, event);
                case FlowEffect.Say say -> onlyTrueWords(say.speech().text());
                case FlowEffect.Run run -> onlyAfterAFreshYes(before, event, run);
                case FlowEffect.End end ->
                    require(before.phase() != Phase.ENDED || wasHandedOver(before, event), "a call ends once");
                case FlowEffect.Fault fault -> throw new AssertionError(fault.where(), fault.cause());
                case FlowEffect.Report report ->
                    require(!report.struggle().detail().contains("555"), "no values in reports");
                case FlowEffect.Escalate escalate -> require(!escalate.reason().isBlank(), "a reason is given");
            }
        }
        require(
                before.phase() != Phase.DONE
                        || state.slots().values().equals(before.slots().values()),
                "a finished task is closed");
        require(
                before.phase() != Phase.ENDED || state.phase() == Phase.ENDED || wasHandedOver(before, event),
                "an ended call stays ended, unless nobody takes it over");
        require(!state.slots().values().containsKey("colour"), "unknown slots are never kept");
    }

    private static boolean wasHandedOver(FlowState before, FlowEvent event) {
        return event instanceof FlowEvent.NotTakenOver
                && before.outcome().filter(Outcome.HandedOver.class::isInstance).isPresent();
    }

    private void answer(FlowEffect.Answer answer, FlowState before, FlowEvent event) {
        require(!answered.contains(answer.callId()), "a call is answered once: " + answer.callId());
        require(calls.contains(answer.callId()), "only calls are answered: " + answer.callId());
        answered.add(answer.callId());
        answer.reply().confirmRevision().ifPresent(revision -> lastRevision = revision);
        onlyTrueWords(answer.reply().say());
        boolean choosing = state.inquiry().choice().isPresent() && state.phase() != Phase.ENDED;
        require(answer.reply().entries().isEmpty() != choosing, "the model is left what is open, and nothing else");
        require(!choosing || answer.reply().say().isEmpty(), "nothing is said before the model has chosen");
        require(state.inquiry().rounds() <= Inquiry.MOST_ROUNDS, "a model is not left choices for ever");
        everyDigressionReturns(answer, before, event, choosing);
        boolean asksAfresh = !(event instanceof FlowEvent.CallerTurn acted
                && (acted.acts().getFirst() instanceof DialogueAct.Repeat
                        || acted.acts().getFirst() instanceof DialogueAct.Slower));
        flow.slots().stream()
                .filter(slot -> asksAfresh && state.slots().has(slot.name()))
                .forEach(slot -> require(
                        !answer.reply().say().contains(slot.prompt().orElseThrow()),
                        "a filled slot is not asked: " + slot.name() + " in "
                                + answer.reply().say()));
    }

    /**
     * After a question, small talk, a wish to hear it again or a call that makes no sense, the open question is asked again,
     * unless the agent is about to ask it anyway.
     */
    private void everyDigressionReturns(FlowEffect.Answer answer, FlowState before, FlowEvent event, boolean choosing) {
        boolean digresses = event instanceof FlowEvent.CallerTurn acted
                && acted.acts().stream()
                        .allMatch(act -> act instanceof DialogueAct.Request
                                || act instanceof DialogueAct.ChitChat
                                || act instanceof DialogueAct.Repeat
                                || act instanceof DialogueAct.Slower
                                || act instanceof DialogueAct.Unusable);
        if (digresses && !choosing && state.phase() == Phase.COLLECTING) {
            String key = Questions.key(new Turn(flow, state, List.of(), NOW));
            require(state.repair().asked().equals(key), "the open question is being asked: " + key);
            boolean beingAsked =
                    before.repair().asked().equals(key) && !before.repair().spokenSince();
            require(
                    beingAsked || answer.reply().say().contains("?"),
                    "a digression comes back to a question: " + answer.reply().say());
        }
    }

    private void onlyTrueWords(String words) {
        require(!words.contains("You're booked") || successes > 0, "success is told only after it");
        require(
                !words.contains("Nothing was booked") || (successes == 0 && unsettledValues == 0),
                "what was booked, or may be, is not denied");
    }

    private void onlyAfterAFreshYes(FlowState before, FlowEvent event, FlowEffect.Run run) {
        Confirmation open = before.confirmation().orElseThrow(() -> new AssertionError("nothing was read back"));
        require(
                event instanceof FlowEvent.CallerTurn acted
                        && acted.acts().getFirst() instanceof DialogueAct.Affirm yes
                        && yes.revision() == open.revision(),
                "an effect needs a yes of the open revision");
        require(saidRevision >= open.revision(), "an effect needs a read-back that was spoken to its end");
        require(
                unsettledValues == 0 || unsettledValues == run.revision(),
                "no other values are used before it is known what became of the first ones");
        Slots values = new Turn(flow, before, List.of(), NOW).slots();
        require(
                open.purpose() == Purpose.RETRY
                        || open.question()
                                .equals(flow.tasks()
                                        .getFirst()
                                        .readBack(before.slots(), values)
                                        .in(flow.language())
                                        .text()),
                "what was read back is what is used");
        require(before.slots().changedAt() <= open.revision(), "nothing changed since the read-back");
        require(
                Optional.ofNullable(runs.put(run.revision(), "running"))
                        .orElse("failed")
                        .equals("failed"),
                "values are not used again while running or after success: " + runs);
        require(successes == 0, "a booked visit is not booked again");
    }

    /** What the pool told, of the run that is waited for or of one that had timed out. */
    private void settled(EffectProgress before, FlowEvent.EffectSettled settled) {
        before.running()
                .or(before::unsettled)
                .filter(run -> run.effectId().equals(settled.effectId()))
                .ifPresent(run -> {
                    boolean ok = settled.outcome() instanceof ToolOutcome.Ok;
                    boolean late = before.running().isEmpty();
                    boolean timedOut = settled.outcome() instanceof ToolOutcome.TimedOut;
                    runs.put(run.revision(), ok ? "succeeded" : "failed");
                    successes += ok ? 1 : 0;
                    unsettledValues = timedOut && (!late || unsettledValues > 0) ? run.revision() : 0;
                });
    }

    private static Replay.Result<FlowState> result(Transition transition) {
        return new Replay.Result<>(transition.next(), Told.of(transition.effects(), transition.acts()));
    }

    /** The same flow in the hands of another machine. */
    Replay.Machine<FlowState, FlowEvent> anotherMachine() {
        FlowMachine another = new FlowMachine(flow);
        return (before, event) -> result(another.step(before, event));
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new AssertionError(rule);
        }
    }
}
