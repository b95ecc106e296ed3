package dev.antiphon.telemetry;

import dev.antiphon.handover.HandoverResult;
import dev.antiphon.model.Money;
import dev.antiphon.realtime.TranscriptionUsage;
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
import dev.antiphon.tier.Struggle.Signal;
import dev.antiphon.tier.TierDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One fact of each kind, full of things that must not leak. */
final class Facts {
    static final SessionId SESSION = new SessionId("sess_4711");
    static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");
    static final String SECRET = "Lovelace";
    static final Usage USAGE = new Usage(100, 50, 0, 40, 10, 0, 7, 30);
    static final TurnTimeline TIMELINE = new TurnTimeline(
            Map.of(
                    Part.ENDPOINTING, Duration.ofMillis(300),
                    Part.MODEL, Duration.ofMillis(400),
                    Part.TOOL, Duration.ofMillis(50),
                    Part.MODEL2, Duration.ofMillis(200),
                    Part.DELIVERY, Duration.ofMillis(10)),
            true);

    private Facts() {}

    static SessionEvent started(SessionId session) {
        return new SessionEvent.SessionStarted(session, AT, "booking", "4be1d2a0c9f3", "mini", "gpt-realtime-mini");
    }

    static SessionEvent ended(SessionId session, String tier) {
        return new SessionEvent.SessionEnded(
                session,
                AT,
                "booking",
                tier,
                new Outcome.Completed("booking", "reference for " + SECRET),
                Duration.ofSeconds(65),
                7,
                USAGE,
                CallCost.NONE.plusModel(tier, Money.usd("0.0321")));
    }

    static SessionEvent struggled(Signal signal, String detail) {
        return new SessionEvent.Struggled(SESSION, AT, new Struggle(signal, detail));
    }

    static SessionEvent toolSettled(String tool, String outcome) {
        return new SessionEvent.ToolSettled(
                SESSION, AT, "call_1", tool, false, outcome, "for " + SECRET, Duration.ofMillis(120));
    }

    static SessionEvent dialogMoved() {
        return new SessionEvent.DialogMoved(
                SESSION,
                AT,
                new Conversation.View("ask-date", Map.of("date", SECRET), Optional.of("When, " + SECRET + "?")));
    }

    static SessionEvent changed() {
        return new SessionEvent.TierChanged(SESSION, AT, "mini", "full", Duration.ZERO);
    }

    /** A whole call, every kind of fact in it. */
    static List<SessionEvent> wholeCall() {
        return List.of(
                started(SESSION),
                new SessionEvent.CallerTurnTaken(SESSION, AT, "item_1", Optional.of("I am " + SECRET)),
                new SessionEvent.CallerTranscribed(SESSION, AT, "item_1", "I am " + SECRET),
                dialogMoved(),
                struggled(Signal.NO_MATCH, "date"),
                struggled(Signal.NO_INPUT, "I am " + SECRET),
                struggled(Signal.CORRECTION, SECRET),
                new SessionEvent.TierDecided(
                        SESSION,
                        AT,
                        new TierDecision(
                                "mini",
                                Optional.of("full"),
                                Optional.of(new Rung.LargerModel()),
                                3.5,
                                "because of " + SECRET,
                                Optional.of(Money.usd("0.02")),
                                List.of(new Struggle(Signal.NO_MATCH, SECRET)))),
                changed(),
                new SessionEvent.ToolStarted(SESSION, AT, "call_1", "lookup", false, "{\"name\":\"" + SECRET + "\"}"),
                toolSettled("lookup", "ok"),
                toolSettled(SECRET, "unknown_tool"),
                new SessionEvent.TurnAnswered(SESSION, AT, "full", TIMELINE),
                new SessionEvent.AgentSaid(SESSION, AT, "utt_1", "Hello " + SECRET, true),
                new SessionEvent.FirstHeard(SESSION, AT, Duration.ofMillis(740)),
                new SessionEvent.BargedIn(SESSION, AT, "utt_1", Duration.ofMillis(900), Duration.ofMillis(120)),
                new SessionEvent.ResponseBilled(SESSION, AT, "full", 1, USAGE, Money.usd("0.0123")),
                new SessionEvent.TranscriptionBilled(
                        SESSION,
                        AT,
                        "full",
                        1,
                        "gpt-4o-mini-transcribe",
                        new TranscriptionUsage.Tokens(0, 30, 4),
                        Money.usd("0.00011")),
                new SessionEvent.UsageUnknown(
                        SESSION, AT, "full", SessionEvent.BilledPart.MODEL, "the service did not tell it"),
                new SessionEvent.ConnectionTroubled(SESSION, AT, "full", "closed with 1006"),
                new SessionEvent.ServiceProblem(SESSION, AT, "invalid_value", "bad value '" + SECRET + "'"),
                new SessionEvent.ExperimentEntered(SESSION, AT, "tiers", "mini", "9f2b"),
                new SessionEvent.HandoverAsked(SESSION, AT, "front desk", "asked by " + SECRET),
                new SessionEvent.HandoverSettled(
                        SESSION, AT, "front desk", new HandoverResult.Refused("not " + SECRET), Duration.ofSeconds(4)),
                ended(SESSION, "full"));
    }
}
