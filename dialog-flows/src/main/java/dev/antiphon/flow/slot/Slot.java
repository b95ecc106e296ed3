package dev.antiphon.flow.slot;

import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.say.Line;
import dev.antiphon.flow.say.Phrase;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One thing a flow asks for. Immutable: every method that changes something gives a copy; compared by name inside a flow.
 *
 * @param <T> the Java type of its values
 */
public final class Slot<T> {
    private final String name;
    private final SlotType<T> type;
    private String label;
    private Optional<String> prompt = Optional.empty();
    private Optional<String> simplerPrompt = Optional.empty();
    private Optional<String> proposal = Optional.empty();
    private Optional<Period> horizon = Optional.empty();
    private List<Slot<?>> dependencies = List.of();
    private List<Check<T>> checks = List.of();
    private Optional<Verification<T>> verification = Optional.empty();
    private ConfirmPolicy confirmPolicy = ConfirmPolicy.IMPLICIT;
    private boolean sensitive;
    private boolean spellBack;
    private boolean optional;
    private Optional<Occasion> occasion = Optional.empty();
    private boolean kept;

    private Slot(String name, SlotType<T> type) {
        this.name = name;
        this.type = type;
        this.label = name.replace('_', ' ').replace('-', ' ');
    }

    /**
     * An open slot without a prompt.
     *
     * @param name 1 to 40 letters, digits and {@code _}, starting with a letter: the property's name in the tool schema
     */
    public static <T> Slot<T> of(String name, SlotType<T> type) {
        if (!name.matches("[a-zA-Z][a-zA-Z0-9_]{0,39}")) {
            throw new IllegalArgumentException(
                    "slot name must be 1 to 40 letters, digits or '_' and start with a letter, but was '" + name + "'");
        }
        return new Slot<>(name, type);
    }

    private Slot<T> copy(Consumer<Slot<T>> change) {
        Slot<T> copy = new Slot<>(name, type);
        copy.label = label;
        copy.prompt = prompt;
        copy.simplerPrompt = simplerPrompt;
        copy.proposal = proposal;
        copy.horizon = horizon;
        copy.dependencies = dependencies;
        copy.checks = checks;
        copy.verification = verification;
        copy.confirmPolicy = confirmPolicy;
        copy.sensitive = sensitive;
        copy.spellBack = spellBack;
        copy.optional = optional;
        copy.occasion = occasion;
        copy.kept = kept;
        change.accept(copy);
        return copy;
    }

    /** The question that asks for it. */
    public Slot<T> ask(String question) {
        return copy(c -> c.prompt = Optional.of(question));
    }

    /** The question for a caller who was not understood twice; default: the question and the type's hint, unless it only repeats the choices. */
    public Slot<T> simpler(String question) {
        return copy(c -> c.simplerPrompt = Optional.of(question));
    }

    /**
     * The yes-or-no question that goes before {@link #ask} when a success of the same call has made such a value (an item with this slot,
     * see {@code made(result, item)}) and the quick rules allow it: a yes takes it, a no asks.
     *
     * @param question with {@code {}} for the value: {@code Is that the one that we just booked, {}?}
     * @throws IllegalArgumentException when it has not exactly one {@code {}}
     */
    public Slot<T> propose(String question) {
        if (question.split("\\{}", -1).length != 2) {
            throw new IllegalArgumentException(
                    "propose() of slot '" + name + "' must have exactly one {}, but is '" + question + "'");
        }
        return copy(c -> c.proposal = Optional.of(question));
    }

    /** What it is called in sentences; default: its name. In English without an article, in German with it: {@code die Uhrzeit}. */
    public Slot<T> called(String words) {
        return copy(c -> c.label = words);
    }

    /** For dates and moments: from today, or now, to this far ahead, both included. */
    public Slot<T> within(Period ahead) {
        if (!LocalDate.class.equals(type.valueType()) && !ZonedDateTime.class.equals(type.valueType())) {
            throw new IllegalArgumentException("within() needs a slot of dates, but '" + name + "' holds "
                    + type.valueType().getSimpleName());
        }
        return copy(c -> c.horizon = Optional.of(ahead));
    }

    /** Its value is only good for these values of other slots: when one of them changes, this one is asked again. */
    public Slot<T> dependsOn(Slot<?>... others) {
        List<Slot<?>> all = new ArrayList<>(dependencies);
        all.addAll(List.of(others));
        return copy(c -> c.dependencies = List.copyOf(all));
    }

    /** When a slot it depends on changes, its value is checked again and kept if it is still possible. */
    public Slot<T> keptIfStillPossible() {
        return copy(c -> c.kept = true);
    }

    /**
     * An author's rule; several are run in order until one does not say ok. Quick code: what hangs for 2 s, throws or gives
     * {@code null} leaves the value unchecked, and the caller is told so.
     */
    public Slot<T> check(Check<T> rule) {
        List<Check<T>> all = new ArrayList<>(checks);
        all.add(rule);
        return copy(c -> c.checks = List.copyOf(all));
    }

    /**
     * An author's rule that may wait, for example for a booking system: run in the tool pool once the quick rules have said ok,
     * 3 s at most. Until it has answered nothing else is asked.
     */
    public Slot<T> verify(Check<T> rule) {
        return verify(Verification.USUAL_LIMIT, rule);
    }

    /**
     * {@link #verify(Check)} with another limit.
     *
     * @param limit what takes longer leaves the value unchecked, and the caller is told so
     */
    public Slot<T> verify(Duration limit, Check<T> rule) {
        return copy(c -> c.verification = Optional.of(new Verification<>(rule, limit)));
    }

    /** How the caller learns what was understood; default {@link ConfirmPolicy#IMPLICIT}. */
    public Slot<T> confirm(ConfirmPolicy policy) {
        return copy(c -> c.confirmPolicy = policy);
    }

    /** Personal data: masked wherever people or logs see the flow's state. */
    public Slot<T> sensitive() {
        return copy(c -> c.sensitive = true);
    }

    /** Spells the value out when it is easily misheard or was corrected. */
    public Slot<T> spellBackIfUnsure() {
        return copy(c -> c.spellBack = true);
    }

    /** May stay open: asked once if it has a prompt, and can be skipped; its record component is an {@code Optional}. */
    public Slot<T> optional() {
        return copy(c -> c.optional = true);
    }

    /** When a slot is wanted: in words, for diagrams and models, and as a rule. */
    private record Occasion(String words, Predicate<Slots> rule) {}

    /**
     * Only wanted when the rule holds for the other values; its record component is an {@code Optional}. Values that came before are
     * kept and used as soon as it holds. The slots that the rule reads must be asked before; it reads them with {@link Slots#find}.
     *
     * @param words the rule in words: {@code the patient is a child}
     */
    public Slot<T> onlyWhen(String words, Predicate<Slots> rule) {
        return copy(c -> c.occasion = Optional.of(new Occasion(words, rule)));
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** What it is called in sentences. */
    public String label() {
        return label;
    }

    /** Its type. */
    public SlotType<T> type() {
        return type;
    }

    /** The question that asks for it. */
    public Optional<String> prompt() {
        return prompt;
    }

    /** The question for a caller who was not understood. */
    public String simplerPrompt(Language language) {
        return simplerPrompt.orElseGet(() -> prompt.filter(this::namesTheChoices)
                .orElseGet(() -> prompt.orElse("") + " " + type.hint().in(language, "label", label)));
    }

    /** Whether a question names all that may be chosen, so that help would only repeat it. */
    public boolean namesTheChoices(String question) {
        return type instanceof ChoiceType<T> choice && choice.areNamedIn(question);
    }

    /** Why words that the type did not understand are no value: their length, a sign that none has, or the type's own reason. */
    public Line refusal(String said, Line own) {
        return Refusal.of(type, said, own);
    }

    /** The first sign in these words that no caller says, with its name: {@code '<' (less-than sign)}. */
    public Optional<String> neverSaid(String said) {
        return Refusal.sign(type, said)
                .map(sign -> "'" + sign + "' ("
                        + String.valueOf(Character.getName(sign.codePointAt(0))).toLowerCase(Locale.ROOT) + ")");
    }

    /** The question that proposes a value that was made in the same call, with {@code {}} for it. */
    public Optional<String> proposal() {
        return proposal;
    }

    /** The slots its value depends on. */
    public List<Slot<?>> dependencies() {
        return dependencies;
    }

    /** How far ahead a date may lie. */
    public Optional<Period> horizon() {
        return horizon;
    }

    /** Whether it has rules of the author. */
    public boolean isChecked() {
        return !checks.isEmpty() || verification.isPresent();
    }

    /** How long its rule that may wait may take; empty when it has none. */
    public Optional<Duration> verifiedWithin() {
        return verification.map(Verification::limit);
    }

    /** How the caller learns what was understood. */
    public ConfirmPolicy confirmPolicy() {
        return confirmPolicy;
    }

    /** Whether its value is personal. */
    public boolean isSensitive() {
        return sensitive;
    }

    /** Whether it may stay open. */
    public boolean isOptional() {
        return optional;
    }

    /** Whether it can be open in the end: optional, or only wanted on occasion. */
    public boolean mayStayOpen() {
        return optional || occasion.isPresent();
    }

    /** When it is wanted, in words; empty: always. */
    public Optional<String> occasion() {
        return occasion.map(Occasion::words);
    }

    /** Whether it is wanted with these values. */
    public boolean isWanted(Slots slots) {
        return occasion.map(rule -> rule.rule().test(slots)).orElse(true);
    }

    /** Whether its value survives a change of what it depends on, if still possible. */
    public boolean isKeptIfStillPossible() {
        return kept;
    }

    /** Whether this value should be spelled out to the caller. */
    public boolean wantsSpelling(T value, boolean corrected) {
        return spellBack && (corrected || type.easilyMisheard(value));
    }

    /** The rules that need no other slot: the horizon. */
    public Verdict<T> judgeAlone(T value, ZonedDateTime now, Language language) {
        if (horizon.isPresent()) {
            if (value instanceof LocalDate date) {
                return judgeHorizon(date, date.isBefore(now.toLocalDate()), date, now, language);
            }
            if (value instanceof ZonedDateTime moment) {
                LocalDate day = moment.withZoneSameInstant(now.getZone()).toLocalDate();
                return judgeHorizon(moment, moment.isBefore(now), day, now, language);
            }
        }
        return new Verdict.Ok<>(Optional.empty());
    }

    private Verdict<T> judgeHorizon(Object value, boolean past, LocalDate day, ZonedDateTime now, Language language) {
        if (past) {
            return new Verdict.Reject<>(language.text(Phrase.IN_THE_PAST, "value", value));
        }
        LocalDate last = now.toLocalDate().plus(horizon.orElse(Period.ZERO));
        return day.isAfter(last)
                ? new Verdict.Reject<>(language.text(Phrase.TOO_FAR_AHEAD, "value", value, "last", last))
                : new Verdict.Ok<>(Optional.empty());
    }

    /**
     * The author's quick rules.
     *
     * @throws CheckFailed when one throws, hangs for 2 s, or gives nothing that can be used
     */
    public Verdict<T> judge(T value, Slots slots) {
        return checks.isEmpty() ? new Verdict.Ok<>(Optional.of(value)) : CheckRun.within(() -> judged(value, slots));
    }

    private Verdict<T> judged(T value, Slots slots) throws Exception {
        T current = value;
        for (Check<T> check : checks) {
            Verdict<T> verdict = usable(check.judge(current, slots));
            if (!(verdict instanceof Verdict.Ok<T> ok)) {
                return verdict;
            }
            current = ok.normalised().orElse(current);
        }
        return new Verdict.Ok<>(Optional.of(current));
    }

    /**
     * The rule that may wait; ok when there is none.
     *
     * @throws CheckFailed when it gives nothing that can be used
     * @throws Exception what the author's rule throws
     */
    public Verdict<T> verified(T value, Slots slots) throws Exception {
        return verification.isEmpty()
                ? new Verdict.Ok<>(Optional.of(value))
                : usable(verification.get().rule().judge(value, slots));
    }

    private static <T> Verdict<T> usable(@Nullable Verdict<T> verdict) {
        return switch (verdict) {
            case null -> throw new CheckFailed("a check must give a verdict, but gave null", null);
            case Verdict.Ok<T> ok -> ok;
            case Verdict.Reject<T> reject ->
                usable(reject, !reject.reason().isBlank(), "reject(...) must give a reason, but it is blank");
            case Verdict.Alternatives<T> alternatives -> alternatives;
            case Verdict.Unsure<T> unsure ->
                usable(
                        unsure,
                        !unsure.candidates().isEmpty(),
                        "unsure(...) must give at least 1 candidate, but gave none");
        };
    }

    private static <T> Verdict<T> usable(Verdict<T> verdict, boolean usable, String rule) {
        if (!usable) {
            throw new CheckFailed(rule, null);
        }
        return verdict;
    }

    @Override
    public String toString() {
        return name;
    }
}
