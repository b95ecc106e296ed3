package dev.antiphon.flow;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a search found, and how far it was offered.
 *
 * @param task the search
 * @param items best first
 * @param page indexes of the items that were offered last, in order; empty when none was
 * @param offered keys of all items that were ever offered in this call
 */
public record Findings(String task, List<Item> items, List<Integer> page, Set<String> offered) {
    public Findings {
        items = List.copyOf(items);
        page = List.copyOf(page);
        offered = Set.copyOf(offered);
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

    Findings offering(List<Integer> next, Set<String> keys) {
        Set<String> all = new HashSet<>(offered);
        all.addAll(keys);
        return new Findings(task, items, next, all);
    }
}
