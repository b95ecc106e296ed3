package dev.antiphon.flow;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a search found, and how far it was offered.
 *
 * @param task the search
 * @param sought normal forms of what it was asked for, by slot name
 * @param items best first
 * @param page indexes of the items that were offered last, in order; empty when none was
 * @param offered keys of all items that were ever offered in this call
 * @param refused the items that the caller did not want in this call
 */
public record Findings(
        String task,
        Map<String, String> sought,
        List<Item> items,
        List<Integer> page,
        Set<String> offered,
        Set<Refused> refused) {
    public Findings {
        sought = Map.copyOf(sought);
        items = List.copyOf(items);
        page = List.copyOf(page);
        offered = Set.copyOf(offered);
        refused = Set.copyOf(refused);
    }

    /**
     * An item that the caller did not want. It is not offered again for the same wishes; for others it may be what is wanted.
     *
     * @param key the item's
     * @param sought the wishes
     */
    public record Refused(String key, Map<String, String> sought) {
        public Refused {
            sought = Map.copyOf(sought);
        }
    }

    /** What a search found, after what was found before in the call. */
    static Findings of(String task, Map<String, String> sought, List<Item> items, Optional<Findings> before) {
        return new Findings(
                task,
                sought,
                items,
                List.of(),
                before.map(Findings::offered).orElse(Set.of()),
                before.map(Findings::refused).orElse(Set.of()));
    }

    /** What is being offered. */
    public List<Item> offer() {
        return page.stream().map(items::get).toList();
    }

    /** What "it" is: the first item of the offer. */
    Optional<Item> current() {
        return page.isEmpty() ? Optional.empty() : Optional.of(items.get(page.getFirst()));
    }

    /** Index after the last item that was offered. */
    int next() {
        return page.isEmpty() ? 0 : page.getLast() + 1;
    }

    /** Whether the caller did not want this for the same wishes. */
    boolean isRefused(String key) {
        return refused.contains(new Refused(key, sought));
    }

    Findings offering(List<Integer> next, Set<String> keys) {
        Set<String> all = new HashSet<>(offered);
        all.addAll(keys);
        return new Findings(task, sought, items, next, all, refused);
    }

    /** The caller has named the item at this place: it is what is offered, and those that were passed over come after it. */
    Findings naming(int place, String key) {
        if (place < next()) {
            return offering(List.of(place), Set.of(key));
        }
        List<Item> order = new ArrayList<>(items);
        order.add(next(), order.remove(place));
        return new Findings(task, sought, order, page, offered, refused).offering(List.of(next()), Set.of(key));
    }

    /** The caller wants none of these. */
    Findings refusing(Set<String> keys) {
        Set<Refused> all = new HashSet<>(refused);
        keys.forEach(key -> all.add(new Refused(key, sought)));
        return new Findings(task, sought, items, page, offered, all);
    }
}
