package dev.antiphon.flow.slot;

import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.say.Line;
import dev.antiphon.flow.say.Phrase;
import java.time.ZonedDateTime;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Free text as data: control characters and marks that cannot be seen are left out, everything else is kept. Its spoken form has no
 * brackets of markup either. Only what a model fills in for want of a value is refused ("null", "n/a"), since a caller may mean "no",
 * "none" and "I don't know".
 *
 * @param maxLength in characters, 1 to 4000
 */
public record TextType(int maxLength) implements SlotType<String> {
    private static final int LONGEST = 4_000;

    public TextType {
        if (maxLength < 1 || maxLength > LONGEST) {
            throw new IllegalArgumentException(
                    "maxLength must lie between 1 and " + LONGEST + ", but was " + maxLength);
        }
    }

    @Override
    public Class<String> valueType() {
        return String.class;
    }

    @Override
    public Reading<String> read(String said, ZonedDateTime now) {
        Optional<String> text = Heard.text(said, maxLength);
        if (text.isEmpty()) {
            return new Reading.Unclear<>(Line.of(Phrase.TEXT_TOO_LONG, "label", "text", "most", maxLength), false);
        }
        return text.get().isEmpty() || NoValue.isFilledIn(text.get())
                ? new Reading.Unclear<>(Line.of(Phrase.TEXT_UNCLEAR), true)
                : new Reading.Understood<>(text.get());
    }

    @Override
    public int mostChars() {
        return maxLength;
    }

    @Override
    public String normal(String value) {
        return value;
    }

    @Override
    public String spoken(String value, Language language) {
        return Spoken.plain(value);
    }

    @Override
    public void describe(ObjectNode property) {
        property.put("type", "string").put("maxLength", maxLength);
    }

    @Override
    public Line shortQuestion() {
        return Line.of(Phrase.SO_THE);
    }

    @Override
    public Line hint() {
        return Line.of(Phrase.TEXT_HINT);
    }
}
