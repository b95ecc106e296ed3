package dev.antiphon.flow.slot;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber;
import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.say.Phrase;
import dev.antiphon.flow.say.Speakable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A phone number in E.164 form, for example {@code +12025550147}, and the extension behind it, if there is one. Personal data:
 * {@link #toString()} masks all but the last two digits.
 *
 * @param e164 a plus sign and 4 to 15 digits
 * @param extension 1 to 9 digits
 */
public record PhoneNumber(String e164, Optional<String> extension) implements Speakable {
    /** Its place among the names of signs. */
    private static final int PLUS = 4;

    private static final String BEFORE_EXTENSION = ";ext=";

    public PhoneNumber {
        if (!e164.matches("\\+[1-9]\\d{3,14}")) {
            throw new IllegalArgumentException("a phone number must be '+' and 4 to 15 digits, but has " + e164.length()
                    + " characters of another form");
        }
        extension.filter(digits -> !digits.matches("\\d{1,9}")).ifPresent(digits -> {
            throw new IllegalArgumentException("the extension of a phone number must be 1 to 9 digits, but has "
                    + digits.length() + " characters");
        });
    }

    /** A number without an extension. */
    public PhoneNumber(String e164) {
        this(e164, Optional.empty());
    }

    /**
     * The number of a {@link #text()}.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static PhoneNumber of(String text) {
        int end = text.indexOf(BEFORE_EXTENSION);
        return end < 0
                ? new PhoneNumber(text)
                : new PhoneNumber(text.substring(0, end), Optional.of(text.substring(end + BEFORE_EXTENSION.length())));
    }

    /** The number with its extension, as RFC 3966 writes it without {@code tel:}: {@code +12025550147;ext=5}. */
    public String text() {
        return e164 + extension.map(digits -> BEFORE_EXTENSION + digits).orElse("");
    }

    /** The number in English, see {@link #spoken(Language)}. */
    public String spoken() {
        return spoken(Language.ENGLISH);
    }

    /**
     * The number in groups, digit by digit, without the country code, for example {@code 2 0 2, 5 5 5, 0 1 4 7}, then the
     * extension.
     */
    @Override
    public String spoken(Language language) {
        return withExtension(inGroups(formatted(PhoneNumberFormat.NATIONAL)), language);
    }

    /** As {@link #spoken(Language)}, for callers in a region: with the country code when it is another one's: {@code plus 4 4, 2 0, …}. */
    String spokenIn(String region, Language language) {
        int own = PhoneNumberUtil.getInstance().getCountryCodeForRegion(region);
        boolean isForeign =
                parsed().filter(number -> number.getCountryCode() != own).isPresent();
        String plus = language.text(Phrase.SIGNS).split(" ")[PLUS] + " ";
        return isForeign
                ? withExtension(plus + inGroups(formatted(PhoneNumberFormat.INTERNATIONAL)), language)
                : spoken(language);
    }

    private static String inGroups(String written) {
        return List.of(written.split("\\D+")).stream()
                .filter(group -> !group.isEmpty())
                .map(PhoneNumber::digits)
                .collect(Collectors.joining(", "));
    }

    private String withExtension(String number, Language language) {
        return extension
                .map(behind -> language.text(Phrase.PHONE_EXTENSION, "number", number, "extension", digits(behind)))
                .orElse(number);
    }

    private static String digits(String group) {
        return String.join(" ", group.split(""));
    }

    private String formatted(PhoneNumberFormat format) {
        return parsed().map(number -> PhoneNumberUtil.getInstance().format(number, format))
                .orElse(e164);
    }

    private Optional<Phonenumber.PhoneNumber> parsed() {
        try {
            return Optional.of(PhoneNumberUtil.getInstance().parse(e164, "ZZ"));
        } catch (NumberParseException unknownCountry) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "…" + e164.substring(e164.length() - 2);
    }
}
