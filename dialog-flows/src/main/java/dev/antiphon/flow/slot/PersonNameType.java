package dev.antiphon.flow.slot;

import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** A person's name: letters, spaces, hyphens and apostrophes, 1 to 80 characters, in any script; capitals are put right. */
public record PersonNameType() implements SlotType<String> {
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{M}][\\p{L}\\p{M}'.\\-\u200C\u200D ]{0,79}");
    private static final Pattern LEAD_IN = Pattern.compile("(?i)^(my name is|it is|it's|this is|i am|i'm)\\s+");

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
        return NAME.matcher(name).matches()
                ? new Reading.Understood<>(capitals(name))
                : new Reading.Unclear<>("I couldn't make out the name.", false);
    }

    private static String capitals(String name) {
        boolean plain = name.equals(name.toLowerCase(Locale.ROOT)) || name.equals(name.toUpperCase(Locale.ROOT));
        return plain
                ? Arrays.stream(name.split(" "))
                        .map(part -> Spoken.sentence(part.toLowerCase(Locale.ROOT)))
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
    public String normal(String value) {
        return value;
    }

    @Override
    public String spoken(String value) {
        return Spoken.plain(value);
    }

    @Override
    public String spelled(String value) {
        return Spelling.alphabet(value);
    }

    @Override
    public void describe(ObjectNode property) {
        property.put("type", "string").put("format", "person-name").put("maxLength", 80);
    }

    @Override
    public String shortQuestion(String label) {
        return "So, your name?";
    }

    @Override
    public String hint() {
        return "Please say it slowly, first name and last name.";
    }
}
