package dev.antiphon.flow.slot;

import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Letters and digits of a fixed form, with or without a check digit: an order number, an IBAN, an ISBN. Kept in upper case without
 * spaces, dashes and dots. Letters are also read with code words ("A as in Alfa", "bravo"). A value whose check fails is refused and
 * never mended; of several readings of the same words, those that pass count. Read back in groups. At most 300 characters are read.
 *
 * @param name what it is called in refusals, for example {@code IBAN}
 * @param pattern a regular expression for the whole value, for example {@code [A-Z]{2}\d{6}}, also of the tool's schema
 * @param check whether the characters fit together
 * @param groups sizes of the groups in which it is read back, the last for the rest; empty: threes or fours
 */
public record IdentifierType(String name, String pattern, IdentifierCheck check, List<Integer> groups)
        implements SlotType<String> {
    /** The longest value. */
    static final int MOST_CHARS = 60;

    /** "My order number is": what follows is meant. */
    private static final Pattern LEAD_IN = Pattern.compile("(?i)^.*\\b(is|it's)\\s+(?=\\S)");

    private static final Pattern WRITTEN = Pattern.compile("[A-Z0-9]{1,60}");

    public IdentifierType {
        groups = List.copyOf(groups);
        if (groups.stream().anyMatch(size -> size < 1)) {
            throw new IllegalArgumentException("sizes of groups must be at least 1, but were " + groups);
        }
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "the pattern of an identifier must be a regular expression, but was '" + pattern + "'", e);
        }
    }

    @Override
    public Class<String> valueType() {
        return String.class;
    }

    @Override
    public Reading<String> read(String said, ZonedDateTime now) {
        Pattern form = Pattern.compile(pattern);
        String words = LEAD_IN.matcher(Heard.plain(said)).replaceFirst("");
        String written = words.replaceAll("[-./_]", "").toUpperCase(Locale.ROOT);
        boolean isWritten =
                WRITTEN.matcher(written).matches() && form.matcher(written).matches();
        List<String> readings =
                isWritten ? List.of(written) : DigitWords.readings(words.toLowerCase(Locale.ROOT), true);
        List<String> formed = readings.stream()
                .filter(text ->
                        text.length() <= MOST_CHARS && form.matcher(text).matches())
                .toList();
        if (formed.isEmpty()) {
            return new Reading.Unclear<>(
                    readings.isEmpty()
                            ? "I couldn't make out the " + name + "."
                            : "That doesn't have the form of the " + name + ": I heard "
                                    + characters(readings.getFirst().length()) + ".",
                    readings.isEmpty());
        }
        List<String> passing = formed.stream().filter(this::passes).toList();
        if (passing.size() > DigitWords.MOST_CANDIDATES) {
            return new Reading.Unclear<>(DigitWords.ONE_BY_ONE, false);
        }
        return Reading.of(
                passing,
                new Reading.Unclear<>(
                        "Something in the " + name
                                + " isn't right: its check digits don't fit. Please say it once more.",
                        false));
    }

    private static String characters(int count) {
        return count == 1 ? "1 character" : count + " characters";
    }

    private boolean passes(String text) {
        try {
            return check.holds(text);
        } catch (RuntimeException broken) {
            return false;
        }
    }

    @Override
    public boolean readBack() {
        return true;
    }

    @Override
    public boolean easilyMisheard(String value) {
        return value.chars().anyMatch(Character::isLetter) && check == IdentifierCheck.NONE;
    }

    @Override
    public String normal(String value) {
        return value;
    }

    @Override
    public String spoken(String value) {
        return Spelling.groups(value, groups);
    }

    @Override
    public String spelled(String value) {
        return Spelling.alphabet(value);
    }

    @Override
    public void describe(ObjectNode property) {
        property.put("type", "string")
                .put("format", "identifier")
                .put("pattern", "^(?:" + pattern + ")$")
                .put("maxLength", MOST_CHARS);
    }

    @Override
    public String shortQuestion(String label) {
        return "So, the " + label + "?";
    }

    @Override
    public String hint() {
        return "Please say it slowly, one character at a time.";
    }
}
