package dev.antiphon.flow.test;

import dev.antiphon.flow.FlowConversation;
import dev.antiphon.flow.say.Plainly;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.session.Conversation.Directive;
import dev.antiphon.session.Outcome;
import dev.antiphon.tier.Struggle;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What is expected in a {@link FlowTest}: a failed expectation is an {@link AssertionError} with the conversation so far. */
abstract sealed class CallExpectations extends CallerActs permits FlowTest {
    CallExpectations(FlowConversation conversation) {
        super(conversation);
    }

    /** So many entries of the FAQ are left to the model to choose from, and nothing is said before it has. */
    public FlowTest expectEntries(int count) {
        if (call.entries.size() != count || !call.said.isEmpty()) {
            throw call.failure(
                    (count == 1 ? "1 entry" : count + " entries") + " to choose from and silence",
                    call.entries.size() + " and \"" + call.said + "\" in " + call.lastAnswer);
        }
        return test();
    }

    /** The agent's last words contain this, whatever the case; {@link #expectSilence} when there are to be none. */
    public FlowTest expectSay(String part) {
        requireWords(part);
        if (!lower(call.said).contains(lower(part))) {
            throw call.failure("the agent to say \"" + part + "\"", "\"" + call.said + "\"");
        }
        return test();
    }

    /** The agent's last words do not contain this, whatever the case. */
    public FlowTest expectNotSaid(String part) {
        requireWords(part);
        if (lower(call.said).contains(lower(part))) {
            throw call.failure("the agent not to say \"" + part + "\"", "\"" + call.said + "\"");
        }
        return test();
    }

    /** The agent had nothing to say. */
    public FlowTest expectSilence() {
        if (!call.said.isEmpty()) {
            throw call.failure("silence", "\"" + call.said + "\"");
        }
        return test();
    }

    private static void requireWords(String part) {
        if (part.isBlank()) {
            throw new IllegalArgumentException("an expectation must not be blank: every text contains that");
        }
    }

    /** The call has ended like this: {@code completed}, {@code handed_over}, {@code abandoned} or {@code failed}. */
    public FlowTest expectOutcome(String name) {
        if (!call.outcome.map(Outcome::name).equals(Optional.of(name))) {
            throw call.failure(
                    "the outcome " + name, call.outcome.map(Outcome::toString).orElse("none yet"));
        }
        return test();
    }

    /** The call has not ended. */
    public FlowTest expectNoOutcome() {
        if (call.outcome.isPresent()) {
            throw call.failure("no outcome", call.outcome.get().toString());
        }
        return test();
    }

    /** So many effects and searches were started so far; checks that wait, {@code verify_SLOT}, are not counted. */
    public FlowTest expectEffects(int count) {
        List<String> started = call.runs.stream()
                .map(Directive.Run::name)
                .filter(name -> !name.startsWith("verify_"))
                .toList();
        if (started.size() != count) {
            throw call.failure(Plainly.count(count, "effect"), started.size() + ": " + started);
        }
        return test();
    }

    /** A slot holds this value, in its spoken form; sensitive ones are masked. */
    public FlowTest expectSlot(Slot<?> slot, String spoken) {
        known.requireSlots(List.of(slot.name()));
        String value = slots().getOrDefault(slot.name(), "nothing");
        if (!value.equals(spoken)) {
            throw call.failure("slot " + slot + " to be " + spoken, value);
        }
        return test();
    }

    /** A slot is open. */
    public FlowTest expectOpen(Slot<?> slot) {
        known.requireSlots(List.of(slot.name()));
        if (slots().containsKey(slot.name())) {
            throw call.failure("slot " + slot + " to be open", slots().toString());
        }
        return test();
    }

    /** The flow stands at this step. */
    public FlowTest expectStep(String id) {
        if (!call.conversation.view().step().equals(id)) {
            throw call.failure("step " + id, call.conversation.view().step());
        }
        return test();
    }

    /** This evidence of struggle was reported at least once. */
    public FlowTest expectStruggle(Struggle.Signal signal) {
        if (call.struggles.stream().noneMatch(struggle -> struggle.signal() == signal)) {
            throw call.failure("the struggle " + signal, call.struggles.toString());
        }
        return test();
    }

    /** No evidence of struggle was reported. */
    public FlowTest expectNoStruggle() {
        if (!call.struggles.isEmpty()) {
            throw call.failure("no struggle", call.struggles.toString());
        }
        return test();
    }

    /** The flow asked for the next tier. */
    public FlowTest expectEscalation() {
        if (call.escalations.isEmpty()) {
            throw call.failure("an escalation", "none");
        }
        return test();
    }

    /** Every tool call was answered exactly once. */
    public FlowTest expectEveryCallAnsweredOnce() {
        if (!call.everyCallIsAnsweredOnce()) {
            throw call.failure("one answer for each call", "not so");
        }
        return test();
    }

    private Map<String, String> slots() {
        return new LinkedHashMap<>(call.conversation.view().slots());
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
