package dev.antiphon.aftercall;

import dev.antiphon.handover.HandoverNotes;
import dev.antiphon.handover.HandoverPacket.Said;
import dev.antiphon.model.Money;
import dev.antiphon.session.CallCost;
import dev.antiphon.session.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A call that is over. */
final class Packets {
    static final String WORDS = "words-canary";

    private Packets() {}

    static EndedCall of(String call) {
        return of(call, new Outcome.Completed("visit", "booked"));
    }

    static EndedCall of(String call, Outcome outcome) {
        return new EndedCall(
                call,
                Optional.of("+4930123"),
                Optional.empty(),
                "visit",
                "4be1d2a0c9f3",
                outcome,
                new HandoverNotes(
                        List.of(
                                new HandoverNotes.Value("visit", "date", "Friday", false),
                                new HandoverNotes.Value("visit", "name", HandoverNotes.MASK, true)),
                        List.of("book: 4711"),
                        Optional.of("Anything else?")),
                List.of(new EndedCall.Effect("book", "ok", Duration.ofNanos(120_000_999))),
                List.of(new EndedCall.PersonAsked("front desk", "busy", "")),
                List.of(new EndedCall.TierUsed("mini", "small"), new EndedCall.TierUsed("full", "large")),
                Instant.parse("2026-11-20T10:02:30.000123Z"),
                Duration.ofSeconds(150).plusNanos(777),
                7,
                new CallCost(Map.of("mini", Money.usd("0.0123"), "full", Money.usd("0.2")), Money.usd("0.000001"), 1),
                List.of(new Said(true, WORDS), new Said(false, "Done.")));
    }
}
