package dev.antiphon.flow.slot;

import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.say.Phrase;
import dev.antiphon.flow.say.Speakable;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A postal address; parts that were left out are empty. Personal data: {@link #toString()} shows only the country.
 *
 * @param street for example {@code Main Street}
 * @param number of the house, for example {@code 12b}
 * @param postcode in upper case, for example {@code SW1A 1AA}
 * @param city the town, with its state where one was said, for example {@code Springfield, IL}
 * @param country of ISO 3166-1 in two letters, for example {@code DE}
 */
public record PostalAddress(
        Optional<String> street,
        Optional<String> number,
        Optional<String> postcode,
        Optional<String> city,
        Optional<String> country)
        implements Speakable {
    private static final Set<String> NUMBER_FIRST = Set.of("US", "GB", "IE", "CA", "AU", "NZ", "FR", "IN", "ZA", "SG");

    /** Names whose number stands behind them everywhere. */
    private static final Pattern BOX =
            Pattern.compile("(?i)(?:p\\.? ?o\\.? ?|post(?:al)? (?:office )?|private |locked )?(?:box|bag)|postfach");

    public PostalAddress {
        country.filter(code -> !PostalAddressType.COUNTRIES.contains(code)).ifPresent(code -> {
            throw new IllegalArgumentException(
                    "a country must be a code of ISO 3166-1 in two letters like 'DE', but has " + code.length()
                            + " characters");
        });
    }

    /** A part of an address. */
    public enum Part {
        STREET,
        NUMBER,
        POSTCODE,
        CITY,
        COUNTRY
    }

    /** A part; empty when it was left out. */
    public Optional<String> part(Part part) {
        return switch (part) {
            case STREET -> street;
            case NUMBER -> number;
            case POSTCODE -> postcode;
            case CITY -> city;
            case COUNTRY -> country;
        };
    }

    /** One sentence part, for example {@code 12b Main Street, Springfield, IL, postcode 6 2 7 0 1, United States}. */
    public String spoken() {
        return spoken(Language.ENGLISH);
    }

    /** One sentence part, with words for the postcode and the country. */
    @Override
    public String spoken(Language language) {
        boolean numberFirst = country.map(NUMBER_FIRST::contains).orElse(true)
                && !street.filter(name -> BOX.matcher(name).matches()).isPresent();
        String line = (numberFirst ? Stream.of(number, street) : Stream.of(street, number))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" "));
        String code = postcode.map(text -> language.text(Phrase.POSTCODE, "code", Spelling.letters(text)))
                .orElse("");
        String land = country.map(each -> Locale.of("", each).getDisplayCountry(language.locale()))
                .orElse("");
        return Spoken.plain(Stream.of(line, city.orElse(""), code, land)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", ")));
    }

    @Override
    public String toString() {
        return "…" + country.map(code -> ", " + code).orElse("");
    }
}
