package dev.antiphon.flow;

import static dev.antiphon.flow.dsl.FlowDsl.freeText;
import static dev.antiphon.flow.dsl.FlowDsl.keyed;
import static dev.antiphon.flow.dsl.FlowDsl.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.test.FlowTest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Work that hands its key on, for systems that refuse what they have done already. */
class KeyedEffectTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));

    record Note(String text) {}

    @Test
    void theKeyIsTheSameForTheSameValuesAndAnotherForOthers() {
        List<String> keys = new ArrayList<>();
        Slot<String> text = freeText("text").ask("Which text?");
        Flow<Note> flow = Flow.named(
                "note",
                Note.class,
                f -> f.goal("Take a note")
                        .collect(text)
                        .confirm(note -> say("{}. Right?", note.text()))
                        .effect("store", keyed((note, key) -> {
                            keys.add(key + " " + note.text());
                            throw new IllegalStateException("down");
                        }))
                        .done((note, nothing) -> say("Noted.")));
        FlowTest.of(flow, CLOCK)
                .fills(text, "milk")
                .confirmsYes()
                .expectSay("Shall I try again?")
                .confirmsYes();
        FlowTest.of(flow, CLOCK)
                .fills(text, "milk")
                .fills(text, "bread")
                .confirmsYes()
                .expectSay("Shall I try again?");

        assertThat(keys).hasSize(3);
        assertThat(keys.get(1)).isEqualTo(keys.get(0)).startsWith("test:store:r");
        assertThat(keys.get(2)).endsWith(" bread").isNotEqualTo(keys.get(0).replace("milk", "bread"));
    }
}
