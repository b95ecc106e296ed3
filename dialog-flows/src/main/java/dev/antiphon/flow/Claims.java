package dev.antiphon.flow;

import dev.antiphon.flow.FlowState.Phase;
import dev.antiphon.session.Outcome;
import dev.antiphon.tier.Struggle.Signal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds sentences in which the agent claims success: booked, confirmed, reserved in the past or perfect, not asked, not
 * denied, not conditional, and not given to it by the flow.
 */
final class Claims {
    private static final String DONE_WORDS =
            "(booked|confirmed|reserved|scheduled|registered|submitted|completed|cancelled|rescheduled|all set|done)";
    private static final String ADVERBS = "( now| just| already| successfully| all)*";
    private static final String BOOKED =
            "(booked|confirmed|reserved|scheduled|registered|submitted|completed|rescheduled)";
    private static final List<Pattern> CLAIMS = Stream.of(
                    "\\b(i|we)('ve| have)?( gone ahead and| went ahead and| now| just| already| successfully)* "
                            + BOOKED + "\\b",
                    "\\b(i|we)('ve| have)( got)? (you|it|that|this|(your|the) \\w+)" + ADVERBS + " " + BOOKED + "\\b",
                    "\\b(i|we)('ve| have)?" + ADVERBS
                            + " (made|placed|completed|finished|secured) (the|your|a|that) (booking|reservation|appointment)\\b",
                    "\\b(you're|you are|you've been|you have been)" + ADVERBS + " (" + DONE_WORDS + "|set)\\b",
                    "\\b(it's|it is|that's|that is|everything's|everything is|it has)( been)?" + ADVERBS + " "
                            + DONE_WORDS + "\\b",
                    "\\b(your|the)( \\w+){1,3}( on| at| for| with)?( \\S+){0,8}? (is|has been|was)" + ADVERBS + " "
                            + DONE_WORDS + "\\b",
                    "\\b(your|the) (\\w+ )?(booking|reservation|appointment|visit) (went|has gone|is) through\\b",
                    "^((great|okay|ok|perfect|and|all) )*(booked|reserved|scheduled|confirmed)$",
                    "\\bbooking (is )?(complete|confirmed)\\b")
            .map(Pattern::compile)
            .toList();
    private static final Pattern HEDGED = Pattern.compile(
            "\\b(not|nothing|never|once|when|if|until|before|after|as soon as|will|would|shall|can|cannot|could|should|may|might)\\b|n't\\b|'ll\\b");
    /** What makes the whole sentence one of things to come. */
    private static final Pattern CONDITION = Pattern.compile("^(\\w+ )?(once|if|unless|until|as soon as|after)\\b");
    /** "I can confirm that" affirms what follows. */
    private static final Pattern AFFIRMED = Pattern.compile(
            "\\b(i|we) (can|am happy to|'m happy to)( now| gladly| happily)? (confirm|tell you|say)( that)?\\b");

    private static final Pattern BY_OTHERS = Pattern.compile("^ (by (some|any|an)|up\\b|out\\b)");

    /** Capitals and digits, together or apart. */
    private static final Pattern CODE =
            Pattern.compile("(?<![\\p{L}\\p{N}])[A-Z0-9](?:[ ,.-]{0,2}[A-Z0-9])*(?![\\p{L}\\p{N}])");

    private static final Pattern TIME = Pattern.compile("\\d{1,2}([:.]\\d\\d)? ?[AP]M");
    private static final int MIN_CODE = 3;

    private Claims() {}

    /** Whether the text claims an effect that has not succeeded. */
    static boolean unbacked(Flow<?> flow, FlowState state, String text) {
        boolean backed = flow.effects().isEmpty()
                || state.phase() == Phase.DONE
                || state.agenda().closed()
                || endedWell(state);
        String given = plain(state.repair().lastSaid().text());
        return !backed
                && sentences(text)
                        .filter(sentence -> !sentence.strip().endsWith("?"))
                        // Whoever cancelled may be told so in any words.
                        .filter(sentence ->
                                state.phase() != Phase.ENDED || !plain(sentence).contains("cancel"))
                        .filter(sentence -> !plain(sentence).isEmpty() && !given.contains(plain(sentence)))
                        .anyMatch(Claims::claims);
    }

    /** A farewell may claim what was done; one that was put right already is left alone. */
    private static boolean endedWell(FlowState state) {
        boolean done =
                state.outcome().filter(Outcome.Completed.class::isInstance).isPresent()
                        || !state.effects().finished().isEmpty();
        return state.phase() == Phase.ENDED && (done || state.repair().correcting());
    }

    /**
     * Whether the text tells another code than the news that must be told word for word: "your reference is" with a reference
     * that nobody gave.
     */
    static boolean misquoted(FlowState state, String text) {
        Utterance news = state.repair().completion();
        boolean putRight = state.phase() == Phase.ENDED && state.repair().correcting();
        if (!news.verbatim() || putRight) {
            return false;
        }
        String given = Repair.letters(news.text() + state.repair().lastSaid().text());
        Set<String> announced = sentences(news.text())
                .filter(sentence -> code(sentence).isPresent())
                .flatMap(sentence -> Stream.of(plain(sentence).split(" ")).filter(word -> word.length() > 4))
                .collect(Collectors.toSet());
        return sentences(text)
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

    private static Stream<String> sentences(String text) {
        return Stream.of(text.replace('’', '\'').split("(?<=[.!?])\\s+"));
    }

    /** A clause claims, wherever it stands; a hedge excuses only its own clause, a condition the whole sentence. */
    private static boolean claims(String sentence) {
        String whole = plain(sentence);
        if (CONDITION.matcher(whole).find()) {
            return false;
        }
        String affirmed = AFFIRMED.matcher(sentence.toLowerCase(Locale.ROOT)).replaceAll(", ");
        return Stream.concat(Stream.of(affirmed), Stream.of(affirmed.split("[,;:–—]")))
                .map(Claims::plain)
                .anyMatch(Claims::claimsInOneClause);
    }

    private static boolean claimsInOneClause(String clause) {
        return CLAIMS.stream()
                .map(claim -> claim.matcher(clause))
                .anyMatch(match -> match.find()
                        && !HEDGED.matcher(clause.substring(0, match.end())).find()
                        && !BY_OTHERS.matcher(clause.substring(match.end())).find());
    }

    /** A claim or a misquotation was heard: puts it right, and comes back to the open question. */
    static void correct(Turn turn) {
        turn.struggle(Signal.UNBACKED_CLAIM, Questions.topic(turn));
        turn.state = turn.state.with(turn.state.repair().claimed());
        if (turn.state.repair().correctionOwed()) {
            remind(turn);
        }
    }

    /** A correction that the caller has not heard. */
    static void remind(Turn turn) {
        turn.say(turn.state.repair().completion());
        switch (turn.state.phase()) {
            case ENDED -> turn.say("Goodbye.");
            case RUNNING -> turn.say("I'll tell you in a moment.");
            case COLLECTING, DONE -> Questions.ask(turn, Questions.Wording.SHORT);
        }
        turn.speak();
    }

    /** What must be said before these words, since the caller may still believe a claim; empty when there is no need. */
    static String correction(FlowState state, String words) {
        if (!state.repair().correctionOwed() || words.startsWith(Repair.CORRECTION)) {
            return "";
        }
        if (state.effects().unsettled().isPresent()) {
            return Repair.CORRECTION + "I can't tell yet whether that is done.";
        }
        String truth = state.repair().completion().text();
        if (!truth.isEmpty()) {
            return Repair.CORRECTION + (words.contains(truth) ? "" : truth);
        }
        return switch (state.phase()) {
            case COLLECTING, RUNNING -> Repair.CORRECTION + "that is not done yet.";
            case ENDED -> endedWell(state) ? "" : Repair.CORRECTION + "that is not done.";
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
