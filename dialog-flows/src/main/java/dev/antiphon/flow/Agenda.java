package dev.antiphon.flow;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What of a flow with several tasks is wanted, was offered and was done.
 *
 * @param active the task that the caller wants; empty when none
 * @param waiting whether the next word is the caller's: nothing is asked before something new is said
 * @param proposed the task that the open question proposes; empty when it proposes none
 * @param declined tasks that the caller did not want when they were proposed
 * @param done transactions that succeeded, and searches of whose findings the caller has taken or been told something
 * @param closed whether the values belong to something that is done: the next task begins with none
 * @param findings what the last search found
 * @param item what the caller may ask about
 * @param alternative what was offered instead of a transaction that was refused
 * @param settled tasks that others come after, and that are done for this call
 * @param then tasks that wait for the active one, the next first
 * @param left the transaction that was begun with values and left for another one; empty when none was
 */
public record Agenda(
        String active,
        boolean waiting,
        String proposed,
        Set<String> declined,
        Set<String> done,
        boolean closed,
        Optional<Findings> findings,
        Optional<Item> item,
        Optional<Item> alternative,
        Set<String> settled,
        List<String> then,
        String left) {
    static final Agenda EMPTY = new Agenda(
            "",
            false,
            "",
            Set.of(),
            Set.of(),
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Set.of(),
            List.of(),
            "");

    public Agenda {
        declined = Set.copyOf(declined);
        done = Set.copyOf(done);
        settled = Set.copyOf(settled);
        then = List.copyOf(then);
    }

    /** Whether something is wanted that is not waiting for the caller. */
    boolean isUnderWay() {
        return !active.isEmpty() && !waiting;
    }

    /** The caller wants this; {@code next} waits for it. */
    Agenda start(String task, List<String> next) {
        return changed(d -> {
            d.goes(task, false, "");
            d.closed = false;
            d.then = next;
        });
    }

    /** This was begun and is left for something else. */
    Agenda leaving(String task) {
        return changed(d -> d.left = task);
    }

    /** The caller wants this. */
    Agenda start(String task) {
        return start(task, List.of());
    }

    Agenda resume() {
        return changed(d -> d.waiting = false);
    }

    /** Nothing is wanted. */
    Agenda rest() {
        return changed(d -> {
            d.goes("", true, "");
            d.then = List.of();
        });
    }

    /** The same is still wanted, but not as it was. */
    Agenda pause() {
        return changed(d -> d.goes(d.active, true, ""));
    }

    Agenda propose(String task) {
        return changed(d -> {
            d.active = "";
            d.waiting = false;
            d.proposed = task;
        });
    }

    Agenda decline(String task) {
        return changed(d -> {
            d.active = "";
            d.waiting = true;
            d.proposed = "";
            d.declined = with(d.declined, task);
        });
    }

    /** The caller does not want any more what is asked about, nor what is proposed: it does not come back. */
    Agenda drop() {
        String dropped = proposed.isEmpty() ? active : proposed;
        return changed(d -> {
            d.goes("", true, "");
            d.then = List.of();
            d.left = left.equals(dropped) ? "" : left;
            d.declined = proposed.isEmpty() ? declined : with(declined, proposed);
        });
    }

    /** The caller has what this search was for. */
    Agenda reach(String search) {
        return changed(d -> d.done = with(d.done, search));
    }

    Agenda finish(String task) {
        return changed(d -> {
            d.goes("", true, "");
            d.done = with(d.done, task);
            d.closed = true;
        });
    }

    /** What others come after is done. */
    Agenda settle(String task) {
        return changed(d -> {
            d.goes("", true, "");
            d.settled = with(d.settled, task);
            d.findings = Optional.empty();
        });
    }

    /** These were done in the same call. */
    Agenda knowing(Set<String> tasks) {
        return changed(d -> d.settled = tasks);
    }

    /** What others come after is not done any more; it goes before the active task. */
    Agenda unsettle(Set<String> tasks) {
        return changed(d -> {
            d.settled = new HashSet<>(settled);
            d.settled.removeAll(tasks);
        });
    }

    Agenda found(Findings next) {
        return changed(d -> {
            d.waiting = false;
            d.findings = Optional.of(next);
            d.item = next.current();
        });
    }

    /** The same was found, of which more is known now. */
    Agenda knowing(Findings same) {
        return changed(d -> d.findings = Optional.of(same));
    }

    Agenda about(Item made) {
        return changed(d -> d.item = Optional.of(made));
    }

    Agenda aboutNothing() {
        return changed(d -> d.item = Optional.empty());
    }

    Agenda offering(Item instead) {
        return changed(d -> {
            d.waiting = false;
            d.item = Optional.of(instead);
            d.alternative = Optional.of(instead);
        });
    }

    Agenda offeringNothing() {
        return changed(d -> d.alternative = Optional.empty());
    }

    private static Set<String> with(Set<String> names, String another) {
        Set<String> more = new HashSet<>(names);
        more.add(another);
        return more;
    }

    private Agenda changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.agenda();
    }

    private static final class Draft {
        private String active;
        private boolean waiting;
        private String proposed;
        private Set<String> declined;
        private Set<String> done;
        private boolean closed;
        private Optional<Findings> findings;
        private Optional<Item> item;
        private Optional<Item> alternative;
        private Set<String> settled;
        private List<String> then;
        private String left;

        Draft(Agenda from) {
            active = from.active;
            waiting = from.waiting;
            proposed = from.proposed;
            declined = from.declined;
            done = from.done;
            closed = from.closed;
            findings = from.findings;
            item = from.item;
            alternative = from.alternative;
            settled = from.settled;
            then = from.then;
            left = from.left;
        }

        /** Something else goes on, and what was offered instead of the last thing is past. */
        void goes(String task, boolean waits, String proposes) {
            active = task;
            waiting = waits;
            proposed = proposes;
            alternative = Optional.empty();
        }

        Agenda agenda() {
            return new Agenda(
                    active,
                    waiting,
                    proposed,
                    declined,
                    done,
                    closed,
                    findings,
                    item,
                    alternative,
                    settled,
                    then,
                    left);
        }
    }
}
