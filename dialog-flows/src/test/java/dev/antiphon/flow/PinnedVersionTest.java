package dev.antiphon.flow;

import static dev.antiphon.flow.dsl.FlowDsl.*;
import static dev.antiphon.flow.faq.FaqEntry.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.flow.faq.Faq;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.test.FlowTest;
import dev.antiphon.session.Conversation.Directive;
import dev.antiphon.session.Conversation.Event;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A call keeps the version that it began with; going on with another one is a decision. */
class PinnedVersionTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));

    record Visit(LocalDate date, String reason) {}

    private final Flow<?> before = visit("Which day?", freeText("reason").ask("What is it about?"));
    private final Flow<?> after = visit("When?", freeText("reason").ask("What is it about?"));

    private static Flow<Visit> visit(String question, Slot<String> reason) {
        return Flow.named(
                "visit",
                Visit.class,
                f -> f.goal("Arrange a visit")
                        .collect(date("date").ask(question), reason)
                        .confirm(v -> say("{} about {}. Right?", v.date(), v.reason()))
                        .effect("arrange", v -> "V1")
                        .done((v, reference) -> say("Arranged."))
                        .faq(Faq.of(entry("Is there parking?").answer("Yes."))));
    }

    private FlowTest atTheConfirmation() {
        return FlowTest.of(before, CLOCK)
                .fills(Map.of("date", "2026-11-24", "reason", "my knee"))
                .expectSay("Right?");
    }

    @Test
    void aCallKnowsItsVersionAndSavesIt() {
        FlowTest call = atTheConfirmation();

        assertThat(call.conversation().version()).isEqualTo(before.version()).isNotEqualTo(after.version());
        DialogState saved =
                SavedDialog.read(SavedDialog.write(call.conversation().dialogState()));
        assertThat(saved.version()).isEqualTo(before.version());
        assertThat(FlowConversation.resume(Dialog.of(before), CLOCK, ZoneOffset.UTC, "1", saved)
                        .dialogState())
                .isEqualTo(saved);
    }

    @Test
    void aFlowIsHashedOnceForAllItsCalls() {
        assertThat(FlowConversation.start(before, CLOCK, ZoneOffset.UTC, "1").version())
                .isSameAs(FlowConversation.start(before, CLOCK, ZoneOffset.UTC, "2")
                        .version())
                .isSameAs(before.version());
        assertThat(visit("Which day?", freeText("reason").ask("What is it about?"))
                        .version())
                .as("another flow that is built alike")
                .isEqualTo(before.version())
                .isNotSameAs(before.version());
    }

    @Test
    void aStateOfAnotherVersionIsRefusedAndBothVersionsAreNamed() {
        DialogState saved = atTheConfirmation().conversation().dialogState();

        assertThatThrownBy(() -> FlowConversation.resume(Dialog.of(after), CLOCK, ZoneOffset.UTC, "1", saved))
                .isInstanceOfSatisfying(OtherVersion.class, refused -> {
                    assertThat(refused.saved()).isEqualTo(before.version());
                    assertThat(refused.present()).isEqualTo(after.version());
                })
                .hasMessage("the saved state must be of version " + after.version()
                        + " of dialog 'visit', but is of version " + before.version()
                        + "; to go on in spite of that, resume with saved.adoptedBy(dialog)");
    }

    @Test
    void anAdoptedStateKeepsItsValuesAndAsksForAFreshYes() {
        FlowTest call = atTheConfirmation();
        int stale = call.confirmRevision();
        DialogState adopted = call.conversation().dialogState().adoptedBy(Dialog.of(after));
        FlowConversation second = FlowConversation.resume(Dialog.of(after), CLOCK, ZoneOffset.UTC, "1", adopted);

        assertThat(second.version()).isEqualTo(after.version());
        assertThat(second.view().slots())
                .containsEntry("date", "Tuesday, November 24th")
                .containsEntry("reason", "my knee");
        assertThat(answer(second, "{\"answer\":\"yes\",\"revision\":" + stale + "}"))
                .singleElement()
                .isInstanceOfSatisfying(
                        Directive.Answer.class,
                        answer -> assertThat(answer.outputJson()).contains("Right?"));
    }

    private static List<Directive> answer(FlowConversation conversation, String arguments) {
        conversation.on(new Event.ToolCalled("c1", "confirm", arguments));
        return conversation.on(new Event.CallsComplete());
    }

    @Test
    void whatTheNewVersionCannotReadIsAskedAgain() {
        Flow<?> other = visit("Which day?", freeText("reason", 3).ask("In a word?"));
        DialogState adopted = atTheConfirmation().conversation().dialogState().adoptedBy(Dialog.of(other));
        FlowConversation second = FlowConversation.resume(Dialog.of(other), CLOCK, ZoneOffset.UTC, "1", adopted);

        assertThat(second.view().slots()).containsOnlyKeys("date");
        assertThat(second.view().openQuestion()).contains("In a word?");
    }

    @Test
    void aDialogWithoutTheFlowCannotAdoptItsState() {
        DialogState saved = atTheConfirmation().conversation().dialogState();
        Dialog other = Dialog.of(Flow.faq("helpline", Faq.of(entry("Why?").answer("Because."))));

        assertThatThrownBy(() -> saved.adoptedBy(other))
                .hasMessage("dialog 'helpline' must have the flow of the saved 'visit'");
    }

    @Test
    void anotherAnswerIsAnotherVersion() {
        Faq faq = Faq.of(entry("Why?").answer("Because."));

        assertThat(Flow.faq("helpline", faq).version())
                .isEqualTo(Flow.faq("helpline", Faq.of(entry("Why?").answer("Because.")))
                        .version())
                .isNotEqualTo(Flow.faq("helpline", Faq.of(entry("Why?").answer("So.")))
                        .version())
                .isNotEqualTo(Flow.faq("helpline", faq.withoutChoice()).version())
                .isEqualTo(FlowSnapshot.of(Flow.faq("helpline", faq)).version());
    }
}
