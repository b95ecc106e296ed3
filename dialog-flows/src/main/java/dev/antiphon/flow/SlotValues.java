package dev.antiphon.flow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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
 * @param known what is known of the caller
 */
public record SlotValues(Map<String, Value> values, Set<String> skipped, int revision, int changedAt, Known known) {
    static final SlotValues EMPTY = new SlotValues(Map.of(), Set.of(), 0, 0, Known.NOTHING);

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

    /**
     * What is known of a caller, as normal forms.
     *
     * @param slots by the name of a slot of the flow: values that need not be asked for
     * @param variables by a name that is no slot of the flow: for the author's rules
     * @param made what successes of the call have made, by slot name, the last at the end: proposed where such a slot is asked for
     */
    public record Known(Map<String, String> slots, Map<String, String> variables, Map<String, List<String>> made) {
        static final Known NOTHING = new Known(Map.of(), Map.of(), Map.of());

        public Known {
            slots = Map.copyOf(slots);
            variables = Map.copyOf(variables);
            made = Map.copyOf(made);
        }

        Known making(Map<String, List<String>> more) {
            Map<String, List<String>> next = new HashMap<>(made);
            more.forEach((slot, values) -> {
                List<String> all = new ArrayList<>(next.getOrDefault(slot, List.of()));
                all.removeAll(values);
                all.addAll(values);
                next.put(slot, List.copyOf(all));
            });
            return new Known(slots, variables, next);
        }

        /** What was made for this slot, the last at the end. */
        List<String> madeFor(String slot) {
            return made.getOrDefault(slot, List.of());
        }

        /** What was made is not there any more. */
        Known undoing(String slot, String normal) {
            Map<String, List<String>> next = new HashMap<>(made);
            List<String> left =
                    madeFor(slot).stream().filter(each -> !each.equals(normal)).toList();
            if (left.isEmpty()) {
                next.remove(slot);
            } else {
                next.put(slot, left);
            }
            return new Known(slots, variables, next);
        }

        Known forgetting(String slot) {
            Map<String, List<String>> next = new HashMap<>(made);
            next.remove(slot);
            return new Known(slots, variables, next);
        }

        private Known corrected(String slot, String normal) {
            Map<String, String> next = new HashMap<>(slots);
            next.replace(slot, normal);
            return new Known(next, variables, made);
        }
    }

    /** What was made in the call; values stay as they are. */
    SlotValues making(Map<String, List<String>> made) {
        return made.isEmpty() ? this : remembering(known.making(made));
    }

    /** The value of a slot, or of a variable that is known of the caller. */
    Optional<String> normal(String name) {
        return find(name)
                .map(Value::normal)
                .or(() -> Optional.ofNullable(known.variables().get(name)));
    }

    /** From now on this is known; values stay as they are. */
    SlotValues remembering(Known next) {
        return new SlotValues(values, skipped, revision, changedAt, next);
    }

    /** From now on this is known: open slots are filled, unchecked. */
    SlotValues knowing(Known next) {
        return remembering(next).filled();
    }

    private SlotValues filled() {
        Map<String, Value> next = new HashMap<>(values);
        known.slots().forEach((name, normal) -> next.putIfAbsent(name, new Value(normal, revision + 1, false)));
        return next.equals(values) ? this : new SlotValues(next, skipped, revision + 1, revision + 1, known);
    }

    boolean has(String slot) {
        return values.containsKey(slot);
    }

    SlotValues set(String slot, String normal) {
        Map<String, Value> next = new HashMap<>(values);
        next.put(slot, new Value(normal, revision + 1, false));
        Set<String> wanted = new HashSet<>(skipped);
        wanted.remove(slot);
        return new SlotValues(next, wanted, revision + 1, revision + 1, known.corrected(slot, normal));
    }

    /** None but what is known of the caller; the revision goes on, so that no yes to old ones counts. */
    SlotValues none() {
        return new SlotValues(Map.of(), Set.of(), revision + 1, revision + 1, known).filled();
    }

    /** These and what is known of the caller; the revision goes on. */
    SlotValues only(Set<String> slots) {
        Map<String, Value> kept = new HashMap<>(values);
        kept.keySet().retainAll(slots);
        Set<String> unwanted = new HashSet<>(skipped);
        unwanted.retainAll(slots);
        return new SlotValues(kept, unwanted, revision + 1, revision + 1, known).filled();
    }

    SlotValues drop(String slot) {
        if (!has(slot)) {
            return this;
        }
        Map<String, Value> next = new HashMap<>(values);
        next.remove(slot);
        return new SlotValues(next, skipped, revision + 1, revision + 1, known);
    }

    /** Marks a value as checked; a normalised form that differs is a change. */
    SlotValues checked(String slot, String normal) {
        Value old = find(slot).orElseThrow();
        Map<String, Value> next = new HashMap<>(values);
        boolean same = old.normal().equals(normal);
        next.put(slot, new Value(normal, same ? old.revision() : revision + 1, true));
        return same
                ? new SlotValues(next, skipped, revision, changedAt, known)
                : new SlotValues(next, skipped, revision + 1, revision + 1, known);
    }

    SlotValues unchecked(String slot) {
        Value old = find(slot).orElseThrow();
        Map<String, Value> next = new HashMap<>(values);
        next.put(slot, new Value(old.normal(), old.revision(), false));
        return new SlotValues(next, skipped, revision, changedAt, known);
    }

    SlotValues skip(String slot) {
        Set<String> unwanted = new HashSet<>(skipped);
        unwanted.add(slot);
        return unwanted.equals(skipped) ? this : new SlotValues(values, unwanted, revision, changedAt, known);
    }

    /** A new revision without a change of values. */
    SlotValues again() {
        return new SlotValues(values, skipped, revision + 1, changedAt, known);
    }
}
