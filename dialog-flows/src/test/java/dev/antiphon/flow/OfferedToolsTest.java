package dev.antiphon.flow;

import static dev.antiphon.flow.dsl.FlowDsl.freeText;
import static dev.antiphon.flow.dsl.FlowDsl.say;
import static dev.antiphon.flow.dsl.FlowDsl.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.test.FlowTest;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** Which tools of the pool a model may call, and when. */
class OfferedToolsTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));

    record Text(String text) {}

    private final Slot<String> text = freeText("text").ask("Which text?");

    private FlowTest desk() {
        return FlowTest.of(
                Flow.service(
                        "desk",
                        s -> s.goal("Take notes")
                                .alsoOffers("weather")
                                .task(task(
                                        "note",
                                        Text.class,
                                        t -> t.called("take a note")
                                                .collect(text)
                                                .effect("store", note -> "N1")
                                                .done((note, id) -> say("Noted."))
                                                .alsoOffers("archive")))),
                CLOCK);
    }

    @Test
    void aModelIsOfferedWhatTheFlowAndItsTasksName() {
        FlowConversation conversation = desk().conversation();
        assertThat(conversation.offers("weather")).isTrue();
        assertThat(conversation.offers("archive")).isTrue();
        assertThat(conversation.offers("delete_everything")).isFalse();
    }

    @Test
    void whatATaskNamesMayBeCalledWhileItIsWanted() {
        FlowTest call = desk();
        assertThat(call.conversation().mayCall("weather")).isTrue();
        assertThat(call.conversation().mayCall("archive")).isFalse();

        call.wants("note");
        assertThat(call.conversation().mayCall("archive")).isTrue();
        call.fills(text, "milk").confirmsYes().expectSay("Noted.");
        assertThat(call.conversation().mayCall("archive")).isFalse();
        assertThat(call.conversation().mayCall("delete_everything")).isFalse();
    }

    @Test
    void itIsPartOfTheFlowsVersion() {
        Flow<?> with = Flow.service(
                "desk",
                s -> s.goal("Take notes")
                        .alsoOffers("weather")
                        .task(task(
                                "note",
                                Text.class,
                                t -> t.called("note").collect(text).effect("store", note -> "N1"))));
        Flow<?> without = Flow.service(
                "desk",
                s -> s.goal("Take notes")
                        .task(task(
                                "note",
                                Text.class,
                                t -> t.called("note").collect(text).effect("store", note -> "N1"))));
        assertThat(with.version()).isNotEqualTo(without.version());
    }
}
