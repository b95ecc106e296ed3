package dev.antiphon.flow.slot;

import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.say.Line;
import dev.antiphon.flow.say.Phrase;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Letters and digits of a fixed form, with or without a check digit: an order number, an IBAN, an ISBN. Kept in upper case without
 * spaces, dashes and dots. Letters are also read with code words ("A as in Alfa", "bravo"). A value whose check fails is refused and
 * never mended; "null", "none" and "unknown" are no codes, unless in capitals. Of several readings of the same words, those that pass count. Read back in groups. At most 300 characters are read.
 *
 * @param name what it is called in refusals where no slot is known, for example {@code IBAN}
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

    /** Letters and digits, each so many times: the first group is what, the second how often. */
    private static final Pattern PART = Pattern.compile("(\\[A-Z]|\\[0-9]|\\\\d|[A-Z0-9])(?:\\{(\\d{1,2})})?");

    /** So many characters of any kind: at least the first group, at most the second. */
    private static final Pattern ANY = Pattern.compile("\\[A-Z0-9]\\{(\\d{1,2}),(\\d{1,2})}");

    private static final Pattern PLAIN = Pattern.compile("(?:" + PART.pattern() + ")+");

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
        boolean noCode = NoValue.isNoAnswer(words) && !words.equals(words.toUpperCase(Locale.ROOT));
        String written = words.replaceAll("[-./_]", "").toUpperCase(Locale.ROOT);
        boolean isWritten =
                WRITTEN.matcher(written).matches() && form.matcher(written).matches();
        List<String> readings = noCode
                ? List.of()
                : isWritten ? List.of(written) : DigitWords.readings(words.toLowerCase(Locale.ROOT), true);
        List<String> formed = readings.stream()
                .filter(text ->
                        text.length() <= MOST_CHARS && form.matcher(text).matches())
                .toList();
        if (formed.isEmpty()) {
            return new Reading.Unclear<>(
                    readings.isEmpty()
                            ? Line.of(Phrase.IDENTIFIER_UNCLEAR, "label", name)
                            : otherForm(readings.getFirst().length()),
                    readings.isEmpty());
        }
        List<String> passing = formed.stream().filter(this::passes).toList();
        if (passing.size() > DigitWords.MOST_CANDIDATES) {
            return new Reading.Unclear<>(Line.of(Phrase.ONE_BY_ONE), false);
        }
        return Reading.of(passing, new Reading.Unclear<>(Line.of(Phrase.IDENTIFIER_CHECK, "label", name), false));
    }

    /** Not the form, and which it should be where the pattern is plain. */
    private Line otherForm(int heard) {
        Matcher any = ANY.matcher(pattern);
        if (any.matches()) {
            int min = Integer.parseInt(any.group(1));
            int max = Integer.parseInt(any.group(2));
            Phrase length = min == max ? Phrase.IDENTIFIER_LENGTH : Phrase.IDENTIFIER_LENGTHS;
            return Line.of(length, "label", name, "min", min, "max", max, "count", heard);
        }
        if (!PLAIN.matcher(pattern).matches()) {
            return Line.of(Phrase.IDENTIFIER_FORM, "label", name, "count", heard);
        }
        int letters = 0;
        int digits = 0;
        for (MatchResult part : PART.matcher(pattern).results().toList()) {
            int times = part.group(2) == null ? 1 : Integer.parseInt(part.group(2));
            boolean isLetter = part.group(1).matches("\\[A-Z]|[A-Z]");
            letters += isLetter ? times : 0;
            digits += isLetter ? 0 : times;
        }
        Phrase phrase = digits == 0
                ? Phrase.IDENTIFIER_LETTERS
                : letters == 0 ? Phrase.IDENTIFIER_DIGITS : Phrase.IDENTIFIER_LETTERS_DIGITS;
        return Line.of(phrase, "label", name, "letters", letters, "digits", digits, "count", heard);
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
    public String spoken(String value, Language language) {
        return Spelling.groups(value, groups);
    }

    @Override
    public String spelled(String value, Language language) {
        return Spelling.alphabet(value, language);
    }

    @Override
    public void describe(ObjectNode property) {
        property.put("type", "string")
                .put("format", "identifier")
                .put("pattern", "^(?:" + pattern + ")$")
                .put("maxLength", MOST_CHARS);
    }

    @Override
    public Line shortQuestion() {
        return Line.of(Phrase.SO_THE);
    }

    @Override
    public Line hint() {
        return Line.of(Phrase.IDENTIFIER_HINT);
    }
}
