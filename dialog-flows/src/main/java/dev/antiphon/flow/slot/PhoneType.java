package dev.antiphon.flow.slot;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber;
import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.say.Line;
import dev.antiphon.flow.say.Phrase;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * A phone number with its area code, normalised to E.164. Numbers of a possible length are taken, since lists of assigned
 * prefixes age. Digits may be spoken ("double five"). An extension is kept ("extension 12"). At most 120 characters are read.
 *
 * @param region the ISO country of numbers without a country code, for example {@code US}
 */
public record PhoneType(String region) implements SlotType<PhoneNumber> {
    private static final int MOST_CHARS = 120;
    private static final Pattern WORD = Pattern.compile("\\p{L}{2,}|\\bo\\b");
    private static final Pattern EXTENSION = Pattern.compile(
            "(?i)^(.*?)[\\s,;]*(?:\\b(?:extension|extn?|durchwahl|apparat)\\b|(?<=[\\d\\s])x(?=\\s*\\d))[.:=]?\\s*(?:number |nummer |is )?(.*)$");
    private static final Pattern DIGITS = Pattern.compile("\\d{1,9}");

    public PhoneType {
        if (!PhoneNumberUtil.getInstance().getSupportedRegions().contains(region)) {
            throw new IllegalArgumentException(
                    "region must be an ISO country code like 'US', but was '" + region + "'");
        }
    }

    @Override
    public Class<PhoneNumber> valueType() {
        return PhoneNumber.class;
    }

    @Override
    public Reading<PhoneNumber> read(String said, ZonedDateTime now) {
        PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
        String words = Heard.plain(said);
        Matcher extended = EXTENSION.matcher(words.length() > MOST_CHARS ? "" : words);
        boolean isExtended = extended.matches();
        try {
            Phonenumber.PhoneNumber number = numbers.parse(figures(isExtended ? extended.group(1) : words), region);
            String extension =
                    isExtended ? figures(extended.group(2)).replaceAll("[\\s.!-]", "") : number.getExtension();
            ValidationResult length = numbers.isPossibleNumberWithReason(number);
            if ((isExtended || number.hasExtension())
                    && !DIGITS.matcher(extension).matches()) {
                return unclear(Phrase.PHONE_EXTENSION_UNCLEAR);
            }
            return switch (length) {
                case IS_POSSIBLE ->
                    new Reading.Understood<>(new PhoneNumber(
                            numbers.format(number, PhoneNumberFormat.E164),
                            Optional.of(extension).filter(digits -> !digits.isEmpty())));
                case IS_POSSIBLE_LOCAL_ONLY -> unclear(Phrase.PHONE_AREA_CODE);
                case TOO_SHORT -> unclear(Phrase.PHONE_TOO_SHORT);
                case TOO_LONG, INVALID_LENGTH, INVALID_COUNTRY_CODE -> unclear(Phrase.PHONE_INCOMPLETE);
            };
        } catch (NumberParseException | IllegalArgumentException notANumber) {
            return unclear(Phrase.PHONE_UNCLEAR);
        }
    }

    /** Figures as they were written; spoken digits as figures. */
    private static String figures(String words) {
        String lower = words.toLowerCase(Locale.ROOT);
        if (words.length() > MOST_CHARS || !WORD.matcher(words).find()) {
            return words.length() > MOST_CHARS ? "" : words;
        }
        boolean plus = lower.startsWith("plus ") || lower.startsWith("+");
        List<String> readings = DigitWords.readings(plus ? lower.replaceFirst("^(?:plus |\\+)", "") : lower, false);
        return readings.isEmpty() ? words : (plus ? "+" : "") + readings.getFirst();
    }

    private static Reading<PhoneNumber> unclear(Phrase reason) {
        return new Reading.Unclear<>(Line.of(reason), false);
    }

    @Override
    public String normal(PhoneNumber value) {
        return value.text();
    }

    @Override
    public String spoken(PhoneNumber value, Language language) {
        return value.spokenIn(region, language);
    }

    @Override
    public String spelled(PhoneNumber value, Language language) {
        return value.spokenIn(region, language);
    }

    @Override
    public void describe(ObjectNode property) {
        property.put("type", "string").put("format", "phone");
    }

    @Override
    public Line shortQuestion() {
        return Line.of(Phrase.PHONE_SHORT);
    }

    @Override
    public Line hint() {
        return Line.of(Phrase.PHONE_HINT);
    }

    @Override
    public boolean readBack() {
        return true;
    }
}
