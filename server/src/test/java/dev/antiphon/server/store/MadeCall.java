package dev.antiphon.server.store;

import dev.antiphon.model.Money;
import dev.antiphon.realtime.Usage;
import dev.antiphon.session.CallCost;
import dev.antiphon.session.Conversation;
import dev.antiphon.session.Outcome;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.SessionId;
import dev.antiphon.session.TurnTimeline;
import dev.antiphon.session.TurnTimeline.Part;
import dev.antiphon.tier.Rung;
import dev.antiphon.tier.Struggle;
import dev.antiphon.tier.TierDecision;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** A call as its session tells it, made up at random: what is said in it is always {@link #SECRET}. */
record MadeCall(SessionId id, Optional<String> caller, List<SessionEvent> facts) {
    static final String SECRET = "Lovelace";
    static final String REASON = "the struggle score 3.00 reached the threshold 3.00: no match";
    static final Instant MONDAY = Instant.parse("2026-11-02T00:00:00Z");
    private static final List<String> STEPS = List.of("date", "time", "confirm", "done");

    static List<MadeCall> some(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        List<MadeCall> calls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            calls.add(one(random, "sess_" + i));
        }
        return calls;
    }

    static MadeCall one(SplittableRandom random, String name) {
        SessionId id = new SessionId(name);
        List<SessionEvent> facts = new ArrayList<>();
        Optional<String> caller =
                random.nextInt(4) == 0 ? Optional.empty() : Optional.of("caller " + random.nextInt(6));
        Instant start = MONDAY.plusSeconds(random.nextInt(20 * 24 * 3600)).plusNanos(random.nextInt(1_000_000_000));
        String flow = random.nextBoolean() ? "booking" : "orders";
        String tier = random.nextBoolean() ? "mini" : "full";
        facts.add(new SessionEvent.SessionStarted(id, start, flow, "v1", tier, "model-" + tier));
        if (random.nextBoolean()) {
            facts.add(new SessionEvent.ExperimentEntered(
                    id, start, "tiers", random.nextBoolean() ? "a" : "b", "00ff" + random.nextInt(5)));
        }
        if (random.nextInt(5) > 0) {
            facts.add(new SessionEvent.FirstHeard(id, start, Duration.ofNanos(random.nextLong(3_000_000_000L))));
        }
        String now = tier;
        Usage used = Usage.NONE;
        CallCost cost = CallCost.NONE;
        int turns = random.nextInt(7);
        for (int turn = 1; turn <= turns; turn++) {
            Instant at = start.plusSeconds(turn);
            facts.add(new SessionEvent.CallerTurnTaken(id, at, "item_" + turn, Optional.of(SECRET)));
            facts.add(new SessionEvent.CallerTranscribed(id, at, "item_" + turn, SECRET));
            facts.add(new SessionEvent.DialogMoved(
                    id,
                    at,
                    new Conversation.View(
                            STEPS.get(random.nextInt(STEPS.size())), Map.of("date", SECRET), Optional.of(SECRET))));
            if (random.nextInt(3) == 0) {
                Struggle.Signal signal = Struggle.Signal.values()[random.nextInt(Struggle.Signal.values().length)];
                facts.add(new SessionEvent.Struggled(
                        id, at, new Struggle(signal, random.nextBoolean() ? "date" : SECRET)));
            }
            if (random.nextInt(3) == 0) {
                String outcome =
                        List.of("ok", "failed", "timed_out", "unknown_tool").get(random.nextInt(4));
                facts.add(new SessionEvent.ToolSettled(
                        id,
                        at,
                        "call_" + turn,
                        outcome.equals("unknown_tool") ? SECRET : "calendar",
                        random.nextBoolean(),
                        outcome,
                        SECRET,
                        Duration.ofMillis(random.nextInt(900))));
            }
            if (random.nextInt(8) == 0 && now.equals("mini")) {
                facts.add(new SessionEvent.TierDecided(
                        id,
                        at,
                        new TierDecision(
                                "mini",
                                Optional.of("full"),
                                Optional.of(new Rung.LargerModel()),
                                3,
                                REASON,
                                Optional.empty(),
                                List.of(new Struggle(Struggle.Signal.NO_MATCH, SECRET)))));
                facts.add(new SessionEvent.TierChanged(id, at, "mini", "full", Duration.ZERO));
                now = "full";
            }
            facts.add(new SessionEvent.TurnAnswered(id, at, now, timeline(random)));
            facts.add(new SessionEvent.AgentSaid(id, at, "utt_" + turn, SECRET, random.nextInt(4) == 0));
            if (random.nextInt(4) == 0) {
                facts.add(new SessionEvent.BargedIn(
                        id, at, "utt_" + turn, Duration.ofMillis(500), Duration.ofMillis(random.nextInt(400))));
            }
            Usage more = new Usage(100, random.nextInt(500), 0, 40, 10, 0, 7, random.nextInt(300));
            Money price = new Money(BigDecimal.valueOf(random.nextInt(20_000), 6));
            used = used.plus(more);
            cost = cost.plusModel(now, price);
            facts.add(new SessionEvent.ResponseBilled(id, at, now, turn, more, price));
        }
        if (random.nextInt(10) > 0) {
            Duration took = Duration.ofMillis(random.nextInt(300_000));
            facts.add(new SessionEvent.SessionEnded(
                    id, start.plus(took), flow, now, outcome(random), took, turns, used, cost));
        }
        return new MadeCall(id, caller, facts);
    }

    private static TurnTimeline timeline(SplittableRandom random) {
        Map<Part, Duration> parts = new EnumMap<>(Part.class);
        boolean tool = random.nextInt(3) == 0;
        for (Part part : Part.values()) {
            if (tool || (part != Part.TOOL && part != Part.MODEL2)) {
                parts.put(part, Duration.ofNanos(random.nextLong(900_000_000)));
            }
        }
        return new TurnTimeline(parts, tool);
    }

    private static Outcome outcome(SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0 -> new Outcome.HandedOver("desk", "for " + SECRET);
            case 1 -> new Outcome.Abandoned("the caller left, " + SECRET);
            case 2 -> new Outcome.Failed("because of " + SECRET);
            default -> new Outcome.Completed("booking", "reference for " + SECRET);
        };
    }

    Optional<SessionEvent.SessionEnded> end() {
        return all(SessionEvent.SessionEnded.class).stream().findFirst();
    }

    SessionEvent.SessionStarted start() {
        return all(SessionEvent.SessionStarted.class).getFirst();
    }

    <T> List<T> all(Class<T> kind) {
        return facts.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    boolean completed() {
        return end().filter(end -> end.outcome() instanceof Outcome.Completed).isPresent();
    }

    /** Whether the same caller begins another one of these after it, at most so long after its end. */
    boolean calledAgain(List<MadeCall> all, Duration within) {
        Instant until = end().orElseThrow().at().plus(within);
        return all.stream()
                .filter(other -> other != this && other.caller().equals(caller))
                .map(other -> other.start().at())
                .anyMatch(at -> at.isAfter(start().at()) && !at.isAfter(until));
    }

    void tell(Store store) {
        facts.forEach(store.writer().forCaller(caller)::tell);
    }
}
