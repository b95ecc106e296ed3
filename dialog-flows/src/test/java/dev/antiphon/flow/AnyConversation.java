package dev.antiphon.flow;

import static dev.antiphon.flow.TaskBuilder.task;
import static dev.antiphon.flow.dsl.FlowDsl.*;

import dev.antiphon.flow.faq.Faq;
import dev.antiphon.flow.faq.FaqEntry;
import dev.antiphon.flow.slot.ConfirmPolicy;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.session.Conversation.Directive;
import dev.antiphon.session.Conversation.Event;
import dev.antiphon.session.ToolOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A conversation whose flows use every part of the language, driven with anything at all. Beside it goes its double, which is read
 * back from JSON before each event: both must do the same.
 */
final class AnyConversation {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));
    static final int KINDS = 20;

    record Contact(String name, Integer age) {}

    record Visit(LocalDate date, Optional<String> guardian, Contact contact, Optional<String> note) {}

    record Number(String customer) {}

    record Booking(String customer, LocalDate date) {}

    private static final Slot<LocalDate> DATE = date("date")
            .ask("Which day?")
            .within(days(30))
            .verify((day, slots) -> day.getDayOfMonth() == 24
                    ? alternatives(List.of(day.plusDays(1), day.plusDays(2)))
                    : day.getDayOfMonth() == 26 ? reject("Closed that day.") : ok());
    private static final Slot<String> NAME =
            personName("name").ask("Your name?").confirm(ConfirmPolicy.EXPLICIT);
    private static final Slot<Integer> AGE = number("age", 0, 120).ask("Your age?");
    private static final Slot<String> GUARDIAN = personName("guardian")
            .ask("Who comes along?")
            .onlyWhen("a child comes", slots -> slots.find(AGE).orElse(99) < 18);
    private static final Slot<String> NOTE = freeText("note")
            .ask("Anything to note?")
            .optional()
            .dependsOn(DATE)
            .check((note, slots) -> {
                if (note.equals("break")) {
                    throw new IllegalStateException("broken check");
                }
                return ok();
            });
    private static final Slot<String> CUSTOMER = code("customer", 4).ask("Your customer number?");
    private static final Faq FAQ = Faq.of(FaqEntry.entry("Is there parking?").answer("Behind the building."));

    private static final Flow<?> CLASSIC = Flow.named(
            "visit",
            Visit.class,
            f -> f.goal("Book a visit")
                    .greetKnown("Hello {name}.")
                    .collect(DATE, GUARDIAN)
                    .collect(group("contact", Contact.class, NAME, AGE)
                            .check(who ->
                                    who.age() > 100 ? Optional.of(reject(AGE).because("Really?")) : Optional.empty()))
                    .collect(NOTE)
                    .check(v -> v.date().getDayOfMonth() == 28
                            ? Optional.of(
                                    reject(DATE).alternatives(List.of(v.date().plusDays(1))))
                            : Optional.empty())
                    .confirm(v -> say("{} for {}. Right?", v.date(), v.contact().name()))
                    .effect("book", v -> "B1", e -> e.on(IllegalArgumentException.class, taken -> reject(DATE)))
                    .done((v, ref) -> verbatim("Booked, {}.", ref))
                    .faq(FAQ)
                    .when(RepairPattern.CANCEL, askFirst("Really stop?"))
                    .when(RepairPattern.CHIT_CHAT, answer("Well."))
                    .onStuck(NOTE, attempts(2), leaveOut())
                    .onStuck(DATE, attempts(3), rephrase("A day, please?"))
                    .onStuck(noMatch(4), escalate())
                    .onStuck(noInput(4), hangUp("Goodbye."))
                    .onStuck(attempts(9), handOver("front desk")));

    private static final Task<Number> IDENTIFY = task(
            "identify",
            Number.class,
            t -> t.called("find your account")
                    .collect(CUSTOMER)
                    .find(
                            number -> number.customer().startsWith("A")
                                    ? List.of(Item.of(item -> item.with(CUSTOMER, number.customer())
                                            .with(NAME, "Ana Smith")))
                                    : List.of(),
                            CUSTOMER)
                    .takeTheOnlyOne());

    private static final Flow<?> SERVICE = Flow.service(
            "desk",
            s -> s.goal("Book visits")
                    .task(IDENTIFY)
                    .task(task(
                            "reserve",
                            Booking.class,
                            t -> t.called("book a visit")
                                    .after(IDENTIFY)
                                    .collect(CUSTOMER, DATE)
                                    .check(b -> b.date().getDayOfMonth() == 28
                                            ? Optional.of(reject(DATE).because("Not on the 28th."))
                                            : Optional.empty())
                                    .attempt("book", b -> made("B1"))
                                    .done((b, ref) -> verbatim("Booked, {}.", ref))))
                    .faq(FAQ)
                    .when(RepairPattern.PERSON, askFirst("A colleague, really?"))
                    .onStuck(rejected(5), handOver("front desk")));

    private static final List<String> DATES =
            List.of("2026-11-23", "2026-11-24", "2026-11-26", "2026-11-28", "2020-01-01", "tomorrow", "whenever");
    private static final List<String> WORDS = List.of("Ana Smith", "break", "7", "103", "40", "A123", "B123", "🙂");

    private final Random random;
    private final Dialog dialog;
    private FlowConversation conversation;
    private final Set<String> calls = new HashSet<>();
    private final List<String> answered = new ArrayList<>();
    private final Map<String, Directive.Run> running = new LinkedHashMap<>();
    private final Set<String> succeeded = new HashSet<>();
    private final Set<String> reached = new HashSet<>();
    private int revision;
    private boolean ended;

    AnyConversation(long seed) {
        random = new Random(seed * 0x9E37_79B9_7F4A_7C15L);
        dialog = Dialog.of(seed % 2 == 0 ? CLASSIC : SERVICE);
        conversation = FlowConversation.start(dialog, CLOCK, ZoneOffset.UTC, "any");
        if (random.nextInt(3) == 0) {
            conversation.knowing(Item.of(known -> known.with(NAME, "Ana Smith").with("tier", "gold")));
        }
        happens(new Event.CallStarted());
        happens(new Event.AgentSpoke("Hello.", false));
    }

    /** One move of this kind, from 0 to {@link #KINDS}. */
    void move(int kind) {
        switch (kind) {
            case 0, 1, 2, 3 -> turn("fill_slots", values());
            case 4, 5, 6 ->
                turn("confirm", "{\"answer\":\"yes\",\"revision\":" + (random.nextInt(6) == 0 ? 1 : revision) + "}");
            case 7 -> turn("confirm", "{\"answer\":\"no\",\"revision\":" + revision + "}");
            case 8 -> turn("choose", "{\"option\":" + random.nextInt(3) + "}");
            case 9 -> turn("more_alternatives", "{}");
            case 10 -> turn("ask", "{\"question\":\"parking?\"}");
            case 11 -> turn("control", "{\"action\":\"" + one("cancel", "repeat", "slower", "skip", "human") + "\"}");
            case 12 -> turn("control", "{\"action\":\"" + one("unclear", "chitchat", "goodbye", "thanks") + "\"}");
            case 13 -> turn("start_task", "{\"task\":\"" + one("reserve", "identify", "nothing") + "\"}");
            case 14 -> happens(new Event.CallerSilent(1 + random.nextInt(4)));
            case 15 -> happens(new Event.AgentCutOff(random.nextDouble()));
            case 16 -> happens(new Event.AgentSpoke(one("Right?", "You're booked.", "Well."), random.nextBoolean()));
            case 17 -> slow();
            default -> settle();
        }
    }

    /** What a caller says who wants to get there: everything, then yes. */
    void wellMeant() {
        boolean service = dialog.flows().getFirst().isService();
        if (service) {
            call("start_task", "{\"task\":\"reserve\"}");
        }
        call(
                "fill_slots",
                service
                        ? "{\"customer\":\"A123\",\"date\":\"2026-11-23\"}"
                        : "{\"date\":\"2026-11-23\",\"name\":\"Ana Smith\",\"age\":\"40\",\"note\":\"none\"}");
        happens(new Event.CallsComplete());
        for (int i = 0; i < 4; i++) {
            settle();
            agentSpeaks();
            call("confirm", "{\"answer\":\"yes\",\"revision\":" + revision + "}");
            happens(new Event.CallsComplete());
        }
        settle();
    }

    /** The agent says what it was given to say. */
    private void agentSpeaks() {
        happens(new Event.AgentSpoke(conversation.state().repair().lastSaid().text(), true));
    }

    private String one(String... words) {
        return words[random.nextInt(words.length)];
    }

    private String values() {
        List<String> members = new ArrayList<>();
        for (String slot : List.of("guardian", "name", "age", "note", "customer")) {
            if (random.nextInt(3) == 0) {
                members.add("\"" + slot + "\":\"" + WORDS.get(random.nextInt(WORDS.size())) + "\"");
            }
        }
        if (members.isEmpty() || random.nextBoolean()) {
            members.add("\"date\":\"" + DATES.get(random.nextInt(DATES.size())) + "\"");
        }
        return "{" + String.join(",", members) + "}";
    }

    private void turn(String tool, String arguments) {
        call(tool, arguments);
        if (random.nextInt(4) == 0) {
            call("fill_slots", values());
        }
        happens(new Event.CallsComplete());
        if (random.nextInt(5) > 0) {
            agentSpeaks();
        }
    }

    private void call(String tool, String arguments) {
        String callId = "call_" + calls.size();
        calls.add(callId);
        happens(new Event.ToolCalled(callId, tool, arguments));
    }

    private void slow() {
        running.keySet().stream()
                .findFirst()
                .ifPresent(run -> happens(new Event.EffectSlow(run, Duration.ofSeconds(1))));
    }

    /** What runs ends, in one way or another; true when something ran. */
    boolean settle() {
        Optional<String> run = running.keySet().stream().findFirst();
        run.ifPresent(id -> {
            Directive.Run ran = Optional.ofNullable(running.remove(id)).orElseThrow();
            ToolOutcome outcome = outcome(ran);
            if (outcome instanceof ToolOutcome.Ok && ran.name().equals("book")) {
                require(succeeded.add(ran.idempotencyKey()), "the same values succeed once");
                reached.add(dialog.name() + "*");
            }
            happens(new Event.EffectSettled(id, outcome));
        });
        return run.isPresent();
    }

    private ToolOutcome outcome(Directive.Run run) {
        return switch (random.nextInt(8)) {
            case 0 -> new ToolOutcome.Failed("down", new IllegalStateException("down"));
            case 1 -> new ToolOutcome.Failed("taken", new IllegalArgumentException("taken"));
            case 2 -> new ToolOutcome.Rejected("queue is full");
            default -> {
                try {
                    yield new ToolOutcome.Ok(run.work().call());
                } catch (Exception e) {
                    yield new ToolOutcome.Failed("failed", e);
                }
            }
        };
    }

    private void happens(Event event) {
        boolean betweenTurns = !(event instanceof Event.ToolCalled) && !(event instanceof Event.CallsComplete);
        FlowConversation twin = betweenTurns ? readBack() : conversation;
        List<Directive> directives = conversation.on(event);
        if (betweenTurns) {
            require(same(twin.on(event), directives), "what was saved and read does the same on " + event);
            require(twin.dialogState().equals(conversation.dialogState()), "and stands where it stood");
            require(twin.view().equals(conversation.view()), "and looks the same");
        }
        directives.forEach(this::perform);
    }

    private FlowConversation readBack() {
        DialogState read = SavedDialog.read(SavedDialog.write(conversation.dialogState()));
        return FlowConversation.at(dialog, CLOCK, ZoneOffset.UTC, "any", read);
    }

    /** Work is a function, of which no two are equal. */
    private static boolean same(List<Directive> one, List<Directive> other) {
        return one.stream()
                .map(AnyConversation::comparable)
                .toList()
                .equals(other.stream().map(AnyConversation::comparable).toList());
    }

    private static Object comparable(Directive directive) {
        return directive instanceof Directive.Run run
                ? List.of(run.effectId(), run.name(), run.idempotencyKey(), run.policy())
                : directive;
    }

    private void perform(Directive directive) {
        switch (directive) {
            case Directive.Answer answer -> {
                require(calls.contains(answer.callId()), "only calls are answered");
                require(!answered.contains(answer.callId()), "a call is answered once: " + answer.callId());
                answered.add(answer.callId());
                said(answer.outputJson());
            }
            case Directive.Say say -> said(say.speech().text());
            case Directive.Run run -> {
                require(!ended, "nothing begins after the end");
                require(running.isEmpty(), "one thing runs at a time");
                running.put(run.effectId(), run);
                reached.add(run.name());
            }
            case Directive.Rebrief rebrief -> throw new AssertionError("nobody asked for it");
            case Directive.Note note -> throw new AssertionError("nobody asked for it");
            case Directive.Report report -> require(!report.struggle().detail().isBlank(), "evidence has a detail");
            case Directive.Escalate escalate -> require(!escalate.reason().isBlank(), "a reason is given");
            case Directive.End end -> {
                require(!ended, "a call ends once");
                ended = true;
            }
        }
    }

    private void said(String words) {
        Matcher asked = Pattern.compile("\"confirm_revision\":(\\d+)").matcher(words);
        if (asked.find()) {
            revision = Integer.parseInt(asked.group(1));
        }
        require(!words.contains("Booked, B1.") || !succeeded.isEmpty(), "success is told only after it");
    }

    /** What ran so far, by name; with a star what has succeeded. */
    Set<String> reached() {
        return reached;
    }

    Set<String> unanswered() {
        Set<String> open = new HashSet<>(calls);
        answered.forEach(open::remove);
        return open;
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new AssertionError(rule);
        }
    }
}
