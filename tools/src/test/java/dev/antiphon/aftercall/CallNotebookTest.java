package dev.antiphon.aftercall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.handover.HandoverNotes;
import dev.antiphon.handover.HandoverPacket.Said;
import dev.antiphon.handover.HandoverResult;
import dev.antiphon.model.Money;
import dev.antiphon.realtime.Usage;
import dev.antiphon.session.CallCost;
import dev.antiphon.session.Outcome;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a packet is made of. */
class CallNotebookTest {
    private static final SessionId ID = new SessionId("sess_1");
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    private final List<EndedCall> packets = new ArrayList<>();
    private int begun;

    private CallNotebook notebook(boolean words) {
        return new CallNotebook(
                Optional.of("+4930123"),
                Optional.of("rtc_1"),
                tier -> "model of " + tier,
                words,
                () -> begun++,
                packets::add);
    }

    private static SessionEvent.SessionEnded ended() {
        return new SessionEvent.SessionEnded(
                ID,
                NOW,
                "visit",
                "full",
                new Outcome.Completed("visit", "4711"),
                Duration.ofSeconds(30),
                3,
                Usage.NONE,
                CallCost.NONE.plusModel("mini", Money.usd("0.01")),
                new HandoverNotes(List.of(), List.of("book: 4711"), Optional.empty()));
    }

    private static void call(CallNotebook notebook) {
        List.of(
                        new SessionEvent.SessionStarted(ID, NOW, "visit", "v1", "mini", "small"),
                        new SessionEvent.CallerTurnTaken(ID, NOW, "item_1", Optional.empty()),
                        new SessionEvent.AgentSaid(ID, NOW, "utt_1", "Which day?", false),
                        new SessionEvent.CallerTranscribed(ID, NOW, "item_1", "A visit, please."),
                        new SessionEvent.CallerTurnTaken(ID, NOW, "item_2", Optional.of("Friday.")),
                        new SessionEvent.CallerTurnTaken(ID, NOW, "item_3", Optional.empty()),
                        new SessionEvent.ToolSettled(ID, NOW, "c1", "fill", false, "ok", "", Duration.ofMillis(1)),
                        new SessionEvent.ToolSettled(ID, NOW, "e1", "book", true, "ok", "", Duration.ofMillis(90)),
                        new SessionEvent.TierChanged(ID, NOW, "mini", "full", Duration.ZERO),
                        new SessionEvent.TierChanged(ID, NOW, "mini", "full", Duration.ZERO),
                        new SessionEvent.HandoverSettled(
                                ID, NOW, "desk", new HandoverResult.Refused("lunch"), Duration.ofSeconds(2)),
                        ended())
                .forEach(notebook::on);
    }

    @Test
    void aPacketHasWhatTheFactsTold() {
        call(notebook(false));
        assertThat(begun).isEqualTo(1);
        EndedCall packet = packets.getFirst();
        assertThat(packet.call()).isEqualTo("sess_1");
        assertThat(packet.caller()).contains("+4930123");
        assertThat(packet.telephoneCall()).contains("rtc_1");
        assertThat(packet.version()).isEqualTo("v1");
        assertThat(packet.notes().done()).containsExactly("book: 4711");
        assertThat(packet.effects()).containsExactly(new EndedCall.Effect("book", "ok", Duration.ofMillis(90)));
        assertThat(packet.handovers()).containsExactly(new EndedCall.PersonAsked("desk", "refused", "lunch"));
        assertThat(packet.tiers())
                .containsExactly(
                        new EndedCall.TierUsed("mini", "small"), new EndedCall.TierUsed("full", "model of full"));
        assertThat(packet.began()).isEqualTo(NOW.minusSeconds(30));
        assertThat(packet.turns()).isEqualTo(3);
        assertThat(packet.cost().total()).isEqualTo(Money.usd("0.01"));
        assertThat(packet.transcript()).isEmpty();
    }

    @Test
    void wordsAreKeptWhenATaskWantsThemAndInTheOrderInWhichTheyWereSaid() {
        call(notebook(true));
        assertThat(packets.getFirst().transcript())
                .containsExactly(
                        new Said(true, "A visit, please."), new Said(false, "Which day?"), new Said(true, "Friday."));
    }

    @Test
    void theLatestTurnsAreKept() {
        CallNotebook notebook = notebook(true);
        for (int i = 0; i <= EndedCall.MOST_ENTRIES; i++) {
            notebook.on(new SessionEvent.AgentSaid(ID, NOW, "utt_" + i, "turn " + i, false));
        }
        notebook.on(ended());
        assertThat(packets.getFirst().transcript())
                .hasSize(EndedCall.MOST_ENTRIES)
                .startsWith(new Said(false, "turn 1"));
    }

    @Test
    void aCallThatNeverBeganIsToldToo() {
        notebook(false).on(ended());
        assertThat(packets.getFirst().version()).isEmpty();
        assertThat(packets.getFirst().tiers()).isEmpty();
    }
}
