package dev.antiphon.flow.slot;

import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * A reference or customer number: Latin letters and digits, said together, in groups or one by one, with digits as words or not;
 * kept in upper case without anything between them, and spelled when it is read back.
 *
 * @param minLength how many letters and digits at least, 1 or more
 * @param maxLength how many at most, included
 */
public record CodeType(int minLength, int maxLength) implements SlotType<String> {
    private static final Pattern LEAD_IN = Pattern.compile("(?i)^.*\\b(is|it's)\\s+");
    private static final List<String> DIGITS =
            List.of("ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE");
    private static final int LONGEST_SAYING = 300;

    public CodeType {
        if (minLength < 1 || minLength > maxLength) {
            throw new IllegalArgumentException(
                    "a code needs 1 <= minLength <= maxLength, but was " + minLength + " and " + maxLength);
        }
    }

    @Override
    public Class<String> valueType() {
        return String.class;
    }

    @Override
    public Reading<String> read(String said, ZonedDateTime now) {
        if (said.length() > LONGEST_SAYING) {
            return new Reading.Unclear<>("That is too long.", true);
        }
        String code = Stream.of(LEAD_IN.matcher(said).replaceFirst("").split("[^\\p{L}\\p{N}]+"))
                .map(word -> word.toUpperCase(Locale.ROOT))
                .map(word -> DIGITS.contains(word) ? Integer.toString(DIGITS.indexOf(word)) : word)
                .collect(Collectors.joining());
        if (!code.matches("[A-Z0-9]*")) {
            return new Reading.Unclear<>("It has letters from A to Z and digits only.", true);
        }
        return code.length() < minLength || code.length() > maxLength
                ? new Reading.Unclear<>("It must have " + lengths() + ".", false)
                : new Reading.Understood<>(code);
    }

    @Override
    public String normal(String value) {
        return value;
    }

    @Override
    public String restore(String normal) {
        return normal;
    }

    @Override
    public String spoken(String value) {
        return Spoken.spelled(value);
    }

    @Override
    public void describe(ObjectNode property) {
        property.put("type", "string")
                .put("format", "code")
                .put("pattern", "^[A-Z0-9]{" + minLength + "," + maxLength + "}$");
    }

    @Override
    public String shortQuestion(String label) {
        return "So, the " + label + "?";
    }

    @Override
    public String hint() {
        return "Please say it one by one. It has " + lengths() + ".";
    }

    private String lengths() {
        String range = minLength == maxLength ? "" + maxLength : minLength + " to " + maxLength;
        return range + (maxLength == 1 ? " letter or digit" : " letters or digits");
    }
}
