package dev.antiphon.flow;

import dev.antiphon.flow.FlowState.Phase;
import dev.antiphon.tier.Struggle.Signal;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds sentences in which the agent claims success: booked, confirmed, reserved in the past or perfect, not asked, not
 * denied, not conditional, and not given to it by the flow.
 */
final class Claims {
    private static final String DONE_WORDS =
            "(booked|confirmed|reserved|scheduled|registered|submitted|completed|cancelled|rescheduled|all set|done)";
    private static final List<Pattern> CLAIMS = Stream.of(
                    "\\b(i|we)('ve| have)?( now| just| already| successfully| gone ahead and)* (booked|confirmed|reserved|scheduled|registered|submitted|completed|rescheduled)\\b",
                    "\\b(you're|you are)( now| all)* " + DONE_WORDS + "\\b",
                    "\\b(it's|it is|that's|that is|everything's|everything is)( now| all)* " + DONE_WORDS + "\\b",
                    "\\b(your|the)( \\w+){1,3}( on| at| for| with)?( \\S+){0,8}? (is|has been|was)( now| all| just)* "
                            + DONE_WORDS + "\\b",
                    "\\bbooking (is )?(complete|confirmed)\\b")
            .map(Pattern::compile)
            .toList();
    private static final Pattern HEDGED = Pattern.compile(
            "\\b(not|n't|nothing|never|once|when|if|until|before|after|as soon as|will|would|shall|can|cannot|could|should)\\b|n't\\b");
    private static final Pattern BY_OTHERS = Pattern.compile("^ (by (some|any|an)|up\\b|out\\b)");

    private Claims() {}

    /** Whether the text claims an effect that has not succeeded. */
    static boolean unbacked(Flow<?> flow, FlowState state, String text) {
        boolean backed = flow.effects().isEmpty() || state.phase() == Phase.DONE || state.phase() == Phase.ENDED;
        String given = plain(state.repair().lastSaid());
        return !backed
                && Stream.of(text.replace('’', '\'').split("(?<=[.!?])\\s+"))
                        .filter(sentence -> !sentence.strip().endsWith("?"))
                        .map(Claims::plain)
                        .filter(sentence -> !sentence.isEmpty() && !given.contains(sentence))
                        .anyMatch(Claims::claims);
    }

    private static boolean claims(String sentence) {
        return CLAIMS.stream()
                .map(claim -> claim.matcher(sentence))
                .anyMatch(match -> match.find()
                        && !HEDGED.matcher(sentence.substring(0, match.end())).find()
                        && !BY_OTHERS.matcher(sentence.substring(match.end())).find());
    }

    /** Puts it right, and comes back to the open question. */
    static void correct(Turn turn) {
        turn.struggle(Signal.UNBACKED_CLAIM, Questions.topic(turn));
        turn.say("Sorry, to be clear: that is not done yet.");
        if (turn.state.phase() == Phase.RUNNING) {
            turn.say("I'll tell you in a moment.");
        } else {
            Questions.ask(turn, Questions.Wording.SHORT);
        }
        turn.speak();
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT)
                .replace('’', '\'')
                .replaceAll("[^\\p{L}\\p{N}']+", " ")
                .strip();
    }
}
