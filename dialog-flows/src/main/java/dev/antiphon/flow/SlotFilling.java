package dev.antiphon.flow;

import dev.antiphon.flow.EffectProgress.Purpose;
import dev.antiphon.flow.EffectProgress.Running;
import dev.antiphon.flow.FlowState.Phase;
import dev.antiphon.flow.say.Line;
import dev.antiphon.flow.say.Phrase;
import dev.antiphon.flow.slot.Reading;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.slot.Spoken;
import dev.antiphon.flow.slot.Verdict;
import dev.antiphon.session.ToolOutcome;
import dev.antiphon.tier.Struggle.Signal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Takes values: reads them, has them checked, says what became of them and asks what is missing. */
final class SlotFilling {
    private static final Set<String> NO_VALUE = Set.of(
            "",
            "any",
            "null",
            "undefined",
            "nil",
            "none",
            "n/a",
            "unknown",
            "not provided",
            "not given",
            "not specified",
            "unspecified",
            "dontcare");

    private static final Pattern IN_FRONT_OR_BEHIND =
            Pattern.compile("^(?:the |die |den |das )|(?: one)?(?:[, ]+(?:please|bitte))?[.!?]*$");
    private static final Pattern WORD = Pattern.compile("\\p{L}{2}");

    /** Signs of templates, markup and code, and values without any letter or digit: no caller says them. */
    private static final Pattern NEVER_SAID =
            Pattern.compile("[{}<>\\[\\]|\\\\]|^(?:[Yy]{4}|[Hh]{2}:)|^[^\\p{L}\\p{N}]*$");

    private final Turn turn;
    private final Map<String, String> given;
    private final SlotChanges changes;
    private final SlotChecking checks;

    /** @param chosen which values the caller chose from what was offered */
    private SlotFilling(Turn turn, Map<String, String> given, Set<String> chosen) {
        this.turn = turn;
        this.given = given;
        this.changes = new SlotChanges(turn, given.keySet());
        this.checks = new SlotChecking(turn, changes, chosen);
    }

    /** Takes the values of one act. {@code fromOffer}: the caller chose from what was offered. */
    static void inform(Turn turn, Map<String, String> given, boolean fromOffer) {
        if (turn.state.phase() == Phase.RUNNING) {
            reportUnknown(turn, given);
            Waiting.forValues(turn, given);
        } else if (turn.state.phase() != Phase.COLLECTING) {
            alreadyDone(turn);
        } else if (turn.state.effects().unsettled().isPresent()) {
            EffectRunning.refuseChanges(turn);
        } else {
            new SlotFilling(turn, given, fromOffer ? given.keySet() : Set.of()).take();
        }
    }

    /** What the caller wants otherwise is done. */
    static void alreadyDone(Turn turn) {
        turn.say(Phrase.ALREADY_DONE);
        turn.flow
                .handOverTarget()
                .ifPresent(to ->
                        turn.say(Spoken.sentence(turn.text(Phrase.ASK_TARGET, "target", Repairing.the(turn, to)))));
        Questions.resume(turn);
    }

    /** The values that are others than those that are taken already. */
    static Map<String, String> changes(Turn turn, Map<String, String> given) {
        Map<String, String> changes = new HashMap<>();
        given.forEach((name, said) -> turn.flow
                .slot(name)
                .filter(slot -> !isTaken(turn, slot, said))
                .ifPresent(slot -> changes.put(name, said)));
        return changes;
    }

    private static <T> boolean isTaken(Turn turn, Slot<T> slot, String said) {
        return slot.type().read(said, turn.now) instanceof Reading.Understood<T> understood
                && turn.state
                        .slots()
                        .find(slot.name())
                        .map(SlotValues.Value::normal)
                        .equals(NormalForms.of(turn, slot, understood.value()));
    }

    /** Fills open slots with what is known of the caller, unless something runs or is done; what a slot cannot hold is reported and left out. */
    static void know(Turn turn, Map<String, String> values) {
        Map<String, String> slots = new HashMap<>(turn.state.slots().known().slots());
        Map<String, String> variables = new HashMap<>(turn.state.slots().known().variables());
        values.forEach((name, normal) -> turn.flow
                .slot(name)
                .ifPresentOrElse(
                        slot -> {
                            if (holds(turn, slot, normal)) {
                                slots.put(name, normal);
                            }
                        },
                        () -> variables.put(name, normal)));
        SlotValues.Known known = new SlotValues.Known(
                slots, variables, turn.state.slots().known().made());
        boolean mayFill = turn.state.phase() == Phase.COLLECTING
                && turn.state.effects().unsettled().isEmpty();
        turn.state = turn.state.with(
                mayFill ? turn.state.slots().knowing(known) : turn.state.slots().remembering(known));
    }

    private static boolean holds(Turn turn, Slot<?> slot, String normal) {
        try {
            slot.type().restore(normal);
            return true;
        } catch (RuntimeException e) {
            turn.fault("known value of slot " + slot.name(), e);
            return false;
        }
    }

    /** Goes on after a slot was left out: what waited for it can be checked now. */
    static void goOn(Turn turn) {
        new SlotFilling(turn, Map.of(), Set.of()).checkAndAsk();
    }

    /** What an author's rule that may wait has said. */
    static void verified(Turn turn, Running run, ToolOutcome outcome) {
        boolean agreed = run.purpose() == Purpose.AGREED_VALUE;
        Set<String> chosen = agreed || run.purpose() == Purpose.CHOSEN_VALUE ? Set.of(run.name()) : Set.of();
        Map<String, String> later = Waiting.takeValues(turn);
        SlotFilling filling = new SlotFilling(turn, later, chosen);
        turn.flow
                .slot(run.name())
                .filter(slot -> turn.state.slots().has(slot.name()))
                .ifPresent(slot -> {
                    filling.changes.news.add(slot.name());
                    if (agreed) {
                        filling.changes.agree(slot);
                    }
                    filling.checks.settled(slot, outcome);
                });
        turn.wishes |= turn.flow.isService() && !Browsing.isUpToDate(turn);
        if (later.isEmpty()) {
            filling.checkAndAsk();
        } else {
            filling.take();
        }
    }

    /** After a failed effect: the slot and what depends on it are open again. {@code exhausted}: so must be another one. */
    static void takeBack(Turn turn, Slot<?> slot, boolean exhausted) {
        SlotChanges changes = new SlotChanges(turn, Set.of());
        changes.remove(slot);
        if (exhausted) {
            changes.nothingLeft(slot);
        }
        changes.refusals.forEach(turn::refuse);
        if (!changes.dropped.isEmpty()) {
            turn.say(Phrase.NEEDED_AGAIN, "labels", turn.language().all(List.copyOf(changes.dropped)));
        }
    }

    private void take() {
        reportUnknown(turn, given);
        if (turn.state.agenda().closed()) {
            Set<String> known = Tasks.known(turn, given.keySet());
            List<Task<?>> takers = Tasks.takers(turn, known);
            boolean late = takers.stream()
                    .anyMatch(task ->
                            task.isTransaction() && turn.state.agenda().done().contains(task.name()));
            if (late) {
                turn.wishes = true;
                tellLate(takers);
                return;
            }
            if (takers.size() == 1 && !turn.meant.wantsOthers()) {
                Tasks.forget(turn);
            }
        }
        Optional<Browsing.Sought> offered = Browsing.offered(turn);
        for (Slot<?> slot : turn.flow.slots()) {
            Optional.ofNullable(given.get(slot.name())).ifPresent(said -> read(slot, said));
        }
        if (offered.filter(before -> Browsing.isNamed(turn, given.keySet(), before))
                .isPresent()) {
            checkNamed();
            return;
        }
        if (turn.flow.isService()) {
            boolean otherOnes =
                    turn.meant.wantsOthers() && given.keySet().stream().anyMatch(turn.task()::takes);
            turn.wishes |=
                    otherOnes || offered.filter(Browsing.sought(turn)::equals).isEmpty();
            Tasks.startWhatTakes(turn, given.keySet(), turn.meant.wantsOthers());
        }
        checkAndAsk();
    }

    /** Values of what is done, which stays as it is; another task may be what the caller needs. */
    private void tellLate(List<Task<?>> takers) {
        turn.flow.slots().stream()
                .filter(slot -> given.containsKey(slot.name()))
                .filter(slot -> !isEmpty(given.getOrDefault(slot.name(), "")))
                .filter(slot -> !isTaken(turn, slot, given.getOrDefault(slot.name(), "")))
                .forEach(changes::lock);
        if (changes.hasRefused()) {
            changes.tell();
            takers.stream()
                    .filter(task ->
                            task.isTransaction() && !turn.state.agenda().done().contains(task.name()))
                    .findFirst()
                    .ifPresent(task -> Tasks.propose(turn, task, Phrase.CAN_DO));
        }
        Questions.ask(turn, Questions.Wording.FULL);
    }

    private static boolean isEmpty(String said) {
        return NO_VALUE.contains(said.strip().toLowerCase(Locale.ROOT));
    }

    private void checkAndAsk() {
        if (turn.flow.isService() && turn.state.phase() == Phase.COLLECTING && !Tasks.mayGoOn(turn)) {
            changes.refusals.forEach(turn::refuse);
            Tasks.goBack(turn);
            return;
        }
        checks.all();
        if (changes.hasRefused()) {
            Confirming.again(turn);
        }
        changes.tell();
        if (turn.state.phase() == Phase.RUNNING) {
            return;
        }
        Questions.Wording wording = changes.refusals.isEmpty()
                ? afterNews()
                : Repairing.afterRefusal(turn, changes.refused, checks.failed());
        Repairing.askAgain(turn, wording);
    }

    /** The caller names one of what is offered, perhaps with more that is to be taken. */
    private void checkNamed() {
        String key = turn.task().search().map(Search::key).orElseThrow();
        checks.all();
        changes.tell();
        if (turn.state.phase() == Phase.RUNNING) {
            return;
        }
        if (turn.state.slots().has(key) && turn.state.offer().isEmpty()) {
            Browsing.takeNamed(turn);
        } else {
            Repairing.askAgain(turn, Repairing.afterRefusal(turn, changes.refused, checks.failed()));
        }
    }

    /** What was read back and is said once more, as in "yes, on Tuesday", needs no second read-back. */
    private Questions.Wording afterNews() {
        boolean nothingNew = changes.news.isEmpty() && turn.state.confirmation().isPresent();
        return nothingNew ? Questions.Wording.SHORT : Questions.Wording.FULL;
    }

    private static void reportUnknown(Turn turn, Map<String, String> given) {
        List<String> unknown = given.keySet().stream()
                .filter(name -> turn.flow.slot(name).isEmpty())
                .sorted()
                .limit(3)
                .map(name -> name.length() > 40 ? name.substring(0, 40) + "…" : name)
                .toList();
        if (!unknown.isEmpty()) {
            String problem = "unknown slots " + unknown + "; known are "
                    + turn.flow.slots().stream().map(Slot::name).toList();
            turn.struggle(Signal.TOOL_ERROR, problem);
            turn.error(problem);
            Confirming.again(turn);
        }
    }

    private <T> void read(Slot<T> slot, String said) {
        if (slot.isOptional()
                && turn.flow.isService()
                && turn.language().cues().indifferent().contains(said.strip().toLowerCase(Locale.ROOT))) {
            changes.remove(slot);
            turn.state = turn.state.with(turn.state.slots().skip(slot.name())).confirmingNothing();
            return;
        }
        Optional<T> meant = ofOffer(slot, said);
        if (meant.isPresent()) {
            understood(slot, meant.get());
            return;
        }
        switch (slot.type().read(said, turn.now)) {
            case Reading.Understood<T> understood -> understood(slot, understood.value());
            case Reading.Unsure<T> unsure -> unsure(slot, unsure.candidates());
            case Reading.Unclear<T> unclear -> {
                if (!isEmpty(said)) {
                    unclear(slot, unclear, said);
                }
            }
        }
    }

    /** Of what was asked back, the one value in whose words these stand: "the Canadian one" of two amounts in dollars. */
    private <T> Optional<T> ofOffer(Slot<T> slot, String said) {
        String part = IN_FRONT_OR_BEHIND
                .matcher(said.toLowerCase(Locale.ROOT).strip())
                .replaceAll("");
        List<String> meant = turn.state
                .offer()
                .filter(offer -> offer.slot().equals(slot.name())
                        && offer.clarifying()
                        && WORD.matcher(part).find())
                .map(offer -> offer.page().stream()
                        .filter(normal -> hasWords(turn.spoken(slot, normal).toLowerCase(Locale.ROOT), part))
                        .toList())
                .orElse(List.of());
        return meant.size() == 1 ? Optional.of(slot.type().restore(meant.getFirst())) : Optional.empty();
    }

    private static boolean hasWords(String words, String part) {
        return (" " + words.replace(",", " ") + " ").contains(" " + part + " ");
    }

    /** What the caller wants to change is not kept, even if the new value is none; a model's slip changes nothing. */
    private void unclear(Slot<?> slot, Reading.Unclear<?> unclear, String said) {
        if (unclear.malformed()) {
            turn.struggle(Signal.TOOL_ERROR, "value of " + slot.name() + " is not in its form");
        }
        if (unclear.malformed() && NEVER_SAID.matcher(said).find()) {
            turn.error("the value of " + slot.name() + " must be the caller's words or as its schema says"
                    + slot.neverSaid(said).map(sign -> ", but has " + sign).orElse(""));
            turn.state = turn.state.with(turn.state.repair().stuck().rejected(slot.name()));
            Confirming.again(turn);
            return;
        }
        if (turn.state.effects().finishedOfTask() == 0) {
            changes.remove(slot);
        }
        Line why = slot.refusal(said, unclear.line());
        changes.refuseNaming(slot, why.in(turn.language(), "label", slot.label()));
        changes.leaveOut(slot);
    }

    /** Asks which one is meant, of those that are possible; one alone needs no question. */
    private <T> void unsure(Slot<T> slot, List<T> candidates) {
        List<T> possible = candidates.stream()
                .filter(each -> !(slot.judgeAlone(each, turn.now, turn.language()) instanceof Verdict.Reject<T>))
                .toList();
        if (possible.size() > 1 && turn.state.effects().finishedOfTask() == 0) {
            changes.remove(slot);
            changes.clarify(slot, possible);
        } else {
            understood(slot, possible.isEmpty() ? candidates.getFirst() : possible.getFirst());
        }
    }

    private <T> void understood(Slot<T> slot, T value) {
        Optional<String> normal = NormalForms.of(turn, slot, value);
        if (normal.isEmpty()) {
            changes.refuse(slot, turn.text(Phrase.CANNOT_TAKE, "label", slot.label()));
        } else if (turn.state.effects().finishedOfTask() > 0
                && turn.state.slots().has(slot.name())) {
            changes.lock(slot);
        } else {
            alone(slot, value, normal.get());
        }
    }

    private <T> void alone(Slot<T> slot, T value, String normal) {
        boolean agreed = isAgreed(slot, normal);
        Proposing.named(turn, slot, normal);
        Optional<String> old = turn.state.slots().find(slot.name()).map(SlotValues.Value::normal);
        boolean corrects = old.isPresent() && !old.get().equals(normal);
        if (corrects) {
            Tasks.unsettle(turn, slot);
            changes.corrected.add(slot.name());
            turn.struggle(Signal.CORRECTION, slot.name());
        }
        if (slot.judgeAlone(value, turn.now, turn.language()) instanceof Verdict.Reject<T> rejected) {
            changes.remove(slot);
            changes.refuseNaming(slot, rejected.reason());
        } else if (!old.equals(Optional.of(normal))) {
            turn.state = turn.state.with(turn.state.slots().set(slot.name(), normal));
            changes.news.add(slot.name());
            if (agreed) {
                changes.agree(slot);
            }
            changes.dropDependents(slot, corrects);
        }
        changes.closeOffer(slot);
    }

    /** Whether the caller was just asked whether it is this one, and has heard that. */
    private boolean isAgreed(Slot<?> slot, String normal) {
        return Questions.wasHeard(turn)
                && turn.state
                        .offer()
                        .filter(asked -> asked.slot().equals(slot.name())
                                && asked.clarifying()
                                && asked.options().equals(List.of(normal)))
                        .isPresent();
    }
}
