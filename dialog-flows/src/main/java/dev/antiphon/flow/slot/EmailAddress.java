package dev.antiphon.flow.slot;

import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.say.Speakable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An e-mail address in lower case, at most 254 characters, for example {@code anna.miller@example.com}. Personal data:
 * {@link #toString()} masks all but the domain.
 */
public record EmailAddress(String address) implements Speakable {
    private static final int MOST_CHARS = 254;
    private static final Pattern SHAPE = Pattern.compile("[^\\s\\p{Cc}\\p{Cf}@<>]+@[^\\s\\p{Cc}\\p{Cf}@<>]+");
    private static final Pattern PART = Pattern.compile("\\p{L}[\\p{L}\\p{M}]*|.", Pattern.DOTALL);

    public EmailAddress {
        if (address.length() > MOST_CHARS || !SHAPE.matcher(address).matches()) {
            throw new IllegalArgumentException(
                    "an e-mail address must be two parts with an '@' between them and at most " + MOST_CHARS
                            + " characters, but has " + address.length() + " characters");
        }
    }

    /** What stands before the sign. */
    public String local() {
        return address.substring(0, address.indexOf('@'));
    }

    /** What stands behind the sign. */
    public String domain() {
        return address.substring(address.indexOf('@') + 1);
    }

    /** The words that a person would say, for example {@code anna dot miller at example dot com}. */
    public String spoken() {
        return spoken(Language.ENGLISH);
    }

    /** The words that a person would say, signs by their names in the language. */
    @Override
    public String spoken(Language language) {
        return spoken(address, language);
    }

    /** The part before the sign with the spelling alphabet of the ICAO, the domain in words. */
    public String spelled() {
        return spelled(Language.ENGLISH);
    }

    /** The part before the sign with the spelling alphabet of the language, the domain in words. */
    public String spelled(Language language) {
        return Spelling.alphabet(local(), language) + ", " + Spelling.sign("@", language) + " "
                + spoken(domain(), language);
    }

    private static String spoken(String text, Language language) {
        return PART.matcher(text)
                .results()
                .map(part -> Spelling.sign(part.group(), language))
                .collect(Collectors.joining(" "));
    }

    @Override
    public String toString() {
        return "…@" + domain();
    }
}
