package dev.antiphon.testkit.brain;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads days, times of day and both together, as a part of {@link SlotReader}. */
final class MomentReader {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final DateTimeFormatter HOUR_AND_MINUTE = DateTimeFormatter.ofPattern("HH:mm");
    private static final Pattern CORRECTS =
            Pattern.compile("\\b(?:instead|make (?:it|that)|rather|change|move)\\b", Pattern.CASE_INSENSITIVE);

    private final HeardValues heard;
    private final LocalDate today;

    /** Everything that was said. */
    private final String said;
    /** Whether the likelier half of the day is given where it is open, to compare it with what is on offer. */
    private final boolean guesses;

    MomentReader(HeardValues heard, LocalDate today, String said, boolean guesses) {
        this.heard = heard;
        this.today = today;
        this.said = said;
        this.guesses = guesses;
    }

    void readDates() {
        List<Property> dates = heard.of(PropertyKind.DATE);
        boolean momentAsked = heard.of(PropertyKind.DATE_TIME).stream()
                .anyMatch(property -> heard.expectation.asksForAlone(property, heard.properties));
        if (dates.isEmpty() || momentAsked) {
            readDateTime();
        } else {
            List<Found<LocalDate>> found = DateWords.findAll(heard.words, today);
            heard.assign(
                    dates,
                    dates.size() > 1 ? DateWords.inOrder(found, heard.words) : found,
                    date -> JSON.stringNode(date.toString()));
            if (found.isEmpty()) {
                heard.assign(dates, spans(heard.meant(dates)), JSON::stringNode);
            }
        }
    }

    private void readDateTime() {
        heard.target(PropertyKind.DATE_TIME).ifPresent(property -> {
            MomentWords moment = moment(heard.words, property, true);
            Optional<Found<String>> span =
                    moment.date().isPresent() ? Optional.empty() : Found.meant(spans(property), heard.words.text());
            moment.whole()
                    .or(() -> span.map(Found::value)
                            .map(days -> moment.time()
                                    .map(clock -> days + " at " + clock.said())
                                    .orElse(days)))
                    .ifPresent(said -> {
                        heard.values.put(property.name(), JSON.stringNode(said));
                        heard.words = span.isPresent() ? moment.left().without(span.get()) : moment.left();
                    });
        });
    }

    /** Whether the half of the day stays open is the property's choice. */
    private MomentWords moment(Words said, Property property, boolean asked) {
        MomentWords moment = MomentWords.of(said, today, asked);
        return property.takesBareHours() && !guesses ? moment : moment.guessed();
    }

    /** A day or a time alone, with what is known of the moment: "make it four". */
    Optional<String> completedMoment(Property property, String known) {
        return moment(heard.words, property, heard.expectation.asksFor(property))
                .completedBy(known);
    }

    /** Several days of which the caller names none, as they were said; none when something else was asked for. */
    private List<Found<String>> spans(Property property) {
        boolean wanted = heard.expectation.asksFor(property)
                || heard.properties.stream().noneMatch(heard.expectation::asksFor)
                || CORRECTS.matcher(heard.words.text()).find();
        return property.takesSpans() && !guesses && wanted ? DateWords.spans(heard.words) : List.of();
    }

    /** Bare hours, too, where they are wanted; a model passes on what was said and leaves the half of the day open. */
    void readTimes(boolean bare) {
        List<Property> times = heard.of(PropertyKind.TIME);
        if (times.isEmpty()) {
            return;
        }
        boolean open = !guesses && times.stream().allMatch(Property::takesBareHours);
        Words searched = times.size() == 1 ? TimeWords.withoutRanges(heard.words) : heard.words;
        heard.assign(
                times,
                TimeWords.clocks(searched, said, bare),
                clock -> JSON.stringNode(open ? clock.said() : clock.time().format(HOUR_AND_MINUTE)));
    }

    void readBareTimes() {
        boolean known =
                heard.of(PropertyKind.TIME).stream().anyMatch(property -> heard.values.containsKey(property.name()));
        boolean asked = heard.of(PropertyKind.TIME).stream().anyMatch(heard.expectation::asksFor);
        boolean besideDate =
                heard.of(PropertyKind.DATE).stream().anyMatch(property -> heard.values.containsKey(property.name()))
                        && !heard.has(PropertyKind.WHOLE_NUMBER)
                        && !heard.has(PropertyKind.NUMBER);
        if (!known
                && (asked || besideDate || CORRECTS.matcher(heard.words.text()).find())) {
            readTimes(true);
        }
    }
}
