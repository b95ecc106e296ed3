package dev.antiphon.flow.slot;

import dev.antiphon.flow.say.Line;
import dev.antiphon.flow.say.Phrase;
import java.util.Optional;

/** Why words are no value of a slot, where more can be told than that they were not understood: too many, or a sign that none has. */
final class Refusal {
    private static final String MARKUP = "{}<>[]|\\";

    private Refusal() {}

    /** Of words that a type did not understand, for a reason of its own. */
    static Line of(SlotType<?> type, String said, Line own) {
        if (own.phrase().equals(Optional.of(Phrase.TEXT_TOO_LONG))) {
            return own;
        }
        if (Heard.text(said, type.mostChars()).isEmpty()) {
            return Line.of(Phrase.TEXT_TOO_LONG, "most", type.mostChars());
        }
        Phrase rule = type instanceof PersonNameType ? Phrase.NAME_SIGNS : Phrase.VALUE_SIGNS;
        return sign(type, said).map(sign -> Line.of(rule, "sign", sign)).orElse(own);
    }

    /** The first sign of markup, or picture, in words of any type; in names also a digit. */
    static Optional<String> sign(SlotType<?> type, String said) {
        boolean letters = type instanceof PersonNameType;
        return said.codePoints()
                .filter(each -> isNeverSaid(each) || letters && Character.isDigit(each))
                .mapToObj(Character::toString)
                .findFirst();
    }

    private static boolean isNeverSaid(int each) {
        return MARKUP.indexOf(each) >= 0 || isPicture(each);
    }

    /** Whether it is an emoji or another symbol that is no letter, digit or punctuation. */
    static boolean isPicture(int each) {
        return Character.isEmojiPresentation(each) || Character.getType(each) == Character.OTHER_SYMBOL;
    }
}
