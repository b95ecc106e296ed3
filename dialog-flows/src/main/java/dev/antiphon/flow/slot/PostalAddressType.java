package dev.antiphon.flow.slot;

import dev.antiphon.flow.slot.PostalAddress.Part;
import java.time.ZonedDateTime;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * A postal address in one value: five parts with bars between them ({@code Main Street | 12b | 62701 | Springfield, IL | US}, the
 * normal form), or as it is written or said, with commas. At most 200 characters.
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
        Optional<String> text = Heard.text(said, MOST_NORMAL_CHARS)
                .filter(words -> !words.isEmpty() && (words.length() <= MOST_CHARS || AddressWords.isNormal(words)));
        if (text.isEmpty()) {
            return new Reading.Unclear<>(
                    said.isBlank() ? "I couldn't make out the address." : "That is too long for an address.", false);
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
            return new Reading.Unclear<>("I couldn't make out the address.", true);
        }
        if (!missing.isEmpty()) {
            return new Reading.Unclear<>(
                    "I need the whole address; I didn't get the " + Spoken.all(named(missing)) + ".", false);
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

    private static List<String> named(Set<Part> parts) {
        return parts.stream().map(PostalAddressType::named).toList();
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
    public String spoken(PostalAddress value) {
        return value.spoken();
    }

    @Override
    public String spelled(PostalAddress value) {
        return value.street().map(Spelling::alphabet).orElseGet(value::spoken);
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
    public String shortQuestion(String label) {
        return "So, the " + label + "?";
    }

    @Override
    public String hint() {
        return "Please say the "
                + Spoken.all(named(required.isEmpty() ? EnumSet.allOf(Part.class) : EnumSet.copyOf(required))) + ".";
    }
}
