package dev.antiphon.session;

import dev.antiphon.handover.HandoverPacket.Said;
import dev.antiphon.realtime.AudioFormat;
import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.Item;
import dev.antiphon.realtime.ServerEvent;
import dev.antiphon.realtime.TranscriptionUsage;
import dev.antiphon.session.HistoryEntry.AgentWords;
import dev.antiphon.session.HistoryEntry.CallerTurn;
import dev.antiphon.session.HistoryEntry.ToolCall;
import dev.antiphon.session.HistoryEntry.TypedTurn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The conversation of a call as its model has it: who said what, how much of it was heard, what was called and answered. Kept
 * from what goes over the line in both directions, so that another line can be told it as text (protocol sections 2 and 9).
 * Pure and immutable; the latest {@value #REMEMBERED} entries.
 *
 * @param entries oldest first, without {@code speaking}
 * @param speaking what the agent is saying and where it belongs
 * @param pending ids of what the response in flight has said: said again should its line break
 * @param speech where the caller's speech began on this line, while it lasts
 * @param read how many of the entries the last response has read as they are now: the cached ones (protocol section 16)
 */
record CallHistory(
        List<HistoryEntry> entries,
        Optional<Speaking> speaking,
        List<String> pending,
        Optional<Speech> speech,
        int read) {
    static final int REMEMBERED = 200;
    private static final int RECENT = 16;

    /** The agent's words while they come; {@code place} is how many entries are before them. */
    record Speaking(AgentWords words, int place) {}

    /** The caller's speech that has begun. */
    record Speech(String itemId, Duration start) {}

    CallHistory {
        int tooMany = Math.max(0, entries.size() - REMEMBERED);
        entries = List.copyOf(tooMany == 0 ? entries : entries.subList(tooMany, entries.size()));
        read = Math.max(0, Math.min(read - tooMany, entries.size()));
        pending = List.copyOf(pending);
    }

    static CallHistory empty() {
        return new CallHistory(List.of(), Optional.empty(), List.of(), Optional.empty(), 0);
    }

    /** The model's side of the line; {@code output} is the format of the agent's audio. */
    CallHistory received(ServerEvent event, AudioFormat output) {
        return switch (event) {
            case ServerEvent.SpeechStarted e ->
                new CallHistory(entries, speaking, pending, Optional.of(new Speech(e.itemId(), e.audioStart())), read);
            case ServerEvent.SpeechStopped e -> callerSpoke(e.itemId(), e.audioEnd());
            case ServerEvent.AudioCommitted e -> callerSpoke(e.itemId(), Duration.ZERO);
            case ServerEvent.InputTranscriptCompleted e -> transcribed(e);
            case ServerEvent.OutputItemAdded e ->
                e.item() instanceof Item.Message message
                        ? begins(message.id().orElse(e.responseId() + "_" + e.outputIndex()))
                        : this;
            case ServerEvent.AudioTranscriptDelta e ->
                says(e.itemId(), w -> new AgentWords(w.itemId(), w.words() + e.delta(), w.received(), w.heard()));
            case ServerEvent.TextDelta e ->
                says(e.itemId(), w -> new AgentWords(w.itemId(), w.words() + e.delta(), w.received(), w.heard()));
            case ServerEvent.AudioDelta e -> {
                Duration more = e.delta().duration(output);
                yield says(
                        e.itemId(),
                        w -> new AgentWords(w.itemId(), w.words(), w.received().plus(more), w.heard()));
            }
            case ServerEvent.OutputItemDone e -> itemDone(e.item());
            case ServerEvent.ResponseDone ignored -> settled().with(List.of());
            case ServerEvent ignored -> this;
        };
    }

    /** Our side of it. */
    CallHistory sent(ClientEvent event) {
        return switch (event) {
            case ClientEvent.ItemCreate e -> created(e.item());
            case ClientEvent.ItemTruncate e ->
                change(
                                e.itemId(),
                                entry -> entry instanceof AgentWords w
                                        ? new AgentWords(w.itemId(), w.words(), w.received(), Optional.of(e.audioEnd()))
                                        : entry)
                        .brokenAt(e.itemId());
            case ClientEvent.ItemDelete e -> without(e.itemId());
            case ClientEvent.ResponseCancel ignored -> with(List.of());
            case ClientEvent.ResponseCreate ignored -> allRead();
            case ClientEvent ignored -> this;
        };
    }

    /** The line is gone: what it was saying is not part of the call, it is said again. */
    CallHistory lineLost() {
        CallHistory whole = settled();
        return new CallHistory(
                whole.entries.stream()
                        .filter(entry -> !(entry instanceof AgentWords words
                                && words.itemId().filter(pending::contains).isPresent()))
                        .toList(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                0);
    }

    /** The call runs on a line that was told this history as text; ids of the old line mean nothing there. */
    CallHistory onNewLine() {
        return new CallHistory(
                settled().entries.stream().map(HistoryEntry::onNewLine).toList(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                0);
    }

    /** Whether the last thing that happened is a caller's turn whose words nobody knows. */
    boolean endsUnheard() {
        return !entries.isEmpty() && entries.get(entries.size() - 1) instanceof CallerTurn turn && turn.unheard();
    }

    /**
     * The latest of it as text items, oldest first, for a line that knows nothing.
     *
     * @param tokenBudget how much of it, in estimated tokens; the oldest is left out. The latest entry and calls without an
     *     output are always told.
     */
    List<Item> replay(int tokenBudget) {
        List<HistoryEntry> all = settled().entries;
        List<Item> items = new ArrayList<>();
        int left = tokenBudget;
        boolean full = false;
        for (int i = all.size() - 1; i >= 0; i--) {
            HistoryEntry entry = all.get(i);
            left -= entry.textTokens();
            full = full || (left < 0 && !items.isEmpty());
            if (!full || isOpenCall(entry)) {
                items.addAll(0, entry.asText());
            }
        }
        return items;
    }

    /** What was said last, in words, oldest first. */
    List<Said> lastTurns(int most) {
        List<Said> said = settled().entries.stream()
                .flatMap(entry -> entry.said().stream())
                .filter(turn -> !turn.words().isBlank())
                .toList();
        return said.subList(Math.max(0, said.size() - most), said.size());
    }

    private static boolean isOpenCall(HistoryEntry entry) {
        return entry instanceof ToolCall call && call.output().isEmpty();
    }

    /** Speech that stopped is a turn, also when its commit never comes. */
    private CallHistory callerSpoke(String itemId, Duration end) {
        if (isRecent(itemId)) {
            return this;
        }
        int audio = speech.filter(s -> s.itemId().equals(itemId))
                .map(s -> end.minus(s.start()))
                .filter(Duration::isPositive)
                .map(TokenEstimate::ofCallerAudio)
                .orElse(0);
        return append(new CallerTurn(Optional.of(itemId), Optional.empty(), audio));
    }

    private CallHistory transcribed(ServerEvent.InputTranscriptCompleted event) {
        return change(
                event.itemId(),
                entry -> entry instanceof CallerTurn turn
                        ? new CallerTurn(
                                turn.itemId(),
                                Optional.of(event.transcript()),
                                event.usage().map(CallHistory::audioTokens).orElse(turn.audioTokens()))
                        : entry);
    }

    private static int audioTokens(TranscriptionUsage usage) {
        return switch (usage) {
            case TranscriptionUsage.Tokens tokens -> tokens.inputAudioTokens();
            case TranscriptionUsage.Audio audio -> TokenEstimate.ofCallerAudio(audio.length());
        };
    }

    private CallHistory begins(String itemId) {
        CallHistory before = settled();
        List<String> said = new ArrayList<>(pending);
        said.add(itemId);
        AgentWords words = new AgentWords(Optional.of(itemId), "", Duration.ZERO, Optional.empty());
        return new CallHistory(
                before.entries, Optional.of(new Speaking(words, before.entries.size())), said, speech, before.read);
    }

    private CallHistory says(String itemId, UnaryOperator<AgentWords> more) {
        return isSpeaking(itemId)
                ? new CallHistory(
                        entries,
                        speaking.map(s -> new Speaking(more.apply(s.words()), s.place())),
                        pending,
                        speech,
                        read)
                : this;
    }

    private boolean isSpeaking(String itemId) {
        return speaking.flatMap(s -> s.words().itemId()).filter(itemId::equals).isPresent();
    }

    private CallHistory itemDone(Item item) {
        return switch (item) {
            case Item.Message ignored -> settled();
            case Item.FunctionCall call -> called(call);
            case Item other -> this;
        };
    }

    private CallHistory called(Item.FunctionCall call) {
        return isRecentCall(call.callId())
                ? this
                : append(new ToolCall(call.id(), call.callId(), call.name(), call.argumentsJson(), Optional.empty()));
    }

    private CallHistory created(Item item) {
        return switch (item) {
            case Item.FunctionCallOutput output -> answered(output);
            case Item.Message message ->
                message.role() == Item.Role.USER ? append(new TypedTurn(message.id(), message.content())) : this;
            case Item ignored -> this;
        };
    }

    private CallHistory answered(Item.FunctionCallOutput output) {
        int index = lastOf(output.callId());
        return index >= 0 && entries.get(index) instanceof ToolCall call
                ? with(
                        index,
                        new ToolCall(
                                call.itemId(),
                                call.callId(),
                                call.tool(),
                                call.argumentsJson(),
                                Optional.of(output.output())))
                : this;
    }

    private int lastOf(String callId) {
        return last(0, entry -> entry instanceof ToolCall call && call.callId().equals(callId));
    }

    /** Whether it is told again. What repeats itself does so at once, and to look at a whole long call costs with every turn. */
    private boolean isRecent(String itemId) {
        return last(firstRecent(), entry -> isOf(itemId, entry)) >= 0;
    }

    private boolean isRecentCall(String callId) {
        return last(
                        firstRecent(),
                        entry -> entry instanceof ToolCall call && call.callId().equals(callId))
                >= 0;
    }

    private int firstRecent() {
        return Math.max(0, entries.size() - RECENT);
    }

    /** Where the latest such entry is, from an index on; -1 when there is none. */
    private int last(int from, Predicate<HistoryEntry> wanted) {
        int index = entries.size() - 1;
        while (index >= from && !wanted.test(entries.get(index))) {
            index--;
        }
        return index < from ? -1 : index;
    }

    private static boolean isOf(String itemId, HistoryEntry entry) {
        Optional<String> id = entry.itemId();
        return id.isPresent() && id.get().equals(itemId);
    }

    private CallHistory append(HistoryEntry entry) {
        List<HistoryEntry> next = new ArrayList<>(entries);
        next.add(entry);
        return new CallHistory(next, speaking, pending, speech, read);
    }

    /** With what is being said in its place, as far as it was said. */
    private CallHistory settled() {
        if (speaking.isEmpty()) {
            return this;
        }
        Speaking said = speaking.get();
        List<HistoryEntry> next = new ArrayList<>(entries);
        if (!said.words().words().isEmpty()) {
            next.add(Math.min(said.place(), next.size()), said.words());
        }
        return new CallHistory(next, Optional.empty(), pending, speech, changedAt(said.place()));
    }

    private CallHistory change(String itemId, UnaryOperator<HistoryEntry> how) {
        CallHistory changed = isSpeaking(itemId) ? settled() : this;
        int index = changed.indexOf(itemId);
        return index < changed.entries.size() ? changed.with(index, how.apply(changed.entries.get(index))) : changed;
    }

    private CallHistory with(int index, HistoryEntry entry) {
        List<HistoryEntry> next = new ArrayList<>(entries);
        next.set(index, entry);
        return new CallHistory(next, speaking, pending, speech, read);
    }

    private CallHistory allRead() {
        return new CallHistory(entries, speaking, pending, speech, entries.size());
    }

    /** What is behind a change is not cached any more. */
    private int changedAt(int index) {
        return Math.min(read, index);
    }

    private CallHistory brokenAt(String itemId) {
        return new CallHistory(entries, speaking, pending, speech, changedAt(indexOf(itemId)));
    }

    /** Where the latest entry of this item is; behind the last when there is none. */
    private int indexOf(String itemId) {
        int index = last(0, entry -> isOf(itemId, entry));
        return index < 0 ? entries.size() : index;
    }

    /** With the words of these entries in the place of their audio. */
    CallHistory asText(List<Integer> indices) {
        List<HistoryEntry> next = new ArrayList<>(entries);
        indices.forEach(index -> next.set(index, next.get(index).onNewLine()));
        return new CallHistory(
                next, speaking, pending, speech, changedAt(indices.isEmpty() ? entries.size() : indices.get(0)));
    }

    private CallHistory without(String itemId) {
        int index = indexOf(itemId);
        return new CallHistory(
                entries.stream()
                        .filter(entry -> entry.itemId().filter(itemId::equals).isEmpty())
                        .toList(),
                isSpeaking(itemId) ? Optional.empty() : speaking,
                pending,
                speech,
                changedAt(index));
    }

    private CallHistory with(List<String> nowPending) {
        return new CallHistory(entries, speaking, nowPending, speech, read);
    }
}
