package dev.antiphon.flow;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The values of a run, each in its slot's normal form.
 *
 * @param values by slot name
 * @param skipped names of optional slots that the caller does not want to fill
 * @param revision grows with every change, and with every question that needs a fresh yes
 * @param changedAt the revision of the last change of a value
 */
public record SlotValues(Map<String, Value> values, Set<String> skipped, int revision, int changedAt) {
    static final SlotValues EMPTY = new SlotValues(Map.of(), Set.of(), 0, 0);

    public SlotValues {
        values = Map.copyOf(values);
        skipped = Set.copyOf(skipped);
    }

    /**
     * One value.
     *
     * @param normal its normal form
     * @param revision the revision that set it
     * @param checked whether the author's checks have passed; false while a slot it depends on is open
     */
    public record Value(String normal, int revision, boolean checked) {}

    Optional<Value> find(String slot) {
        return Optional.ofNullable(values.get(slot));
    }

    boolean has(String slot) {
        return values.containsKey(slot);
    }

    SlotValues set(String slot, String normal) {
        Map<String, Value> next = new HashMap<>(values);
        next.put(slot, new Value(normal, revision + 1, false));
        Set<String> wanted = new HashSet<>(skipped);
        wanted.remove(slot);
        return new SlotValues(next, wanted, revision + 1, revision + 1);
    }

    /** None of them; the revision goes on, so that no yes to old ones counts. */
    SlotValues none() {
        return new SlotValues(Map.of(), Set.of(), revision + 1, revision + 1);
    }

    /** These alone; the revision goes on. */
    SlotValues only(Set<String> slots) {
        Map<String, Value> kept = new HashMap<>(values);
        kept.keySet().retainAll(slots);
        Set<String> unwanted = new HashSet<>(skipped);
        unwanted.retainAll(slots);
        return new SlotValues(kept, unwanted, revision + 1, revision + 1);
    }

    SlotValues drop(String slot) {
        if (!has(slot)) {
            return this;
        }
        Map<String, Value> next = new HashMap<>(values);
        next.remove(slot);
        return new SlotValues(next, skipped, revision + 1, revision + 1);
    }

    /** Marks a value as checked; a normalised form that differs is a change. */
    SlotValues checked(String slot, String normal) {
        Value old = find(slot).orElseThrow();
        Map<String, Value> next = new HashMap<>(values);
        boolean same = old.normal().equals(normal);
        next.put(slot, new Value(normal, same ? old.revision() : revision + 1, true));
        return same
                ? new SlotValues(next, skipped, revision, changedAt)
                : new SlotValues(next, skipped, revision + 1, revision + 1);
    }

    SlotValues unchecked(String slot) {
        Value old = find(slot).orElseThrow();
        Map<String, Value> next = new HashMap<>(values);
        next.put(slot, new Value(old.normal(), old.revision(), false));
        return new SlotValues(next, skipped, revision, changedAt);
    }

    SlotValues skip(String slot) {
        Set<String> unwanted = new HashSet<>(skipped);
        unwanted.add(slot);
        return unwanted.equals(skipped) ? this : new SlotValues(values, unwanted, revision, changedAt);
    }

    /** A new revision without a change of values. */
    SlotValues again() {
        return new SlotValues(values, skipped, revision + 1, changedAt);
    }
}
