package dev.antiphon.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which kinds of events a machine has taken in which kinds of states. A kind of either that nobody named is an error, so that a new
 * one cannot be left out unseen. Not thread-safe.
 */
public final class TransitionTable {
    private final Set<String> states;
    private final Set<String> events;
    private final Set<String> visited = new LinkedHashSet<>();

    /** An empty table of these kinds. */
    public TransitionTable(Collection<String> states, Collection<String> events) {
        this.states = new LinkedHashSet<>(states);
        this.events = new LinkedHashSet<>(events);
    }

    /** The names of all records of a sealed type, also of sealed types below it. */
    public static Set<String> kindsOf(Class<?> sealed) {
        Set<String> kinds = new LinkedHashSet<>();
        for (Class<?> each : sealed.getPermittedSubclasses()) {
            kinds.addAll(each.isSealed() ? kindsOf(each) : Set.of(each.getSimpleName()));
        }
        return kinds;
    }

    /** The names of all constants. */
    public static Set<String> kindsOf(Enum<?>[] constants) {
        return new LinkedHashSet<>(Stream.of(constants).map(Enum::name).toList());
    }

    /**
     * An event of this kind was taken in a state of this kind.
     *
     * @throws AssertionError when the table has no such kind
     */
    public void visit(String state, String event) {
        assertThat(states).as("kinds of states").contains(state);
        assertThat(events).as("kinds of events").contains(event);
        visited.add(cell(state, event));
    }

    /** The cells that were never visited, as {@code state x event}. */
    public List<String> missing() {
        List<String> missing = new ArrayList<>();
        for (String state : states) {
            for (String event : events) {
                if (!visited.contains(cell(state, event))) {
                    missing.add(cell(state, event));
                }
            }
        }
        return missing;
    }

    /** Fails with the cells that were never visited. */
    public void assertComplete() {
        assertThat(missing()).as("transitions that were never visited").isEmpty();
    }

    private static String cell(String state, String event) {
        return state + " x " + event;
    }
}
