package dev.antiphon.flow;

import dev.antiphon.flow.EffectProgress.Purpose;
import dev.antiphon.flow.EffectProgress.Running;
import dev.antiphon.flow.FlowState.Phase;
import dev.antiphon.flow.say.Phrase;
import dev.antiphon.flow.slot.ChoiceType;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.slot.Spoken;
import dev.antiphon.session.Conversation.EffectPolicy;
import dev.antiphon.tier.Struggle.Signal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Searches: when they run, what of their results is offered, what an accepted offer means. */
final class Browsing {
    private static final int MAX_ITEMS = 50;

    private Browsing() {}

    /** What a search is asked for: the values it takes, and which of its slots may have any. */
    record Sought(Map<String, String> values, Set<String> any) {
        private Sought without(String name) {
            Map<String, String> others = new HashMap<>(values);
            others.remove(name);
            return new Sought(others, any);
        }
    }

    /** What the wanted task would be asked for now. */
    static Sought sought(Turn turn) {
        Task<?> task = turn.task();
        Set<String> any =
                turn.state.slots().skipped().stream().filter(task::takes).collect(Collectors.toSet());
        return new Sought(task.values(turn.state.slots()), any);
    }

    /** What was looked up for the open offer; empty when none is open. */
    static Optional<Sought> offered(Turn turn) {
        boolean open = turn.flow.isService()
                && turn.task().search().isPresent()
                && !Questions.isIdle(turn)
                && Questions.missing(turn).isEmpty()
                && turn.state
                        .agenda()
                        .findings()
                        .filter(found -> found.task().equals(turn.task().name()))
                        .filter(found -> !found.page().isEmpty())
                        .isPresent();
        return open ? Optional.of(sought(turn)) : Optional.empty();
    }

    /**
     * Whether these values name one item by its key, while the offer of others with the same wishes is open.
     *
     * @param given names of slots
     * @param before what was looked up for the open offer
     */
    static boolean isNamed(Turn turn, Set<String> given, Sought before) {
        String key = turn.task().search().map(Search::key).orElse("");
        return given.contains(key)
                && !turn.task().takes(key) // which is a wish, and looked up
                && turn.state.slots().has(key)
                && before.without(key).equals(sought(turn).without(key));
    }

    /** Takes the item that the caller has named; one that was not found is not passed off as found. */
    static void takeNamed(Turn turn) {
        Task<?> task = turn.task();
        String key = task.search().orElseThrow().key();
        String named = turn.state.slots().find(key).orElseThrow().normal();
        Findings findings = turn.state.agenda().findings().orElseThrow();
        OptionalInt place = IntStream.range(0, findings.items().size())
                .filter(i -> findings.items()
                        .get(i)
                        .find(key)
                        .filter(named::equalsIgnoreCase)
                        .isPresent())
                .findFirst();
        turn.wishes = false;
        if (place.isPresent()) {
            Findings next = findings.naming(place.getAsInt(), task.name() + ":" + named);
            turn.state = turn.state.with(turn.state.agenda().found(next));
            turn.picks();
            accepted(turn, task, next.offer().getFirst());
            Questions.ask(turn, Questions.Wording.FULL);
        } else {
            notFound(turn, task, named, findings);
        }
    }

    private static void accepted(Turn turn, Task<?> task, Item item) {
        Repairing.accepted(turn, task);
        chosen(turn, task, item);
    }

    /** Who names one of a known list wants that one; what else was said may have been misheard, so that the offer stays. */
    private static void notFound(Turn turn, Task<?> task, String named, Findings findings) {
        String key = task.search().orElseThrow().key();
        boolean earlier = findings.offered().contains(task.name() + ":" + named);
        if (!earlier) {
            turn.say(Phrase.NOT_AMONG_FOUND, "value", Spoken.sentence(turn.spokenAs(key, named)));
        }
        boolean known = turn.flow
                .slot(key)
                .filter(slot -> slot.type() instanceof ChoiceType)
                .isPresent();
        boolean isTaken = turn.flow.tasks().stream().anyMatch(other -> other.isTransaction() && other.takes(key));
        if (isTaken && (earlier || known)) {
            turn.picks();
            turn.state = turn.state.with(turn.state.agenda().aboutNothing());
            Tasks.proposeNext(turn);
        } else {
            Questions.ask(turn, Questions.Wording.FULL);
        }
    }

    /** Whether what the wanted search found last is what it would be asked for now. */
    static boolean isUpToDate(Turn turn) {
        return turn.state
                .agenda()
                .findings()
                .filter(found -> found.task().equals(turn.task().name())
                        && found.sought().equals(sought(turn).values()))
                .isPresent();
    }

    /** Looks it up when the caller wants something new; what was found is left as it is otherwise. */
    static void lookUp(Turn turn) {
        if (!turn.wishes) {
            return;
        }
        turn.wishes = false;
        Task<?> task = turn.task();
        int revision = turn.state.effects().started() + 1;
        String effectId = task.name() + "#" + revision;
        Callable<List<Item>> work;
        try {
            work = task.lookUp(turn.state.slots(), turn.slots());
        } catch (RuntimeException e) {
            turn.fault("values of search " + task.name(), e);
            nothing(turn);
            return;
        }
        EffectPolicy policy = task.search().orElseThrow().policy();
        turn.state = turn.state
                .with(Phase.RUNNING)
                .with(turn.state.effects().start(new Running(effectId, task.name(), revision, Purpose.TASK, policy)));
        turn.effect(new FlowEffect.Run(effectId, task.name(), revision, policy, work));
    }

    /** Offers what was not offered before, else the first that was not refused, and says so. */
    static void found(Turn turn, Object value) {
        List<Item> items = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.stream()
                    .filter(Item.class::isInstance)
                    .map(Item.class::cast)
                    .limit(MAX_ITEMS)
                    .forEach(items::add);
        }
        Task<?> task = turn.task();
        Optional<Findings> before = turn.state.agenda().findings();
        namedFirst(turn, task, items, before);
        Findings findings = Findings.of(task.name(), sought(turn).values(), items, before);
        Answering.waiting(turn);
        if (items.isEmpty()) {
            turn.state = turn.state.with(turn.state.agenda().found(findings));
            nothing(turn);
            return;
        }
        Search<?> search = task.search().orElseThrow();
        if (items.size() == 1 && search.takesTheOnlyOne()) {
            offer(turn, findings, List.of(0));
            search.wording().ifPresent(words -> turn.say(told(turn, search, items.getFirst())));
            Repairing.accepted(turn, task);
            chosen(turn, task, items.getFirst());
            return;
        }
        List<Integer> page = fresh(task, findings);
        if (page.isEmpty()) {
            if (!sought(turn).values().containsKey(search.key())) { // who has named one wants nothing else
                turn.say(Phrase.FOUND_NOTHING_ELSE);
            }
            page = again(task, findings);
        }
        if (page.isEmpty()) {
            turn.state = turn.state.with(turn.state.agenda().found(findings));
            nothingElse(turn, task);
            return;
        }
        offer(turn, findings, page);
        if (items.size() > 1) {
            turn.does(new SystemAct.Counts(items.size()));
        }
        Questions.ask(turn, Questions.Wording.FULL);
    }

    /** Who has named one already is offered that one first, unless it was offered before. */
    private static void namedFirst(Turn turn, Task<?> task, List<Item> items, Optional<Findings> before) {
        String key = task.search().orElseThrow().key();
        Optional<String> named = turn.state.slots().find(key).map(SlotValues.Value::normal);
        items.stream()
                .filter(item -> named.isPresent() && item.find(key).equals(named))
                .filter(item -> before.filter(found -> found.offered().contains(key(task, item)))
                        .isEmpty())
                .findFirst()
                .ifPresent(item -> {
                    items.remove(item);
                    items.addFirst(item);
                });
    }

    /** All that was found was refused, or offered already: other wishes may find more. */
    private static void nothingElse(Turn turn, Task<?> task) {
        turn.does(new SystemAct.Failed(task.name()));
        turn.state = turn.state.confirmingNothing().with(turn.state.agenda().pause());
        boolean canChange = turn.task() == task
                && task.allSlots().stream().anyMatch(slot -> turn.state.slots().has(slot.name()));
        if (canChange) {
            Confirming.askWhatToChange(turn);
        } else {
            Questions.ask(turn, Questions.Wording.FULL);
        }
    }

    private static void nothing(Turn turn) {
        turn.does(new SystemAct.Failed(turn.task().name()));
        turn.say(Phrase.FOUND_NOTHING);
        if (turn.task().search().filter(Search::takesTheOnlyOne).isPresent()) {
            askAnew(turn, turn.task());
            return;
        }
        turn.state = turn.state.with(turn.state.agenda().pause());
        Questions.ask(turn, Questions.Wording.FULL);
    }

    /** What was to identify something identified nothing: it is asked for again. */
    private static void askAnew(Turn turn, Task<?> task) {
        Slot<?> first = task.slots().getFirst();
        task.slots()
                .forEach(slot -> turn.state = turn.state.with(turn.state.slots().drop(slot.name())));
        Repairing.askAgain(turn, Repairing.afterRefusal(turn, task, first, false));
    }

    /** Something else than what was offered: the next, or a new search when the wishes changed. */
    static void more(Turn turn) {
        Optional<Findings> findings = turn.state.agenda().findings();
        if (turn.state.phase() != Phase.COLLECTING || findings.isEmpty()) {
            Questions.ask(turn, Questions.Wording.FULL);
            return;
        }
        Task<?> task = turn.flow.task(findings.get().task()).orElse(Task.NONE);
        Findings left = refused(task, findings.get());
        turn.state = turn.state.with(turn.state.agenda().knowing(left));
        if (turn.wishes) {
            Agenda agenda = turn.state.agenda();
            boolean elsewhere = turn.task().search().isEmpty();
            turn.state = turn.state.confirmingNothing().with(elsewhere ? agenda.start(task.name()) : agenda.resume());
            Questions.ask(turn, Questions.Wording.FULL);
            return;
        }
        List<Integer> fresh = fresh(task, left);
        List<Integer> page = fresh.isEmpty() ? again(task, left) : fresh;
        if (page.isEmpty()) {
            turn.say(noMore(turn, task, left.items().size()));
            nothingElse(turn, task);
            return;
        }
        turn.state = turn.state.confirmingNothing().with(turn.state.agenda().start(task.name()));
        offer(turn, left, page);
        Questions.ask(turn, Questions.Wording.FULL);
    }

    /** Nobody but the author knows whether there is more than a search gives. */
    private static String noMore(Turn turn, Task<?> task, int items) {
        boolean isAll = items < MAX_ITEMS && task.search().filter(Search::isAll).isPresent();
        return isAll ? turn.text(Phrase.THAT_IS_ALL) : turn.text(Phrase.THE_BEST, "count", items);
    }

    /** What is being offered is not wanted. */
    private static Findings refused(Task<?> task, Findings findings) {
        return findings.refusing(
                findings.offer().stream().map(item -> key(task, item)).collect(Collectors.toSet()));
    }

    /** The next item that was offered, but not refused. */
    private static List<Integer> again(Task<?> task, Findings findings) {
        return IntStream.range(findings.next(), findings.items().size())
                .filter(i -> !findings.isRefused(key(task, findings.items().get(i))))
                .boxed()
                .limit(1)
                .toList();
    }

    /** The next items that were not offered in this call, as many as one offer names. */
    private static List<Integer> fresh(Task<?> task, Findings findings) {
        Search<?> search = task.search().orElseThrow();
        Set<String> known = new HashSet<>(findings.offered());
        List<Integer> page = new ArrayList<>();
        for (int i = findings.next(); i < findings.items().size() && page.size() < search.page(); i++) {
            if (known.add(key(task, findings.items().get(i)))) {
                page.add(i);
            }
        }
        return page;
    }

    private static String key(Task<?> task, Item item) {
        return task.name() + ":" + item.find(task.search().orElseThrow().key()).orElse(item.toString());
    }

    private static void offer(Turn turn, Findings findings, List<Integer> page) {
        Task<?> task = turn.flow.task(findings.task()).orElse(Task.NONE);
        Set<String> keys = new HashSet<>();
        page.forEach(i -> keys.add(key(task, findings.items().get(i))));
        turn.state = turn.state.with(turn.state.agenda().found(findings.offering(page, keys)));
    }

    /** Whether one item that was found is the open question, and the caller has no other wish. */
    static boolean offersOne(Turn turn) {
        return turn.flow.isService()
                && !turn.wishes
                && !Questions.isIdle(turn)
                && turn.task().search().isPresent()
                && Questions.missing(turn).isEmpty()
                && turn.state
                        .agenda()
                        .findings()
                        .filter(found -> found.page().size() == 1)
                        .isPresent();
    }

    /** Takes an item of the offer, from 1: the values that other tasks need become the caller's. */
    static void select(Turn turn, int option) {
        Agenda agenda = turn.state.agenda();
        List<Item> offer = agenda.findings().map(Findings::offer).orElse(List.of());
        if (turn.state.phase() != Phase.COLLECTING || offer.isEmpty()) {
            Questions.resume(turn);
            return;
        }
        if (option < 1 || option > offer.size()) {
            String problem = "option must be between 1 and " + offer.size() + ", but was " + option;
            turn.struggle(Signal.TOOL_ERROR, problem);
            turn.error(problem);
            Questions.ask(turn, Questions.Wording.FULL);
            return;
        }
        Task<?> task = turn.flow.task(agenda.findings().orElseThrow().task()).orElse(Task.NONE);
        chosen(turn, task, offer.get(option - 1));
    }

    private static void chosen(Turn turn, Task<?> task, Item item) {
        turn.state = turn.state.confirmingNothing().with(turn.state.agenda().about(item));
        if (Tasks.isFirst(turn.flow, task)) {
            Tasks.settle(turn, task, item);
            return;
        }
        turn.state = turn.state.with(turn.state.agenda().reach(task.name()));
        take(turn, task, item);
        if (!turn.wishes) {
            Tasks.wantedWith(turn, task.search().orElseThrow().key())
                    .ifPresentOrElse(wanted -> Tasks.begin(turn, wanted.name()), () -> Tasks.proposeNext(turn));
        }
    }

    private static void take(Turn turn, Task<?> task, Item item) {
        Search<?> search = task.search().orElseThrow();
        for (String name : search.tells()) {
            Optional<String> value = item.find(name);
            if (value.isPresent() && isNeeded(turn.flow, search, name)) {
                turn.state = turn.state.with(
                        turn.state.slots().set(name, value.get()).checked(name, value.get()));
            }
        }
    }

    /** What some task asks for, or has a usual value for; and what tells the items apart, where some task takes it. */
    private static boolean isNeeded(Flow<?> flow, Search<?> search, String name) {
        return flow.tasks().stream().anyMatch(task -> {
            boolean asked = task.slots().stream().map(Slot::name).anyMatch(name::equals);
            boolean usual = task.isTransaction()
                    && task.extras().stream()
                            .anyMatch(extra -> extra.slot().name().equals(name)
                                    && extra.usual().isPresent());
            return asked || usual || (search.key().equals(name) && task.takes(name));
        });
    }

    /** The offer as an act. */
    static void asked(Turn turn, Questions.Wording wording) {
        Optional<Findings> findings = turn.state.agenda().findings();
        if (wording != Questions.Wording.SHORT
                && findings.isPresent()
                && !findings.get().page().isEmpty()) {
            Search<?> search =
                    turn.flow.task(findings.get().task()).flatMap(Task::search).orElseThrow();
            turn.does(new SystemAct.Offers(findings.get().offer(), search.tells()));
        }
    }

    /** The offer in words. */
    static String question(Turn turn) {
        Optional<Findings> findings = turn.state.agenda().findings();
        if (findings.isEmpty() || findings.get().page().isEmpty()) {
            return "";
        }
        Task<?> task = turn.flow.task(findings.get().task()).orElse(Task.NONE);
        List<String> told = findings.get().offer().stream()
                .map(item -> told(turn, task.search().orElseThrow(), item))
                .toList();
        turn.options(told);
        return turn.text(
                told.size() == 1 ? Phrase.FOUND_ONE : Phrase.FOUND_SEVERAL,
                "items",
                turn.language().either(told));
    }

    private static String told(Turn turn, Search<?> search, Item item) {
        Optional<Function<Item, Saying>> wording = search.wording();
        if (wording.isPresent()) {
            try {
                return wording.get().apply(item).in(turn.language()).text();
            } catch (RuntimeException e) {
                turn.fault("words for what search " + search.key() + " found", e);
            }
        }
        return String.join(
                ", ",
                search.tells().stream()
                        .flatMap(name -> item.find(name).stream().map(value -> turn.spokenAs(name, value)))
                        .toList());
    }
}
