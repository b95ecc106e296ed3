package dev.antiphon.flow;

import dev.antiphon.flow.DialogueAct.ComeBack.Reason;
import dev.antiphon.flow.FlowState.Phase;
import dev.antiphon.flow.FlowState.Purpose;
import dev.antiphon.flow.say.Phrase;
import dev.antiphon.flow.slot.Slot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The tasks of a service: which is wanted, which is proposed, how one ends. */
final class Tasks {
    private Tasks() {}

    /** The caller wants this. What belongs to a finished transaction is forgotten. */
    static void start(Turn turn, String name) {
        if (turn.flow.task(name).isEmpty()) {
            String problem = "there is no task '" + name + "'; known are "
                    + turn.flow.tasks().stream().map(Task::name).toList();
            turn.error(problem);
            Questions.ask(turn, Questions.Wording.SHORT);
            return;
        }
        if (turn.state.phase() == Phase.RUNNING) {
            Waiting.forTask(turn, name);
            return;
        }
        if (turn.state.effects().unsettled().isPresent()) {
            EffectRunning.refuseChanges(turn);
            return;
        }
        if (turn.state.agenda().closed()) {
            turn.state = turn.state.with(turn.state.slots().none());
        }
        String active = turn.state.agenda().active();
        if (!active.equals(name) && (isUnfinished(turn.flow, turn.state) || finds(turn, name, active))) {
            turn.state = turn.state.with(turn.state.agenda().leaving(active));
        }
        begin(turn, name);
    }

    /** Whether the search of this task finds what the active one asks for. */
    private static boolean finds(Turn turn, String search, String active) {
        Optional<String> key = turn.flow.task(search).flatMap(Task::search).map(Search::key);
        return turn.flow
                .task(active)
                .filter(task -> task.isTransaction()
                        && turn.state.agenda().isUnderWay()
                        && key.filter(task::takes).isPresent())
                .isPresent();
    }

    /** What was wanted before this was looked for, and needs it; empty: nothing was. */
    static Optional<Task<?>> wantedWith(Turn turn, String key) {
        Agenda agenda = turn.state.agenda();
        return turn.flow
                .task(agenda.left())
                .filter(task -> task.isTransaction()
                        && task.takes(key)
                        && !agenda.done().contains(task.name()));
    }

    /** Who would leave comes back to what was begun before something else, once; whether there is something. */
    static boolean comesBack(Turn turn) {
        Agenda agenda = turn.state.agenda();
        Optional<Task<?>> open = turn.flow
                .task(agenda.left())
                .filter(task -> !task.name().equals(agenda.active())
                        && !agenda.done().contains(task.name())
                        && !agenda.declined().contains(task.name()));
        if (turn.state.effects().unsettled().isPresent() || isHalfDone(turn)) {
            return false;
        }
        open.ifPresent(task -> {
            turn.state = turn.state.with(agenda.leaving(""));
            turn.say(about(turn, Phrase.STILL_OPEN, task));
            begin(turn, task.name());
        });
        return open.isPresent();
    }

    private static boolean isHalfDone(Turn turn) {
        return turn.task() != Task.NONE && turn.state.effects().finishedOfTask() > 0;
    }

    /** Begins it, or what must be done before. */
    static void begin(Turn turn, String name) {
        begin(turn, name, List.of());
    }

    private static void begin(Turn turn, String name, List<String> then) {
        Optional<String> first = turn.flow.task(name).flatMap(task -> before(turn, task));
        if (first.isPresent()) {
            List<String> waiting = new ArrayList<>(List.of(name));
            waiting.addAll(then);
            begin(turn, first.get(), waiting);
            return;
        }
        if (turn.state.agenda().left().equals(name)) {
            turn.state = turn.state.with(turn.state.agenda().leaving(""));
        }
        turn.state = turn.state
                .confirmingNothing()
                .offeringNothing()
                .with(turn.state.effects().forNextTask())
                .with(turn.state.agenda().start(name, then));
        turn.wishes = true;
        turn.progressed = true;
        SlotFilling.goOn(turn);
    }

    /**
     * Something else is over, and this was left unfinished; true when the answer waits for what runs here.
     *
     * @param why what leads back to it
     */
    static boolean comeBack(Turn turn, Reason why) {
        boolean runs = turn.state.phase() == Phase.RUNNING;
        if (why == Reason.INTERRUPTED) {
            Questions.resumeAloud(turn);
            return runs;
        }
        if (turn.task() != Task.NONE) {
            Phrase phrase = why == Reason.WAITED ? Phrase.WANTED_TOO : Phrase.STILL_OPEN;
            String words = about(turn, phrase, turn.task());
            if (runs) {
                turn.state = turn.state.with(turn.state.effects().keepFirst(new Utterance(words, false)));
            } else {
                turn.say(words);
            }
        }
        turn.wishes |= !Browsing.isUpToDate(turn);
        Questions.ask(turn, Questions.Wording.FULL);
        return runs;
    }

    private static String about(Turn turn, Phrase phrase, Task<?> task) {
        return turn.text(phrase, "task", FlowBuilder.inside(turn.language(), task.label()));
    }

    /** Whether it was begun with values and not ended; searches are over when they have found something. */
    static boolean isUnfinished(Flow<?> flow, FlowState state) {
        Agenda agenda = state.agenda();
        return flow.isService()
                && state.phase() == FlowState.Phase.COLLECTING
                && agenda.isUnderWay()
                && !agenda.closed()
                && flow.wanted(state).isTransaction()
                && flow.wanted(state).allSlots().stream()
                        .anyMatch(slot -> state.slots().has(slot.name()));
    }

    /** Whether other tasks come after it. */
    static boolean isFirst(Flow<?> flow, Task<?> task) {
        return flow.tasks().stream().anyMatch(other -> other.after().equals(Optional.of(task.name())));
    }

    /** A value by which something was identified has changed: what comes after that waits until it is identified anew. */
    static void unsettle(Turn turn, Slot<?> slot) {
        Agenda agenda = turn.state.agenda();
        Set<String> undone = turn.flow.tasks().stream()
                .filter(task -> agenda.settled().contains(task.name()) && task.takes(slot.name()))
                .map(Task::name)
                .collect(Collectors.toSet());
        if (!undone.isEmpty()) {
            turn.state = turn.state.with(agenda.unsettle(undone));
        }
    }

    /** Whether what must be done before the active task is done. */
    static boolean mayGoOn(Turn turn) {
        return before(turn, turn.task()).isEmpty();
    }

    /** What must be done before a task, and is not done. */
    private static Optional<String> before(Turn turn, Task<?> task) {
        return task.after().filter(first -> !turn.state.agenda().settled().contains(first));
    }

    /** What must be done before the active task goes first. */
    static void goBack(Turn turn) {
        begin(turn, turn.task().name(), turn.state.agenda().then());
    }

    /** What others come after is done: what it found and was given is known from now on, and what waits for it goes on. */
    static void settle(Turn turn, Task<?> task, Item item) {
        List<String> then = turn.state.agenda().then();
        Map<String, String> known = new HashMap<>(task.values(turn.state.slots()));
        known.putAll(item.values());
        SlotFilling.know(turn, known);
        turn.state = turn.state.with(turn.state.agenda().settle(task.name()));
        if (then.isEmpty()) {
            Questions.ask(turn, Questions.Wording.FULL);
        } else {
            begin(turn, then.getFirst(), then.subList(1, then.size()));
        }
    }

    /** Those of these slots that the flow has. */
    static Set<String> known(Turn turn, Set<String> slots) {
        return slots.stream().filter(slot -> turn.flow.slot(slot).isPresent()).collect(Collectors.toSet());
    }

    /** The tasks that take all of these; none where there is nothing to take. */
    static List<Task<?>> takers(Turn turn, Set<String> known) {
        return turn.flow.tasks().stream()
                .<Task<?>>map(task -> task)
                .filter(task -> !known.isEmpty() && takesAll(task, known))
                .toList();
    }

    /** What belongs to a finished transaction is forgotten. */
    static void forget(Turn turn) {
        turn.state = turn.state
                .with(turn.state.slots().none())
                .with(turn.state.effects().forNextTask());
    }

    /** Values that were given without a wish belong to the one task that takes them all. */
    static void startWhatTakes(Turn turn, Set<String> slots, boolean others) {
        Agenda agenda = turn.state.agenda();
        Set<String> known = known(turn, slots);
        if (known.isEmpty()) {
            return;
        }
        Optional<Task<?>> proposed = turn.flow.task(agenda.proposed()).filter(task -> takesAll(task, known));
        Optional<Task<?>> finder = others ? Optional.empty() : finder(turn, known);
        boolean open = agenda.waiting()
                ? takesAll(turn.task(), known)
                : !agenda.active().isEmpty();
        if (proposed.isPresent()) {
            beginWith(turn, proposed.get().name(), known);
        } else if (finder.isPresent()) {
            turn.state = turn.state.with(agenda.leaving(agenda.active()));
            begin(turn, finder.get().name());
        } else if (open) {
            turn.state = turn.state.with(agenda.resume());
        } else {
            List<Task<?>> candidates = others ? List.of() : takers(turn, known);
            if (candidates.size() == 1) {
                beginWith(turn, candidates.getFirst().name(), known);
            } else if (known.stream().anyMatch(turn.task()::takes)) {
                turn.state = turn.state.with(agenda.resume());
            } else if (!others && candidates.isEmpty() && agenda.active().isEmpty()) {
                takingMost(turn, known).ifPresent(task -> beginWith(turn, task.name(), known));
            }
        }
    }

    /** Of values that belong to no task alone, the task that takes most of them; a search before it, where that finds what it needs. */
    private static Optional<Task<?>> takingMost(Turn turn, Set<String> known) {
        Map<Task<?>, Long> taken = new LinkedHashMap<>();
        turn.flow
                .tasks()
                .forEach(task ->
                        taken.put(task, known.stream().filter(task::takes).count()));
        long most = taken.values().stream().mapToLong(Long::longValue).max().orElse(0);
        List<Task<?>> best = taken.entrySet().stream()
                .filter(task -> task.getValue() == most)
                .<Task<?>>map(Map.Entry::getKey)
                .toList();
        if (most < 2 || best.size() > 1) {
            return Optional.empty();
        }
        Task<?> wanted = best.getFirst();
        return turn.flow.tasks().stream()
                .<Task<?>>map(task -> task)
                .filter(task -> task.search()
                        .filter(search -> wanted.takes(search.key()) && !known.contains(search.key()))
                        .isPresent())
                .filter(task -> known.stream().anyMatch(name -> task.takes(name) && !wanted.takes(name)))
                .findFirst()
                .or(() -> Optional.of(wanted));
    }

    /** Who is asked which one, and says what it should be like, perhaps with more, is shown what there is: by the search that finds such ones. */
    private static Optional<Task<?>> finder(Turn turn, Set<String> known) {
        Task<?> active = turn.task();
        String asked = Questions.missing(turn).map(Slot::name).orElse("");
        Set<String> others = known.stream().filter(name -> !active.takes(name)).collect(Collectors.toSet());
        boolean answers = asked.isEmpty() || !active.isTransaction() || others.isEmpty();
        return answers || turn.state.phase() != Phase.COLLECTING
                ? Optional.empty()
                : turn.flow.tasks().stream()
                        .<Task<?>>map(task -> task)
                        .filter(task -> takesAll(task, others)
                                && task.search()
                                        .filter(search -> search.key().equals(asked))
                                        .isPresent())
                        .findFirst();
    }

    /** What belongs to a finished transaction is forgotten, except what the caller says now. */
    private static void beginWith(Turn turn, String name, Set<String> given) {
        if (turn.state.agenda().closed()) {
            turn.state = turn.state.with(turn.state.slots().only(given));
        }
        begin(turn, name);
    }

    private static boolean takesAll(Task<?> task, Set<String> slots) {
        return slots.stream().allMatch(task::takes);
    }

    /** After something was chosen: the transaction that fits best, unless the caller did not want it. */
    static void proposeNext(Turn turn) {
        Agenda agenda = turn.state.agenda();
        Set<String> known = new HashSet<>(turn.state.slots().values().keySet());
        agenda.item().ifPresent(item -> known.addAll(item.values().keySet()));
        Optional<Task<?>> next = turn.flow.tasks().stream()
                .<Task<?>>map(task -> task)
                .filter(task -> task.isTransaction()
                        && !isFirst(turn.flow, task)
                        && !agenda.declined().contains(task.name())
                        && !agenda.done().contains(task.name()))
                .max(Comparator.<Task<?>>comparingDouble(task -> covered(task, known))
                        .thenComparingInt(task -> task.slots().size()));
        if (next.isEmpty()) {
            turn.state = turn.state.with(agenda.rest());
        } else {
            propose(turn, next.get(), Phrase.PROPOSAL);
        }
        Questions.ask(turn, Questions.Wording.FULL);
    }

    /** Opens the question whether this shall begin. */
    static void propose(Turn turn, Task<?> task, Phrase phrase) {
        turn.state = turn.state.with(turn.state.agenda().propose(task.name()));
        Confirming.open(turn, Purpose.START, about(turn, phrase, task));
    }

    private static double covered(Task<?> task, Set<String> known) {
        long count = task.slots().stream()
                .filter(slot -> known.contains(slot.name()))
                .count();
        return count / (double) Math.max(1, task.slots().size());
    }

    /** Thanks and small talk: back to an open question, else to the question for more. */
    static void chat(Turn turn) {
        boolean nothingOpen = turn.flow.isService()
                && turn.state.phase() == Phase.COLLECTING
                && turn.state.confirmation().isEmpty()
                && turn.state.offer().isEmpty()
                && Questions.missing(turn).isEmpty();
        boolean nothingBegun = turn.flow.isService()
                ? nothingOpen && turn.state.agenda().equals(Agenda.EMPTY)
                : turn.flow.slots().isEmpty() && nothingAsked(turn);
        if (nothingBegun) {
            turn.progressed = true; // a greeting is answered with the first question, and is no sign of struggle
            Questions.ask(turn, Questions.Wording.FULL);
        } else if (nothingOpen) {
            turn.state = turn.state.with(turn.state.agenda().pause());
            Questions.ask(turn, Questions.Wording.FULL);
        } else {
            Questions.resume(turn);
        }
    }

    private static boolean nothingAsked(Turn turn) {
        return turn.state.inquiry().answered().isEmpty()
                && turn.state.repair().stuck().noMatches() == 0;
    }

    /** "No" to a proposal; "no, thank you" wants nothing else either. */
    static void decline(Turn turn) {
        if (turn.meant.thanks()) {
            turn.state = turn.state.confirmingNothing().with(turn.state.agenda().rest());
            Repairing.goodbye(turn);
            return;
        }
        Agenda agenda = turn.state.agenda();
        turn.state = turn.state.confirmingNothing().with(agenda.decline(agenda.proposed()));
        Questions.ask(turn, Questions.Wording.FULL);
    }

    /** It is done: nothing is wanted any more, and what is said next begins something new. */
    static void succeeded(Turn turn, Object value) {
        turn.state = turn.state.confirmingNothing().offeringNothing();
        Answering.waiting(turn);
        EffectRunning.tellCompletion(turn, value);
        Task<?> task = turn.task();
        if (task.undoes()) {
            Proposing.undone(turn, task);
        }
        List<String> then = turn.state.agenda().then();
        turn.state = turn.state.with(turn.state.agenda().finish(task.name())).with(Phase.COLLECTING);
        if (isFirst(turn.flow, task)) {
            turn.state = turn.state.with(turn.state.agenda().start(task.name(), then));
            settle(turn, task, turn.state.agenda().item().orElse(new Item(Map.of())));
        }
    }

    /** It is not done, but something like it can be. */
    static void offerAlternative(Turn turn, Item instead) {
        Task<?> task = turn.task();
        turn.state = turn.state.with(turn.state.agenda().offering(instead));
        Answering.waiting(turn);
        List<String> different = instead.values().entrySet().stream()
                .filter(value -> task.values(turn.state.slots()).containsKey(value.getKey()))
                .filter(value -> !turn.state
                        .slots()
                        .find(value.getKey())
                        .map(SlotValues.Value::normal)
                        .equals(Optional.of(value.getValue())))
                .map(value -> turn.flow
                        .slot(value.getKey())
                        .map(slot -> turn.listed(slot, turn.spoken(slot, value.getValue())))
                        .orElse(value.getValue()))
                .toList();
        Confirming.open(
                turn,
                Purpose.ALTERNATIVE,
                turn.text(Phrase.ALTERNATIVE, "values", turn.language().all(different)));
        Questions.ask(turn, Questions.Wording.FULL);
    }

    /** What was offered instead becomes what is wanted. */
    static void takeAlternative(Turn turn) {
        Task<?> task = turn.task();
        turn.state.agenda().alternative().ifPresent(instead -> {
            for (String name : task.values(turn.state.slots()).keySet()) {
                if (instead.values().containsKey(name)) {
                    turn.state = turn.state.with(turn.state
                            .slots()
                            .set(name, instead.values().get(name))
                            .checked(name, instead.values().get(name)));
                }
            }
        });
        turn.state = turn.state.confirmingNothing().with(turn.state.agenda().offeringNothing());
    }

    /** It is not done; the values stay for a caller who changes some of them. */
    static void refused(Turn turn, String reason) {
        Waiting.takeQuestions(turn);
        turn.does(new SystemAct.Failed(turn.task().name()));
        turn.say(reason.isBlank() ? turn.text(Phrase.FAILED) : reason);
        turn.state = turn.state.with(turn.state.agenda().pause());
        Confirming.askWhatToChange(turn);
    }
}
