package dev.antiphon.flow.slot;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The forms of postcodes by country, as the postal services of these countries write them; of other countries any form is taken. */
final class Postcodes {
    private static final String FOUR = "\\d{4}";
    private static final String FIVE = "\\d{5}";
    private static final String SIX = "\\d{3} ?\\d{3}";
    private static final String THREE_AND_TWO = "\\d{3} ?\\d{2}";

    private static final Map<String, Pattern> FORMS = Map.ofEntries(
                    Map.entry("AT", FOUR),
                    Map.entry("AU", FOUR),
                    Map.entry("BE", FOUR),
                    Map.entry("CA", "[A-Z]\\d[A-Z] ?\\d[A-Z]\\d"),
                    Map.entry("CH", FOUR),
                    Map.entry("CZ", THREE_AND_TWO),
                    Map.entry("DE", FIVE),
                    Map.entry("DK", FOUR),
                    Map.entry("ES", FIVE),
                    Map.entry("FI", FIVE),
                    Map.entry("FR", FIVE),
                    Map.entry("GB", "[A-Z]{1,2}\\d[A-Z\\d]? ?\\d[A-Z]{2}"),
                    Map.entry("GR", THREE_AND_TWO),
                    Map.entry("HU", FOUR),
                    Map.entry("IN", SIX),
                    Map.entry("IT", FIVE),
                    Map.entry("LI", FOUR),
                    Map.entry("LU", FOUR),
                    Map.entry("MX", FIVE),
                    Map.entry("NL", "\\d{4} ?[A-Z]{2}"),
                    Map.entry("NO", FOUR),
                    Map.entry("NZ", FOUR),
                    Map.entry("PL", "\\d{2}-?\\d{3}"),
                    Map.entry("PT", "\\d{4}(?:-?\\d{3})?"),
                    Map.entry("SE", THREE_AND_TWO),
                    Map.entry("SG", SIX),
                    Map.entry("SK", THREE_AND_TWO),
                    Map.entry("US", "\\d{5}(?:-\\d{4})?"),
                    Map.entry("ZA", FOUR))
            .entrySet()
            .stream()
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, form -> Pattern.compile(form.getValue())));

    private Postcodes() {}

    /** Whether a postcode in upper case, with or without the sign of the country before it, can be one of a country. */
    static boolean mayBeOf(String country, String code) {
        String plain = code.replaceFirst("^(?:" + country + "|[A-Z](?=-\\d{4,5}$))[- ]", "");
        return Optional.ofNullable(FORMS.get(country))
                .map(form -> form.matcher(plain).matches())
                .orElse(true);
    }
}
