package dev.antiphon.flow.slot;

import dev.antiphon.flow.slot.PostalAddress.Part;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Takes an address apart: five parts with bars between them, or lines and commas in the order in which they are written. */
final class AddressWords {
    private static final Pattern CODE = Pattern.compile(
            "(?i)\\b([A-Z]{1,2}\\d[A-Z\\d]? ?\\d[A-Z]{2}|[A-Z]\\d[A-Z] ?\\d[A-Z]\\d|\\d{5}-\\d{3,4}|\\d{4} ?(?-i:[A-Z]{2})|\\d{3} \\d{2}|\\d{4,7}|\\d{2}-\\d{3})\\b");
    private static final Pattern CODE_NAME = Pattern.compile("(?i)\\b(?:postcode|post code|zip(?: code)?)\\b");
    private static final Pattern NUMBER_FIRST =
            Pattern.compile("(?i)(?:no\\.? ?|number )?(\\d{1,5}(?: ?[a-z](?![a-z]))?(?:[-/]\\d{1,5})?),? (.+)");
    private static final Pattern NUMBER_LAST =
            Pattern.compile("(?i)(.+?),? (?:no\\.? ?|number )?(\\d{1,5} ?[a-z]?(?:[-/]\\d{1,5}[a-z]?)?)");
    private static final Pattern NUMBER_ALONE = Pattern.compile("(?i)(?:no\\.? ?|nr\\.? ?|number )?(\\d{1,5} ?[a-z]?)");
    private static final Pattern STATE = Pattern.compile("[A-Z]{2,3}");
    private static final Pattern LEAD_IN = Pattern.compile(
            "(?i)^(?:(?:it's|it is|my address is|the address is|i live at|i live in|that's|ich wohne in der|ich wohne|meine adresse ist|die adresse ist)\\s+)+");
    /** Between the house number and the town, where no comma was said. */
    private static final Pattern BEFORE_TOWN =
            Pattern.compile("(?<=\\p{L}[.]? \\d{1,4} ?[a-zA-Z]?) (?:in (?=[\\p{L}\\d])|(?=\\d{4,5} \\p{L}))");

    private static final int MOST_PIECES = 12;
    private static final Map<String, String> COUNTRIES = countries();

    private AddressWords() {}

    /** Whether the text is in the form with bars. */
    static boolean isNormal(String text) {
        return text.chars().filter(each -> each == '|').count() == Part.values().length - 1L;
    }

    /** The parts that were found; none when the text is no address. */
    static Map<Part, String> parts(String text) {
        return isNormal(text) ? divided(text) : written(text);
    }

    private static Map<Part, String> divided(String text) {
        Map<Part, String> parts = new EnumMap<>(Part.class);
        String[] pieces = text.split("\\|", -1);
        for (Part part : Part.values()) {
            String piece = pieces[part.ordinal()].strip();
            Optional<String> value = switch (part) {
                case POSTCODE -> Optional.of(piece.toUpperCase(Locale.ROOT));
                case COUNTRY -> country(piece);
                case STREET, NUMBER, CITY -> Optional.of(piece);
            };
            value.filter(found -> !found.isEmpty() && !NoValue.isNothing(found))
                    .ifPresent(found -> parts.put(part, found));
        }
        return parts;
    }

    private static Map<Part, String> written(String text) {
        Map<Part, String> parts = new EnumMap<>(Part.class);
        List<String> pieces = new ArrayList<>();
        String plain = LEAD_IN.matcher(text.replace('|', ',')).replaceFirst("");
        Stream.of(BEFORE_TOWN.matcher(plain).replaceAll(", ").split("[,;]"))
                .map(String::strip)
                .filter(piece -> !piece.isEmpty())
                .limit(MOST_PIECES)
                .forEach(pieces::add);
        takeCountry(parts, pieces);
        List<String> states = takeCode(parts, pieces);
        takeStreet(parts, pieces);
        takeCity(parts, pieces, states);
        parts.values().removeIf(NoValue::isNothing);
        return parts;
    }

    private static void takeCountry(Map<Part, String> parts, List<String> pieces) {
        if (pieces.size() > 1) {
            Optional<String> country = country(pieces.getLast()).filter(code -> !isState(pieces));
            country.ifPresent(code -> {
                parts.put(Part.COUNTRY, code);
                pieces.removeLast();
            });
        }
    }

    /** "Springfield, IL": two letters at the end are a state where nothing else tells the country. */
    private static boolean isState(List<String> pieces) {
        String last = pieces.getLast();
        return STATE.matcher(last).matches()
                && !List.of("US", "USA", "UK", "GB", "DE", "FR", "AT", "CH").contains(last);
    }

    /** The last postcode that does not begin the street; gives back what stood beside it and is no city. */
    private static List<String> takeCode(Map<Part, String> parts, List<String> pieces) {
        for (int i = pieces.size() - 1; i >= 0; i--) {
            String piece = pieces.get(i);
            boolean mayBeNumber = i == 0 && pieces.size() > 1;
            Optional<MatchResult> code = CODE.matcher(piece)
                    .results()
                    .filter(found -> !mayBeNumber || found.start() > 0)
                    .reduce((first, last) -> last);
            if (code.isPresent()) {
                parts.put(Part.POSTCODE, code.get().group(1).toUpperCase(Locale.ROOT));
                String beside = CODE_NAME
                        .matcher(piece.substring(0, code.get().start()) + " "
                                + piece.substring(code.get().end()))
                        .replaceAll(" ")
                        .strip()
                        .replaceAll(" +", " ");
                pieces.remove(i);
                if (STATE.matcher(beside).matches()) {
                    return List.of(beside);
                }
                if (!beside.isEmpty()) {
                    pieces.add(i, beside);
                }
                return List.of();
            }
        }
        return List.of();
    }

    /** A house number that stands alone belongs to the piece before it, or behind it when it is the first. */
    private static void joinNumber(List<String> pieces) {
        for (int i = 0; i < pieces.size() && pieces.size() > 1; i++) {
            Matcher number = NUMBER_ALONE.matcher(pieces.get(i));
            if (number.matches()) {
                String digits = number.group(1).replace(" ", "");
                pieces.remove(i);
                pieces.set(
                        Math.max(0, i - 1),
                        i == 0 ? digits + " " + pieces.getFirst() : pieces.get(i - 1) + " " + digits);
                return;
            }
        }
    }

    private static void takeStreet(Map<Part, String> parts, List<String> pieces) {
        joinNumber(pieces);
        for (int i = 0; i < pieces.size(); i++) {
            String piece = pieces.get(i);
            Matcher first = NUMBER_FIRST.matcher(piece);
            Matcher last = NUMBER_LAST.matcher(piece);
            if (first.matches()) {
                parts.put(Part.NUMBER, first.group(1).replace(" ", ""));
                parts.put(Part.STREET, first.group(2));
            } else if (last.matches()) {
                parts.put(Part.STREET, last.group(1));
                parts.put(Part.NUMBER, last.group(2).replace(" ", ""));
            }
            if (parts.containsKey(Part.STREET)) {
                pieces.remove(i);
                return;
            }
        }
        if (pieces.size() > 1) {
            parts.put(Part.STREET, pieces.removeFirst());
        }
    }

    private static void takeCity(Map<Part, String> parts, List<String> pieces, List<String> states) {
        List<String> left = new ArrayList<>(pieces);
        left.addAll(states);
        if (!left.isEmpty() && left.stream().anyMatch(piece -> piece.chars().anyMatch(Character::isLetter))) {
            parts.put(Part.CITY, String.join(", ", left));
        }
    }

    /** The code of a country by code, or English or German name. */
    static Optional<String> country(String words) {
        return Optional.ofNullable(COUNTRIES.get(words.replaceFirst("(?i)^the ", "")));
    }

    private static Map<String, String> countries() {
        Map<String, String> codes = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String code : Locale.getISOCountries()) {
            Locale country = Locale.of("", code);
            codes.put(code, code);
            codes.put(country.getISO3Country(), code);
            codes.put(country.getDisplayCountry(Locale.ENGLISH), code);
            codes.put(country.getDisplayCountry(Locale.GERMAN), code);
            codes.put(country.getDisplayCountry(Locale.of("", code)), code);
        }
        codes.putAll(Map.of(
                "America",
                "US",
                "United States of America",
                "US",
                "UK",
                "GB",
                "England",
                "GB",
                "Great Britain",
                "GB",
                "Scotland",
                "GB",
                "Wales",
                "GB",
                "Holland",
                "NL",
                "Deutschland",
                "DE",
                "Czech Republic",
                "CZ"));
        return codes;
    }
}
