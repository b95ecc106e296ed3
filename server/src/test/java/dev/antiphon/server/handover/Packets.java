package dev.antiphon.server.handover;

import dev.antiphon.handover.HandoverNotes;
import dev.antiphon.handover.HandoverPacket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A packet to hand over with. */
final class Packets {
    private Packets() {}

    static HandoverPacket of(String key, Duration deadline) {
        return of(key, deadline, Optional.empty());
    }

    static HandoverPacket of(String key, Duration deadline, Optional<String> telephoneCall) {
        Instant now = Instant.parse("2026-11-20T10:00:00Z");
        return new HandoverPacket(
                key,
                "sess_1",
                Optional.of("+4930123"),
                telephoneCall,
                "visit",
                "4be1d2a0c9f3",
                "front desk",
                "the caller asked for a person",
                new HandoverNotes(
                        List.of(
                                new HandoverNotes.Value("visit", "date", "Friday", false),
                                new HandoverNotes.Value("visit", "name", HandoverNotes.MASK, true)),
                        List.of("book: 4711"),
                        Optional.of("Your name?")),
                List.of(new HandoverPacket.Said(true, "A person, please.")),
                "mini",
                now,
                now.plus(deadline));
    }
}
