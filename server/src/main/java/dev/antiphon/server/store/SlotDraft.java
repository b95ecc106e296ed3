package dev.antiphon.server.store;

import dev.antiphon.session.Conversation;
import dev.antiphon.tier.Struggle;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What becomes of the slots of a call, told by where its dialog stands. A step with an open question that is no word of the engine and no
 * effect is the slot that is asked for. Confined to one call.
 */
final class SlotDraft {
    private static final class Slot {
        private boolean filled;
        private int asked;
        private int noMatches;
        private int corrections;
    }

    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private final Set<String> effects = new HashSet<>();
    private final int most;
    private String step = "";

    SlotDraft(int most) {
        this.most = most;
    }

    void effect(String name) {
        effects.add(name);
        slots.remove(name);
    }

    void moved(Conversation.View view) {
        view.slots().keySet().forEach(name -> slot(name).ifPresent(slot -> slot.filled = true));
        boolean asks = view.openQuestion().isPresent()
                && !EngineSteps.contains(view.step())
                && !effects.contains(view.step())
                && !view.slots().containsKey(view.step());
        if (asks) {
            boolean again = view.step().equals(step);
            slot(view.step()).ifPresent(slot -> {
                slot.filled = false;
                slot.asked += again ? 0 : 1;
            });
        }
        step = view.step();
    }

    void struggled(Struggle struggle) {
        Slot slot = slots.get(struggle.detail());
        if (slot != null) {
            switch (struggle.signal()) {
                case NO_MATCH -> slot.noMatches++;
                case CORRECTION -> slot.corrections++;
                case NO_INPUT, STALLED, REPEATED_PROMPT, TOOL_ERROR, UNBACKED_CLAIM, WANTS_PERSON -> {}
            }
        }
    }

    /** Whether the caller was not understood where the dialog stands. */
    boolean notUnderstood() {
        Slot slot = slots.get(step);
        return slot != null && slot.noMatches > 0;
    }

    private Optional<Slot> slot(String name) {
        return slots.containsKey(name) || slots.size() < most
                ? Optional.of(slots.computeIfAbsent(name, absent -> new Slot()))
                : Optional.empty();
    }

    /** The rows: filled; failed, when the call ended there without having understood the caller; else dropped. */
    List<Rows.SlotRow> rows(String callId, String flow) {
        List<Rows.SlotRow> rows = new ArrayList<>();
        slots.forEach((name, slot) -> {
            boolean failed = name.equals(step) && slot.noMatches > 0;
            rows.add(new Rows.SlotRow(
                    callId,
                    flow,
                    StoredText.name(name),
                    slot.filled ? "filled" : failed ? "failed" : "dropped",
                    Math.max(1, slot.asked) + slot.noMatches,
                    slot.noMatches,
                    slot.corrections));
        });
        return rows;
    }
}
