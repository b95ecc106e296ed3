package dev.antiphon.flow.test;

import static dev.antiphon.flow.dsl.FlowDsl.*;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.flow.Dialog;
import dev.antiphon.flow.Flow;
import dev.antiphon.flow.slot.Slot;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A misspelt name fails the test that has it. */
class KnownNamesTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-12-01T10:00:00Z"));

    record Note(String text) {}

    private static final Slot<String> TEXT = freeText("text").ask("What shall I write?");

    private static Flow<?> notes(String name) {
        return Flow.service(
                name,
                s -> s.goal("Write notes")
                        .task(task(
                                "write",
                                Note.class,
                                t -> t.called("write a note")
                                        .collect(TEXT)
                                        .confirm(note -> say("{}. Right?", note.text()))
                                        .effect("save", note -> "N1")
                                        .done((note, reference) -> say("Written.")))));
    }

    private static void refuses(ThrowingCallable use, String message) {
        assertThatThrownBy(use).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    @Test
    void anUnknownTaskIsRefusedWithTheKnownOnes() {
        FlowTest call = FlowTest.of(notes("notes"), CLOCK);

        refuses(() -> call.wants("wirte"), "the task must be one of [write], but was 'wirte'");
        refuses(() -> call.wantsAnother("notes.write"), "the task must be one of [write], but was 'notes.write'");
        refuses(() -> call.comesBackTo("read", 1), "the task must be one of [write], but was 'read'");
        call.wants("write").expectSay("What shall I write?");
    }

    @Test
    void ofSeveralFlowsTheTaskHasTheNameOfItsFlow() {
        FlowTest call = FlowTest.of(Dialog.of("both", "Write", notes("notes"), notes("memos")), CLOCK);

        refuses(() -> call.wants("write"), "the task must be one of [notes.write, memos.write], but was 'write'");
        refuses(
                () -> call.fills(Map.of("text", "milk", "flow", "note")),
                "the flow must be one of [notes, memos], but was 'note'");
        call.wants("memos.write").expectSay("What shall I write?");
    }

    @Test
    void aFlowWithOneTaskHasNoneToBeWanted() {
        Flow<?> single = Flow.named(
                "note",
                Note.class,
                f -> f.goal("Write a note")
                        .collect(TEXT)
                        .confirm(note -> say("{}. Right?", note.text()))
                        .done((note, nothing) -> say("Written.")));

        refuses(
                () -> FlowTest.of(single, CLOCK).wants("note"),
                "a task is wanted only of a service, but 'note' was wanted of the flow 'note', whose task begins with"
                        + " the call");
    }

    @Test
    void anUnknownSlotOrActionIsRefusedWithTheKnownOnes() {
        FlowTest call = FlowTest.of(notes("notes"), CLOCK);
        Slot<String> other = freeText("txt");

        refuses(() -> call.fills(Map.of("txt", "milk")), "the slot must be one of [text], but was 'txt'");
        refuses(() -> call.fills(other, "milk"), "the slot must be one of [text], but was 'txt'");
        refuses(() -> call.expectOpen(other), "the slot must be one of [text], but was 'txt'");
        refuses(() -> call.expectSlot(other, "milk"), "the slot must be one of [text], but was 'txt'");
        refuses(
                () -> call.controls("stop"),
                "the action of the tool control must be one of [cancel, repeat, slower, skip, human, unclear, goodbye,"
                        + " chitchat, thanks], but was 'stop'");
    }
}
