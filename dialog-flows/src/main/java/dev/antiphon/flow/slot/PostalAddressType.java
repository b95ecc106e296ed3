package dev.antiphon.flow.slot;

import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.say.Line;
import dev.antiphon.flow.say.Phrase;
import dev.antiphon.flow.say.Speakable;
import dev.antiphon.flow.slot.PostalAddress.Part;
import java.time.ZonedDateTime;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * A postal address in one value: five parts with bars between them ({@code Main Street | 12b | 62701 | Springfield, IL | US}, the
 * normal form), or as it is written or said, with commas. A part that a model filled in for want of one ("unknown", "null") is
 * missing. At most 200 characters.
 *
 * @param required parts without which an address is not complete; others are kept when they are said
 * @param country of addresses that name none, a code of ISO 3166-1; empty: none
 */
public record PostalAddressType(Set<Part> required, Optional<String> country) implements SlotType<PostalAddress> {
    /** The codes of all countries. */
    static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    private static final int MOST_CHARS = 200;
    private static final int MOST_NORMAL_CHARS = 280;

    public PostalAddressType {
        required = required.isEmpty() ? Set.of() : Set.copyOf(required);
        country.filter(code -> !COUNTRIES.contains(code)).ifPresent(code -> {
            throw new IllegalArgumentException(
                    "country must be a code of ISO 3166-1 in two letters like 'DE', but was '" + code + "'");
        });
    }

    @Override
    public Class<PostalAddress> valueType() {
        return PostalAddress.class;
    }

    @Override
    public Reading<PostalAddress> read(String said, ZonedDateTime now) {
        Reading<PostalAddress> reading = read(said);
        if (!(reading instanceof Reading.Understood<PostalAddress> understood)) {
            return reading;
        }
        return readsBack(understood)
                ? withPostcode(understood.value())
                : new Reading.Unclear<>(Line.of(Phrase.ADDRESS_UNCLEAR), false);
    }

    /** What is no address may look like one and be another one when it is read again. */
    private boolean readsBack(Reading.Understood<PostalAddress> understood) {
        return read(normal(understood.value())).equals(understood);
    }

    /** Without a look at the form of the postcode, which may have become stricter. */
    @Override
    public PostalAddress restore(String normal) {
        return switch (read(normal)) {
            case Reading.Understood<PostalAddress> understood -> understood.value();
            case Reading.Unsure<PostalAddress> unsure ->
                throw new IllegalArgumentException("not a normal form of an address: it has "
                        + unsure.candidates().size() + " meanings");
            case Reading.Unclear<PostalAddress> unclear ->
                throw new IllegalArgumentException("not a normal form of an address: " + unclear.reason());
        };
    }

    private static Reading<PostalAddress> withPostcode(PostalAddress address) {
        String code = address.postcode().orElse("");
        String land = address.country().orElse("");
        if (code.isEmpty() || Postcodes.mayBeOf(land, code)) {
            return new Reading.Understood<>(address);
        }
        Speakable country = language -> Locale.of("", land).getDisplayCountry(language.locale());
        return new Reading.Unclear<>(
                Line.of(Phrase.ADDRESS_WRONG_POSTCODE, "code", Spelling.letters(code), "country", country), false);
    }

    private Reading<PostalAddress> read(String said) {
        Optional<String> text = Heard.text(said, MOST_NORMAL_CHARS)
                .filter(words -> !words.isEmpty()
                        && !NoValue.isNoAnswer(words)
                        && (words.length() <= MOST_CHARS || AddressWords.isNormal(words)));
        if (text.isEmpty()) {
            return new Reading.Unclear<>(
                    said.isBlank() || NoValue.isNoAnswer(said)
                            ? Line.of(Phrase.ADDRESS_UNCLEAR)
                            : Line.of(Phrase.TEXT_TOO_LONG, "label", "address", "most", MOST_CHARS),
                    false);
        }
        Map<Part, String> parts = new EnumMap<>(AddressWords.parts(text.get()));
        boolean normal = AddressWords.isNormal(text.get());
        if (!normal) {
            country.ifPresent(code -> parts.putIfAbsent(Part.COUNTRY, code));
        }
        Set<Part> missing = EnumSet.noneOf(Part.class);
        required.stream().filter(part -> !parts.containsKey(part)).forEach(missing::add);
        int found = required.size() - missing.size();
        if (parts.isEmpty() || found < Math.min(2, required.size())) {
            return new Reading.Unclear<>(Line.of(Phrase.ADDRESS_UNCLEAR), true);
        }
        if (!missing.isEmpty()) {
            return new Reading.Unclear<>(Line.of(Phrase.ADDRESS_INCOMPLETE, "parts", named(missing)), false);
        }
        return new Reading.Understood<>(new PostalAddress(
                part(parts, Part.STREET),
                part(parts, Part.NUMBER),
                part(parts, Part.POSTCODE),
                part(parts, Part.CITY),
                part(parts, Part.COUNTRY)));
    }

    private static Optional<String> part(Map<Part, String> parts, Part part) {
        return Optional.ofNullable(parts.get(part));
    }

    private static Speakable named(Set<Part> parts) {
        return language ->
                language.all(parts.stream().map(part -> named(part, language)).toList());
    }

    private static String named(Part part, Language language) {
        return language.text(
                switch (part) {
                    case STREET -> Phrase.ADDRESS_STREET;
                    case NUMBER -> Phrase.ADDRESS_NUMBER;
                    case POSTCODE -> Phrase.ADDRESS_POSTCODE;
                    case CITY -> Phrase.ADDRESS_CITY;
                    case COUNTRY -> Phrase.ADDRESS_COUNTRY;
                });
    }

    private static String named(Part part) {
        return part == Part.NUMBER ? "house number" : part.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean readBack() {
        return true;
    }

    @Override
    public String normal(PostalAddress value) {
        return Stream.of(Part.values()).map(part -> value.part(part).orElse("")).collect(Collectors.joining(" | "));
    }

    @Override
    public String spoken(PostalAddress value, Language language) {
        return value.spoken(language);
    }

    @Override
    public String spelled(PostalAddress value, Language language) {
        return value.street()
                .map(street -> Spelling.alphabet(street, language))
                .orElseGet(() -> value.spoken(language));
    }

    @Override
    public void describe(ObjectNode property) {
        property.put("type", "string").put("format", "postal-address").put("maxLength", MOST_CHARS);
        property.putArray("examples").add("Main Street | 12b | 62701 | Springfield, IL | US");
        country.ifPresent(code -> property.put("x-country", code));
        Stream.of(Part.values())
                .filter(required::contains)
                .map(PostalAddressType::named)
                .forEach(property.putArray("x-required-parts")::add);
    }

    @Override
    public Line shortQuestion() {
        return Line.of(Phrase.SO_THE);
    }

    @Override
    public Line hint() {
        Set<Part> wanted = required.isEmpty() ? EnumSet.allOf(Part.class) : EnumSet.copyOf(required);
        return Line.of(Phrase.ADDRESS_HINT, "parts", named(wanted));
    }
}
