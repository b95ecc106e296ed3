package dev.antiphon.flow.faq;

import java.util.List;

/**
 * How people begin to ask, whatever it is about. An FAQ of a dozen entries cannot tell that "do you have" is common
 * English and "parking" is not; each of these counts as one more entry where the frequency of terms is counted.
 */
final class EverydayPhrases {
    private static final String LINES = """
            what is the
            what are the
            what if I
            what should I do
            how do I
            how can I
            how much is it
            how many are there
            how long does it take
            how often
            when is it
            when will it be
            when do you
            where is the
            where can I
            where are you
            who is the
            who are you
            why is it
            why was I
            which one is it
            can I have
            can you tell me
            could you please
            do you have
            do you know
            does it
            did you
            is there a
            are there any
            is it possible to
            am I able to
            will you
            would you
            should I
            may I
            I want to
            I need to
            I would like to
            I have a
            I am not
            I cannot
            please help me
            tell me about
            let me know
            my is not
            it does not
            thank you
            """;

    private EverydayPhrases() {}

    /** The phrases, with a space at both ends as for all indexed text. */
    static List<String> all() {
        return LINES.lines().map(line -> " " + line + " ").toList();
    }
}
