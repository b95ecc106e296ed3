package dev.antiphon.flow;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What of a flow with several tasks is wanted, was offered and was done.
 *
 * @param active the task that the caller wants; empty when none
 * @param waiting whether the next word is the caller's: nothing is asked before something new is said
 * @param proposed the task that the open question proposes; empty when it proposes none
 * @param declined tasks that the caller did not want when they were proposed
 * @param done transactions that succeeded
 * @param closed whether the values belong to something that is done: the next task begins with none
 * @param findings what the last search found
 * @param item what the caller may ask about
 * @param alternative what was offered instead of a transaction that was refused
 * @param questions slots that the caller asked about while something was being done
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
        List<String> questions) {
    static final Agenda EMPTY = new Agenda(
            "", false, "", Set.of(), Set.of(), false, Optional.empty(), Optional.empty(), Optional.empty(), List.of());

    public Agenda {
        declined = Set.copyOf(declined);
        done = Set.copyOf(done);
        questions = List.copyOf(questions);
    }

    Agenda start(String task) {
        return new Agenda(task, false, "", declined, done, false, findings, item, Optional.empty(), questions);
    }

    Agenda resume() {
        return new Agenda(active, false, proposed, declined, done, closed, findings, item, alternative, questions);
    }

    /** Nothing is wanted. */
    Agenda rest() {
        return new Agenda("", true, "", declined, done, closed, findings, item, Optional.empty(), questions);
    }

    /** The same is still wanted, but not as it was. */
    Agenda pause() {
        return new Agenda(active, true, "", declined, done, closed, findings, item, Optional.empty(), questions);
    }

    Agenda propose(String task) {
        return new Agenda("", false, task, declined, done, closed, findings, item, alternative, questions);
    }

    Agenda decline(String task) {
        Set<String> more = new HashSet<>(declined);
        more.add(task);
        return new Agenda("", true, "", more, done, closed, findings, item, alternative, questions);
    }

    Agenda finish(String task) {
        Set<String> more = new HashSet<>(done);
        more.add(task);
        return new Agenda("", true, "", declined, more, true, findings, item, Optional.empty(), questions);
    }

    Agenda found(Findings next) {
        return new Agenda(
                active,
                false,
                proposed,
                declined,
                done,
                closed,
                Optional.of(next),
                next.current(),
                alternative,
                questions);
    }

    Agenda about(Item made) {
        return new Agenda(
                active, waiting, proposed, declined, done, closed, findings, Optional.of(made), alternative, questions);
    }

    Agenda offering(Item instead) {
        return new Agenda(
                active,
                false,
                proposed,
                declined,
                done,
                closed,
                findings,
                Optional.of(instead),
                Optional.of(instead),
                questions);
    }

    Agenda offeringNothing() {
        return new Agenda(
                active, waiting, proposed, declined, done, closed, findings, item, Optional.empty(), questions);
    }

    Agenda asked(String slot) {
        List<String> more = new ArrayList<>(questions);
        more.add(slot);
        return new Agenda(active, waiting, proposed, declined, done, closed, findings, item, alternative, more);
    }

    Agenda answered() {
        return new Agenda(active, waiting, proposed, declined, done, closed, findings, item, alternative, List.of());
    }
}
