package dev.antiphon.flow;

import dev.antiphon.flow.FlowEffect.Reply;
import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.say.Phrase;
import dev.antiphon.flow.slot.DurationType;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.slot.Slots;
import dev.antiphon.flow.slot.YesNoType;
import dev.antiphon.session.Conversation.Speech;
import dev.antiphon.session.Outcome;
import dev.antiphon.tier.Struggle;
import dev.antiphon.tier.Struggle.Signal;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The work on one event: the state so far, what is to be said, what is to be done. Lives for one step, on one thread. */
final class Turn {
    private static final Pattern HAS_WORD = Pattern.compile("\\p{L}{2}");

    final Flow<?> flow;
    final ZonedDateTime now;
    final Meant meant;
    FlowState state;
    /** Whether the caller gave something new: then the same question again is no sign of struggle. */
    boolean progressed;
    /** Whether the caller wants something new of a search. */
    boolean wishes;

    /** Whether the caller has named what is taken of an offer, so that a yes or no beside it says nothing else. */
    private boolean picked;

    private Language language;
    private Optional<String> rephrased = Optional.empty();
    private boolean leftOut;
    private boolean together;
    private Optional<Questions.Wording> postponed = Optional.empty();
    private final AuthorWords authorWords = new AuthorWords();
    private final List<SystemAct> acts = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final List<FlowEffect> effects = new ArrayList<>();
    private boolean verbatim;
    private boolean interruptible = true;
    private List<String> options = List.of();
    private OptionalInt confirmRevision = OptionalInt.empty();
    private boolean end;
    private Optional<String> error = Optional.empty();
    private boolean aside;
    /** Whether the caller hears something else now. */
    private boolean whileOthersSpeak;

    private final List<String> unheard = new ArrayList<>();
    /** The question that the model was to choose an answer for, when it did not. */
    private Optional<String> leftOpen = Optional.empty();

    private final int noMatchesBefore;
    private final boolean asked;

    /** @param meant what the caller meant; empty when something else happened */
    Turn(Flow<?> flow, FlowState state, List<DialogueAct> meant, ZonedDateTime now) {
        this.flow = flow;
        this.language = flow.language();
        this.state = state;
        this.meant = new Meant(meant);
        this.now = now;
        this.noMatchesBefore = state.repair().stuck().noMatches();
        this.asked = Questions.wasHeard(this);
    }

    /** How many turns in a row were not understood before this one. */
    int noMatchesBefore() {
        return noMatchesBefore;
    }

    /** Whether the agent had said the question to its end that was open when the turn began. */
    boolean wasAsked() {
        return asked;
    }

    /** What is wanted now; {@link Task#NONE} when nothing is. */
    Task<?> task() {
        return flow.wanted(state);
    }

    /** Several acts are taken before anything is asked. {@code aside}: and nobody hears what comes of them. */
    void together(boolean unheard) {
        together = true;
        aside = unheard;
    }

    /** What is said now is not heard, since something else is spoken of; why values were not taken is told later. */
    void whileOthersSpeak() {
        whileOthersSpeak = true;
    }

    /** Whether a question may be left to the model: the turn is heard, the caller stays, and it was not left before. */
    boolean mayChoose(String question) {
        return together
                && !aside
                && leftOpen.filter(left -> Repair.letters(left).equals(Repair.letters(question)))
                        .isEmpty()
                && meant.goesOn();
    }

    /** The fullest wording of the questions that waited; none waits any more. */
    Optional<Questions.Wording> takePostponed() {
        together = false;
        Optional<Questions.Wording> waited = postponed;
        postponed = Optional.empty();
        return waited;
    }

    /** What was to be said; it is not said any more. */
    Utterance takeWords() {
        Utterance words = new Utterance(String.join(" ", lines), verbatim, interruptible);
        lines.clear();
        return words;
    }

    /** Whether a question must wait for the other acts of the turn; the fullest wording is remembered. */
    boolean postpones(Questions.Wording wording) {
        if (together) {
            postponed = Optional.of(
                    postponed.filter(earlier -> earlier.compareTo(wording) < 0).orElse(wording));
        }
        return together;
    }

    /** All acts are taken. */
    void askPostponed() {
        Optional<Questions.Wording> waited = takePostponed();
        if (!aside && state.phase() != FlowState.Phase.ENDED) {
            waited.ifPresent(wording -> Questions.ask(this, wording));
        }
    }

    /** The caller has named one that is offered. */
    void picks() {
        picked = true;
    }

    /** Whether this act says nothing besides, as in "no, the Greek one". */
    boolean isSaidByPicking(DialogueAct act) {
        return picked
                && (act instanceof DialogueAct.Affirm
                        || act instanceof DialogueAct.Negate
                        || act instanceof DialogueAct.Select
                        || act instanceof DialogueAct.RequestAlternatives);
    }

    /** A rung of the ladder asks in these words. */
    void rephrase(String question) {
        rephrased = Optional.of(question);
    }

    /** The words of a rung of the ladder for what is asked next. */
    Optional<String> rephrased() {
        return rephrased;
    }

    /** A rung of the ladder leaves an optional slot out. */
    void leaveOut(Slot<?> slot) {
        state = state.with(state.slots().skip(slot.name()))
                .with(state.repair().stuck().accepted(slot.name()))
                .offeringNothing();
        leftOut = true;
    }

    /** Whether a slot was left out since this was last asked. */
    boolean leftOut() {
        boolean now = leftOut;
        leftOut = false;
        return now;
    }

    /** The model was to choose an answer to this question and did something else. */
    void leftOpen(String question) {
        leftOpen = Optional.of(question);
    }

    /** What the agent is given to say, as an act. */
    void does(SystemAct act) {
        acts.add(act);
    }

    /** The values so far, typed. */
    Slots slots() {
        return new TypedSlots(state.slots());
    }

    /** The spoken form of a filled slot. */
    Optional<String> spoken(Slot<?> slot) {
        return state.slots().find(slot.name()).map(value -> spoken(slot, value.normal()));
    }

    /** A value in a sentence; without one, any will do. */
    String told(String name, Optional<String> normal) {
        String label = label(name);
        return normal.map(value -> text(Phrase.VALUE, "label", label, "value", spokenAs(name, value)))
                .orElseGet(() -> text(Phrase.ANY_VALUE, "label", label));
    }

    /** A value among others: with its name when its words alone would not tell what it is, as those of a day do. */
    String listed(Slot<?> slot, String words) {
        boolean tells = HAS_WORD.matcher(words).find()
                && !(slot.type() instanceof YesNoType)
                && !(slot.type() instanceof DurationType);
        return tells ? words : text(Phrase.NAMED_VALUE, "label", slot.label(), "value", words);
    }

    /** What a value is called in sentences. */
    String label(String name) {
        return flow.slot(name).map(Slot::label).orElse(name.replace('_', ' '));
    }

    /** How a normal form is spoken; names that are no slots have their words already. */
    String spokenAs(String name, String normal) {
        return flow.slot(name).map(slot -> spoken(slot, normal)).orElse(normal);
    }

    /** How a normal form is spoken. */
    <T> String spoken(Slot<T> slot, String normal) {
        return slot.type().spoken(slot.type().restore(normal), language());
    }

    /** What an author lets the agent say: values that slots hold are spoken as those speak them. */
    Utterance words(Saying saying) {
        return AuthorWords.of(this, saying);
    }

    /** The author's read-back of the values so far, worded once in a step; empty when the author's code throws, which is reported. */
    Optional<Utterance> readBack() {
        return authorWords.readBack(this);
    }

    /** What the flow speaks. */
    Language language() {
        if (!language.isOn(state.today())) {
            language = flow.language().on(state.today());
        }
        return language;
    }

    /** A phrase in the flow's language: name, value, name, value … */
    String text(Phrase phrase, Object... namesAndValues) {
        return language().text(phrase, namesAndValues);
    }

    /** A phrase in the flow's language: name, value, name, value … */
    void say(Phrase phrase, Object... namesAndValues) {
        say(text(phrase, namesAndValues));
    }

    void say(String words) {
        if (!words.isBlank()) {
            lines.add(words.strip());
        }
    }

    /** Says new values in one sentence, also with those that were said earlier in the step or wait to be said. */
    void acknowledge(List<String> values) {
        Acknowledgement next = Acknowledgement.of(language(), values);
        for (int i = 0; i < lines.size(); i++) {
            Optional<String> both = next.after(lines.get(i), this::amongOthers);
            if (both.isPresent()) {
                lines.set(i, both.get());
                return;
            }
        }
        List<Utterance> kept = state.effects().kept();
        Optional<String> both =
                kept.isEmpty() ? Optional.empty() : next.after(kept.getLast().text(), this::amongOthers);
        if (both.isPresent()) {
            state = state.with(state.effects().keepingInstead(both.get()));
        } else {
            say(next.sentence());
        }
    }

    /** What was said alone ("3") gets its name when others follow ("guests 3"). */
    private String amongOthers(String earlier) {
        return flow.slots().stream()
                .filter(slot -> spoken(slot).filter(earlier::equals).isPresent())
                .map(slot -> listed(slot, earlier))
                .findFirst()
                .orElse(earlier);
    }

    /** Whether values were said already that what is said next joins. */
    boolean acknowledged() {
        Acknowledgement any = Acknowledgement.of(language(), List.of());
        return Stream.concat(lines.stream(), state.effects().kept().stream().map(Utterance::text))
                .anyMatch(words -> any.after(words, alone -> alone).isPresent());
    }

    /** Says why a value was not taken; where nobody hears it now, it is told when what it is for begins. */
    void refuse(String reason) {
        say(reason);
        if (aside || whileOthersSpeak) {
            unheard.add(reason);
        }
    }

    /** What nobody has heard waits in the state for the caller's next turn here, or for what runs. */
    void keepUnheard() {
        if (!unheard.isEmpty()
                && (state.phase() == FlowState.Phase.COLLECTING || state.phase() == FlowState.Phase.RUNNING)) {
            state = state.with(state.effects().keep(new Utterance(String.join(" ", unheard), false)));
        }
    }

    /** Says what was kept so, unless the caller has given other values by now. */
    void sayUnheard() {
        List<Utterance> kept = state.effects().kept();
        if (kept.isEmpty() || aside || state.phase() != FlowState.Phase.COLLECTING) {
            return;
        }
        state = state.with(state.effects().released());
        if (!meant.informs()) {
            kept.forEach(this::say);
        }
    }

    void say(Utterance utterance) {
        say(utterance.text());
        verbatim |= utterance.verbatim();
        interruptible &= utterance.interruptible();
    }

    /** What is said in this step must be heard whole. */
    void uninterrupted() {
        interruptible = false;
    }

    /** Whether these words are among those that are to be said. */
    boolean isSaying(String words) {
        return !words.isBlank() && lines.stream().anyMatch(line -> line.contains(words));
    }

    boolean silent() {
        return lines.isEmpty();
    }

    void options(List<String> all) {
        options = all;
    }

    void confirmRevision(int revision) {
        confirmRevision = OptionalInt.of(revision);
    }

    void error(String problem) {
        error = Optional.of(problem);
    }

    void closing() {
        end = true;
    }

    void end(Outcome outcome) {
        state = state.ended(outcome);
        end = true;
        effects.add(new FlowEffect.End(outcome));
    }

    void struggle(Signal signal, String detail) {
        effects.add(new FlowEffect.Report(new Struggle(signal, detail)));
    }

    void fault(String where, Throwable cause) {
        effects.add(new FlowEffect.Fault(where, cause));
    }

    void effect(FlowEffect effect) {
        effects.add(effect);
    }

    /** Whether something began to run in this step. */
    boolean beginsWork() {
        return effects.stream().anyMatch(FlowEffect.Run.class::isInstance);
    }

    /** Ends the step with nothing said. */
    Transition transition() {
        return new Transition(state, effects, acts);
    }

    /** Ends the step by saying it without a caller turn. */
    Transition speak() {
        if (!lines.isEmpty()) {
            String words = words();
            remember(words);
            state = state.with(state.repair().spokeByItself().aboutToBeSpoken());
            effects.addFirst(new FlowEffect.Say(new Speech(words, verbatim, interruptible)));
        }
        return transition();
    }

    /** Ends the step by answering a call. */
    Transition answer(String callId) {
        effects.addFirst(new FlowEffect.Answer(callId, reply()));
        return transition();
    }

    /** Ends the step without an answer: it comes when the running effect has settled. */
    Transition hold(String callId) {
        state = state.with(state.effects().hold(callId));
        return holdOn();
    }

    /** Ends the step while something runs: what is said waits for it. */
    Transition holdOn() {
        if (!lines.isEmpty()) {
            state = state.with(state.effects().keep(takeWords()));
        }
        return transition();
    }

    /** Ends the step with words that wait until the model has chosen an answer: it is being asked, and says nothing before. */
    Transition sayAfterChoice() {
        takeKept();
        Choosing.keep(this);
        return transition();
    }

    /** What was kept is said first. */
    private void takeKept() {
        List<Utterance> kept = state.effects().kept();
        for (int i = kept.size() - 1; i >= 0; i--) {
            lines.addFirst(kept.get(i).text());
            verbatim |= kept.get(i).verbatim();
        }
        state = state.with(state.effects().released());
    }

    /** Ends the step by answering the last call that waited; those before have nothing to add. */
    Transition answerHeld() {
        List<String> held = state.effects().held();
        takeKept();
        if (held.isEmpty()) {
            return speak();
        }
        Reply reply = reply();
        Reply rest = Reply.nothing(reply.confirmRevision(), end);
        effects.addFirst(new FlowEffect.Answer(held.getLast(), reply));
        for (int i = held.size() - 2; i >= 0; i--) {
            effects.addFirst(new FlowEffect.Answer(held.get(i), rest));
        }
        return transition();
    }

    private Reply reply() {
        String words = words();
        remember(words);
        return new Reply(words, verbatim, interruptible, options, confirmRevision, end, error, Map.of());
    }

    /** Ends the step by letting the model choose among entries; nothing is said before it has. */
    Transition letChoose(String callId, Map<Integer, String> entries) {
        effects.addFirst(new FlowEffect.Answer(
                callId, new Reply("", false, true, List.of(), OptionalInt.empty(), false, error, entries)));
        return transition();
    }

    private String words() {
        String words = String.join(" ", lines);
        String correction = words.isEmpty() ? "" : Claims.correction(flow, state, words);
        verbatim |= !correction.isEmpty();
        return (correction + " " + words).strip().replaceAll(" {2,}", " ");
    }

    private void remember(String words) {
        if (!words.isEmpty()) {
            state = state.with(state.repair().saying(new Utterance(words, verbatim, interruptible)));
        }
    }
}
