package dev.antiphon.flow.slot;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.say.Speakable;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A phone number in E.164 form, for example {@code +12025550147}. Personal data: {@link #toString()} masks all but the
 * last two digits.
 */
public record PhoneNumber(String e164) implements Speakable {
    public PhoneNumber {
        if (!e164.matches("\\+[1-9]\\d{3,14}")) {
            throw new IllegalArgumentException("a phone number must be '+' and 4 to 15 digits, but has " + e164.length()
                    + " characters of another form");
        }
    }

    /** The number in groups, digit by digit, without the country code, for example {@code 2 0 2, 5 5 5, 0 1 4 7}. */
    public String spoken() {
        return List.of(national().split("\\D+")).stream()
                .filter(group -> !group.isEmpty())
                .map(group -> String.join(" ", group.split("")))
                .collect(Collectors.joining(", "));
    }

    /** The same in each language: digits. */
    @Override
    public String spoken(Language language) {
        return spoken();
    }

    private String national() {
        try {
            PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
            return numbers.format(numbers.parse(e164, "ZZ"), PhoneNumberFormat.NATIONAL);
        } catch (NumberParseException unknownCountry) {
            return e164;
        }
    }

    @Override
    public String toString() {
        return "…" + e164.substring(e164.length() - 2);
    }
}
