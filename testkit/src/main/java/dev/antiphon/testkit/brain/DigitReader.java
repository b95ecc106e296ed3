package dev.antiphon.testkit.brain;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads codes and phone numbers, and tells them from days and times, as a part of {@link SlotReader}. */
final class DigitReader {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int LONG_PHONE = 9;
    private static final Pattern HAS_LETTER = Pattern.compile("\\p{L}");

    private final HeardValues heard;
    private final LocalDate today;
    private final String phoneRegion;

    DigitReader(HeardValues heard, LocalDate today, String phoneRegion) {
        this.heard = heard;
        this.today = today;
        this.phoneRegion = phoneRegion;
    }

    /** A code that the words name, then one that was asked for, then any other; a day or a time is none where one can be given. */
    void readCodes() {
        List<Property> codes = heard.properties.stream()
                .filter(property -> property.kind().isLike(PropertyKind.IDENTIFIER))
                .toList();
        if (codes.isEmpty()) {
            return;
        }
        List<Naming> namings = Naming.in(heard.words, codes);
        for (int i = 0; i < namings.size(); i++) {
            Naming naming = namings.get(i);
            int end = i + 1 < namings.size()
                    ? namings.get(i + 1).start()
                    : heard.words.text().length();
            code(naming.property(), withoutMoments().only(naming.end(), end), true)
                    .ifPresent(found -> {
                        heard.put(naming.property(), JSON.stringNode(found.value()), naming.start(), found.end());
                        heard.named.add(naming.property().name());
                    });
        }
        for (Property property : heard.expectation.byUrgency(codes)) {
            boolean asked = heard.expectation.asksFor(property);
            if (!heard.values.containsKey(property.name()) && (asked || property.kind() == PropertyKind.IDENTIFIER)) {
                code(property, withoutMoments(), asked)
                        .filter(found -> asked || !isOfPhone(found))
                        .filter(found -> asked
                                || !asksForOtherDigits()
                                || HAS_LETTER.matcher(found.value()).find())
                        .ifPresent(found -> heard.put(property, JSON.stringNode(found.value()), found));
            }
        }
    }

    /** Whether it is a part of digits that are as many as those of a phone number, where one can be given. */
    private boolean isOfPhone(Found<String> found) {
        return heard.has(PropertyKind.PHONE)
                && !HAS_LETTER.matcher(found.value()).find()
                && PhoneWords.spoken(withoutMoments(), false)
                        .filter(found::overlaps)
                        .filter(number -> PhoneWords.areNamed(heard.words)
                                || number.value().length() > found.value().length())
                        .isPresent();
    }

    private static Optional<Found<String>> code(Property property, Words said, boolean asked) {
        return new CodeWords(property.pattern(), property.kind() == PropertyKind.IDENTIFIER).find(said, asked);
    }

    /** Whether digits answer a question for something else than a code. */
    private boolean asksForOtherDigits() {
        return heard.properties.stream()
                .filter(heard.expectation::asksFor)
                .anyMatch(property -> switch (property.kind()) {
                    case DATE, TIME, DATE_TIME, PHONE, DURATION, MONEY, WHOLE_NUMBER, NUMBER, POSTAL_ADDRESS -> true;
                    case DIGITS, IDENTIFIER, EMAIL, PERSON_NAME, CHOICE, FLAG, TOKEN, TEXT -> false;
                });
    }

    private Words withoutMoments() {
        Words left = heard.words;
        if (heard.has(PropertyKind.DATE) || heard.has(PropertyKind.DATE_TIME)) {
            for (Found<LocalDate> date : DateWords.numericOnly(left, today)) {
                left = left.without(date);
            }
        }
        if (heard.has(PropertyKind.TIME) || heard.has(PropertyKind.DATE_TIME)) {
            for (Found<LocalTime> time : TimeWords.unmistakable(left)) {
                left = left.without(time);
            }
        }
        return left;
    }

    /** Written phone numbers are read between numeric dates, which look like them. */
    void hideNumericDates() {
        Words hidden = heard.words;
        for (Found<LocalDate> date : DateWords.numericOnly(heard.words, today)) {
            hidden = hidden.without(date);
        }
        for (Found<LocalTime> time : TimeWords.apartFromDigits(hidden)) {
            hidden = hidden.without(time);
        }
        Words searched = hidden;
        heard.target(PropertyKind.PHONE)
                .ifPresent(property -> PhoneWords.written(searched, phoneRegion)
                        .ifPresent(found -> heard.put(property, JSON.stringNode(found.value()), found)));
    }

    /** Digits that are too many for a time, which "two oh two" alone would be. */
    void readLongPhone() {
        heard.target(PropertyKind.PHONE)
                .filter(property -> !heard.values.containsKey(property.name()))
                .ifPresent(property -> {
                    Words left = heard.words;
                    for (Found<LocalTime> time : TimeWords.unmistakable(left)) {
                        left = left.without(time);
                    }
                    PhoneWords.spoken(left, false)
                            .filter(found -> found.value().length() >= LONG_PHONE)
                            .ifPresent(found -> heard.put(property, JSON.stringNode(found.value()), found));
                });
    }

    void readSpokenPhone() {
        heard.target(PropertyKind.PHONE)
                .filter(property -> !heard.values.containsKey(property.name()))
                .ifPresent(property -> PhoneWords.spoken(
                                heard.words, heard.expectation.asksFor(property) || PhoneWords.areNamed(heard.words))
                        .ifPresent(found -> heard.put(property, JSON.stringNode(found.value()), found)));
    }
}
