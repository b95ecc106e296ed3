package dev.antiphon.flow.slot;

import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.say.Line;
import dev.antiphon.flow.say.Phrase;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * A person's name: letters, spaces, hyphens and apostrophes, 1 to 80 characters, in any script; capitals are put right. What is no
 * name when it stands alone is refused ("I don't know", "yes", "null", "nobody"); beside another name it is one: Christopher Null.
 */
public record PersonNameType() implements SlotType<String> {
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{M}][\\p{L}\\p{M}'.\\-\u200C\u200D ]{0,79}");
    private static final int MOST_CHARS = 80;
    private static final Pattern LEAD_IN =
            Pattern.compile("(?i)^(my name is|it is|it's|this is|i am|i'm|mein name ist|ich heiße|ich bin)\\s+");

    /** The first letter, one behind a hyphen, and one behind the apostrophe of O'Neil and D'Angelo. */
    private static final Pattern CAPITAL = Pattern.compile("^\\p{L}|(?<=-)\\p{L}|(?<=^\\p{L}')\\p{L}(?=\\p{L})");

    @Override
    public Class<String> valueType() {
        return String.class;
    }

    @Override
    public Reading<String> read(String said, ZonedDateTime now) {
        String name = LEAD_IN.matcher(
                        Heard.text(said, Heard.MOST_CHARS).orElse("").replace('\u2019', '\''))
                .replaceFirst("")
                .replaceFirst("[ .,!]+$", "");
        return NAME.matcher(name).matches() && !NoValue.isNoName(said) && !NoValue.isNoName(name)
                ? new Reading.Understood<>(capitals(name))
                : new Reading.Unclear<>(Line.of(Phrase.NAME_UNCLEAR), false);
    }

    private static String capitals(String name) {
        boolean plain = name.equals(name.toLowerCase(Locale.ROOT)) || name.equals(name.toUpperCase(Locale.ROOT));
        return plain
                ? Arrays.stream(name.split(" "))
                        .map(part -> CAPITAL.matcher(part.toLowerCase(Locale.ROOT))
                                .replaceAll(letter -> letter.group().toUpperCase(Locale.ROOT)))
                        .collect(Collectors.joining(" "))
                : name;
    }

    /** A single word, or a part without a vowel. */
    @Override
    public boolean easilyMisheard(String value) {
        return !value.contains(" ")
                || Arrays.stream(value.split("[ \\-]"))
                        .anyMatch(part -> part.length() > 2 && part.matches("(?i)[bcdfghjklmnpqrstvwxz]+"));
    }

    @Override
    public int mostChars() {
        return MOST_CHARS;
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
    public String spelled(String value, Language language) {
        return Spelling.alphabet(value, language);
    }

    @Override
    public void describe(ObjectNode property) {
        property.put("type", "string").put("format", "person-name").put("maxLength", MOST_CHARS);
    }

    @Override
    public Line shortQuestion() {
        return Line.of(Phrase.NAME_SHORT);
    }

    @Override
    public Line hint() {
        return Line.of(Phrase.NAME_HINT);
    }
}
