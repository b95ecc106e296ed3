package dev.antiphon.flow;

import dev.antiphon.flow.EffectProgress.Elsewhere;
import dev.antiphon.flow.FlowState.Phase;
import dev.antiphon.flow.say.Cues;
import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.say.Phrase;
import dev.antiphon.session.Outcome;
import dev.antiphon.tier.Struggle.Signal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds sentences in which the agent claims success: booked, confirmed, reserved in the past or perfect, or what the flow itself says
 * of a success; not asked, not denied, not conditional, and not given to it by the flow.
 */
final class Claims {
    /** Capitals and digits, together or apart. */
    private static final Pattern CODE =
            Pattern.compile("(?<![\\p{L}\\p{N}])[A-Z0-9](?:[ ,.-]{0,2}[A-Z0-9])*(?![\\p{L}\\p{N}])");

    private static final Pattern TIME = Pattern.compile("\\d{1,2}([:.]\\d\\d)? ?[AP]M");
    private static final int MIN_CODE = 3;

    private Claims() {}

    /** Whether the text claims an effect that has not succeeded. */
    static boolean unbacked(Flow<?> flow, FlowState state, String text) {
        if (isBacked(flow, state)) {
            return false;
        }
        Cues cues = flow.language().cues();
        String last = state.repair().lastSaid().text();
        List<String> given = Stream.concat(
                        Stream.of(last), sentences(cues, last).flatMap(SuccessClaims::parts))
                .map(Claims::plain)
                .toList();
        SuccessClaims open = success(flow, task -> task.isTransaction() && !isDone(flow, state, task));
        SuccessClaims done = success(flow, task -> isDone(flow, state, task));
        return sentences(cues, text)
                .filter(sentence -> !sentence.strip().endsWith("?"))
                // Whoever cancelled may be told so in any words.
                .filter(sentence -> state.phase() != Phase.ENDED
                        || !cues.cancelled().matcher(plain(sentence)).find())
                .filter(sentence -> !plain(sentence).isEmpty() && !isGiven(given, plain(sentence)))
                .anyMatch(sentence -> claims(cues, sentence, open, done));
    }

    private static boolean isBacked(Flow<?> flow, FlowState state) {
        if (onlyTalks(flow)) {
            return state.effects().elsewhere() != Elsewhere.NOTHING || wasPutRight(flow, state);
        }
        return flow.effects().isEmpty()
                || state.phase() == Phase.DONE
                || state.agenda().closed()
                || endedWell(flow, state);
    }

    /** Whether nothing can be done in this flow, neither by it nor by a tool. */
    private static boolean onlyTalks(Flow<?> flow) {
        return flow.effects().isEmpty()
                && flow.extraTools().isEmpty()
                && flow.tasks().stream().allMatch(task -> task.extraTools().isEmpty());
    }

    /** A farewell that was put right already is left alone. */
    private static boolean wasPutRight(Flow<?> flow, FlowState state) {
        return state.phase() == Phase.ENDED
                && state.repair().correcting(flow.language().text(Phrase.CORRECTION));
    }

    /** A word or two must have been said as such: in a sentence they may stand for something else. */
    private static boolean isGiven(List<String> given, String sentence) {
        return given.contains(sentence)
                || sentence.split(" ").length > 2 && given.getFirst().contains(sentence);
    }

    private static SuccessClaims success(Flow<?> flow, Predicate<Task<?>> which) {
        return new SuccessClaims(
                flow.language().cues(),
                flow.tasks().stream()
                        .<Task<?>>map(task -> task)
                        .filter(which)
                        .flatMap(task -> task.successWords().stream())
                        .toList());
    }

    /** Whether it succeeded in this call and is not wanted once more; what does nothing has succeeded when its goal is reached. */
    private static boolean isDone(Flow<?> flow, FlowState state, Task<?> task) {
        if (onlyTalks(flow)) {
            return state.phase() == Phase.DONE || isCompleted(state);
        }
        return task.isTransaction()
                && state.agenda().done().contains(task.name())
                && !state.agenda().active().equals(task.name());
    }

    private static boolean isCompleted(FlowState state) {
        return state.outcome().filter(Outcome.Completed.class::isInstance).isPresent();
    }

    /** A farewell may claim what was done. */
    private static boolean endedWell(Flow<?> flow, FlowState state) {
        boolean done = isCompleted(state) || !state.effects().finished().isEmpty();
        return state.phase() == Phase.ENDED && done || wasPutRight(flow, state);
    }

    /**
     * Whether the text tells another code than the news that must be told word for word: "your reference is" with a reference
     * that nobody gave.
     */
    static boolean misquoted(Flow<?> flow, FlowState state, String text) {
        Utterance news = state.repair().completion();
        Cues cues = flow.language().cues();
        if (!news.verbatim() || wasPutRight(flow, state)) {
            return false;
        }
        String given = Repair.letters(news.text() + state.repair().lastSaid().text());
        Set<String> announced = sentences(cues, news.text())
                .filter(sentence -> code(sentence).isPresent())
                .flatMap(sentence -> Stream.of(plain(sentence).split(" ")).filter(word -> word.length() > 4))
                .collect(Collectors.toSet());
        return sentences(cues, text)
                .filter(sentence -> Stream.of(plain(sentence).split(" ")).anyMatch(announced::contains))
                .map(Claims::code)
                .flatMap(Optional::stream)
                .anyMatch(code -> !given.contains(Repair.letters(code)));
    }

    /** The first reference in a sentence, spelled or not; times and single numbers are none. */
    private static Optional<String> code(String sentence) {
        return CODE.matcher(sentence)
                .results()
                .map(MatchResult::group)
                .filter(run -> Repair.letters(run).length() >= MIN_CODE)
                .filter(run -> !TIME.matcher(run).matches())
                .findFirst();
    }

    private static Stream<String> sentences(Cues cues, String text) {
        return cues.sentenceEnd().splitAsStream(text.replace('’', '\''));
    }

    /** A clause claims, wherever it stands; a hedge excuses only its own clause, a condition the whole sentence. */
    private static boolean claims(Cues cues, String sentence, SuccessClaims open, SuccessClaims done) {
        String whole = plain(sentence);
        if (cues.condition().matcher(whole).find()) {
            return false;
        }
        List<String> parts = SuccessClaims.parts(sentence).map(Claims::plain).toList();
        boolean conditional =
                parts.stream().anyMatch(part -> cues.condition().matcher(part).find());
        if (!conditional && parts.stream().anyMatch(open::isClaim)) {
            return true;
        }
        if (parts.stream().anyMatch(done::mayRepeat)) {
            return false;
        }
        String affirmed =
                cues.affirmed().matcher(sentence.toLowerCase(Locale.ROOT)).replaceAll(", ");
        return Stream.concat(Stream.of(affirmed), Stream.of(affirmed.split("[,;:–—]")))
                .map(Claims::plain)
                .anyMatch(clause -> claimsInOneClause(cues, clause));
    }

    private static boolean claimsInOneClause(Cues cues, String clause) {
        return cues.claims().stream()
                .map(claim -> claim.matcher(clause))
                .anyMatch(match -> match.find()
                        && !cues.hedged()
                                .matcher(clause.substring(0, match.end()))
                                .find()
                        && !cues.followed()
                                .matcher(clause.substring(match.end()))
                                .find());
    }

    /** A claim or a misquotation was heard: puts it right, and comes back to the open question. */
    static void correct(Turn turn) {
        turn.struggle(Signal.UNBACKED_CLAIM, Questions.topic(turn));
        turn.state = turn.state.with(turn.state.repair().claimed(turn.text(Phrase.CORRECTION)));
        if (turn.state.repair().correctionOwed()) {
            remind(turn);
        }
    }

    /** A correction that the caller has not heard. */
    static void remind(Turn turn) {
        turn.say(turn.state.repair().completion());
        switch (turn.state.phase()) {
            case ENDED -> turn.say(Phrase.GOODBYE);
            case RUNNING -> turn.say(Phrase.TOLD_SOON);
            case COLLECTING, DONE -> Questions.resumeAloud(turn);
        }
        turn.speak();
    }

    /** What must be said before these words, since the caller may still believe a claim; empty when there is no need. */
    static String correction(Flow<?> flow, FlowState state, String words) {
        Language language = flow.language();
        String clear = language.text(Phrase.CORRECTION);
        if (!state.repair().correctionOwed() || words.startsWith(clear)) {
            return "";
        }
        if (state.effects().unsettled().isPresent()) {
            return clear + " " + language.text(Phrase.CLAIMED_UNCERTAIN);
        }
        if (onlyTalks(flow)) {
            return wasPutRight(flow, state) ? "" : clear + " " + language.text(Phrase.CLAIMED_FALSELY);
        }
        String truth = state.repair().completion().text();
        if (!truth.isEmpty()) {
            return clear + " " + (words.contains(truth) ? "" : truth);
        }
        return switch (state.phase()) {
            case COLLECTING, RUNNING -> clear + " " + language.text(Phrase.CLAIMED_TOO_EARLY);
            case ENDED -> endedWell(flow, state) ? "" : clear + " " + language.text(Phrase.CLAIMED_FALSELY);
            case DONE -> "";
        };
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT)
                .replace('’', '\'')
                .replaceAll("[^\\p{L}\\p{N}']+", " ")
                .strip();
    }
}
