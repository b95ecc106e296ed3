package dev.antiphon.testkit.brain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of an utterance that does one thing: "yes, and do you take insurance?" has two.
 *
 * @param text the words
 * @param shape whether they have the form of a question
 */
record Clause(String text, Shape shape) {

    /** The form of a clause. */
    enum Shape {
        STATEMENT,
        /** "Can I come on Friday?" asks for a booking when it holds values. */
        POLITE_REQUEST,
        QUESTION
    }

    private static final String REQUEST =
            "(?:can|could|may|might|would it be possible|is it possible|do you have|have you got|are you free|is there (?:anything|something|a slot|space|room)"
                    + "|are there|how about|what about|would|will|is (?!there))";
    private static final String QUESTION =
            "(?:what|what's|whats|when|where|where's|who|who's|why|how|how's|which|whose|do|does|did|is|isn't|are|aren't|was|were|has|have you"
                    + "|can|could|may i|should|would|will|am i)";
    private static final String INDIRECT =
            "(?:tell me|i(?:'d like| want| would like| wanted| need)? to (?:know|ask)|i wonder|i was wondering|i have a question|just a question|"
                    + "do you know|can you tell me|could you tell me|let me ask|quick question|question)";
    private static final String OPENER =
            "(?:(?:and|but|also|oh|by the way|so|well|um|uh|hmm|sorry|okay|ok|hi|hello|hey|excuse me|first|actually|wait|one more thing|before that|please)[\\s,:-]+)*";

    private static final Pattern END = Pattern.compile(
            "(?<!\\b(?:[ap]\\.m|[ap]|dr|mr|mrs|ms|st|no|prof)\\.?)(?<=[.!?;])\\s+(?=\\S)|\\n+",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern INNER = Pattern.compile(
            "(?:,|\\s-|\\u2014)\\s*(?=" + OPENER + "(?:" + QUESTION + "\\b|" + INDIRECT
                    + "\\b))|\\s+(?=(?:but|and|also|by the way)[\\s,]+" + "(?:" + OPENER
                    + ")(?:do you|does|is there|are there|are you|what|what's|where|when|why|who|how|can i|could i|will|tell me|may i)\\b)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern STARTS_AS_REQUEST =
            Pattern.compile("^" + OPENER + REQUEST + "\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern STARTS_AS_QUESTION =
            Pattern.compile("^" + OPENER + "(?:" + QUESTION + "|" + INDIRECT + ")\\b", Pattern.CASE_INSENSITIVE);

    /** Takes an utterance apart. */
    static List<Clause> split(String utterance) {
        List<Clause> clauses = new ArrayList<>();
        for (String sentence : END.split(utterance.strip())) {
            int from = 0;
            Matcher inner = INNER.matcher(sentence);
            while (inner.find()) {
                add(clauses, sentence.substring(from, inner.start()));
                from = inner.end();
            }
            add(clauses, sentence.substring(from));
        }
        return clauses;
    }

    private static void add(List<Clause> clauses, String text) {
        String words = text.strip();
        if (!words.isEmpty()) {
            clauses.add(new Clause(words, shape(words)));
        }
    }

    private static Shape shape(String words) {
        boolean marked = words.endsWith("?");
        boolean request = STARTS_AS_REQUEST.matcher(words).find();
        boolean question = STARTS_AS_QUESTION.matcher(words).find();
        if (request) {
            return Shape.POLITE_REQUEST;
        }
        if (question) {
            return Shape.QUESTION;
        }
        // "Friday?" or "At three?" offers a value; longer unshaped questions ask.
        return marked ? Shape.POLITE_REQUEST : Shape.STATEMENT;
    }

    String lower() {
        return text.toLowerCase(Locale.ROOT);
    }
}
