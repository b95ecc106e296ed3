package dev.antiphon.flow;

import static dev.antiphon.flow.TaskBuilder.task;
import static dev.antiphon.flow.dsl.FlowDsl.freeText;
import static dev.antiphon.flow.dsl.FlowDsl.handOver;
import static dev.antiphon.flow.dsl.FlowDsl.noMatch;
import static dev.antiphon.flow.dsl.FlowDsl.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.faq.Faq;
import dev.antiphon.flow.faq.FaqEntry;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Services are drawn one lane a task; the three ways of drawing show the same. */
class FlowDrawingTest {
    private static final Pattern GROUP = Pattern.compile("id=\"step-([^\"]+)\"");
    private static final Pattern BOX = Pattern.compile(
            "data-step=\"[^\"]+\"[^>]*><rect x=\"(\\d+)\" y=\"(\\d+)\" width=\"(\\d+)\" height=\"(\\d+)\"");

    private static final Pattern WORDS = Pattern.compile("->\\|([^|]+)\\|");
    private static final Pattern LABEL = Pattern.compile("class=\"label[^>]*>([^<]+)</text>");
    private static final Pattern UPRIGHT = Pattern.compile("class=\"edge back\" d=\"M[^V\"]*Q\\d+ \\d+ (\\d+) \\d+V");
    private static final Pattern BESIDE =
            Pattern.compile("class=\"label\" transform=\"rotate\\((-?)90 \\d+ \\d+\\)\" x=\"(\\d+)\"");
    private static final Pattern HEADING = Pattern.compile("<g class=\"(?:lane|flow)\"><text x=\"\\d+\" y=\"(\\d+)\"");
    private static final Pattern ARROW = Pattern.compile("class=\"edge\" d=\"M\\d+ (\\d+)(?:V\\d+H\\d+)?V(\\d+)\"");

    private final Flow<?> service = new EveningOut().restaurants().handOver("front desk");

    @Test
    void eachTaskIsALaneWithItsSlotsAndWhatFollows() {
        assertThat(service.mermaid())
                .containsSubsequence(
                        "s_start([\"restaurants\"])",
                        "subgraph lane_0 [\"find a restaurant\"]",
                        "s_cuisine[\"cuisine (optional)\"]",
                        "s_area[\"area (if said)\"]",
                        "s_find[[\"look it up\"]]",
                        "s_offer{",
                        "end",
                        "subgraph lane_1 [\"reserve a table\"]",
                        "s_seats[\"seats (else 2)\"]",
                        "s_confirm{",
                        "s_reserve_table[[",
                        "end")
                .contains("s_start --> s_cuisine", "s_start --> s_restaurant", "s_confirm -->|yes| s_reserve_table")
                .contains("s_offer -.->|chosen: proposed| s_restaurant");
    }

    @Test
    void aLaneSaysWhenASlotIsWanted() {
        record Visit(String service, Optional<String> colour) {}
        var service = freeText("service").ask("Which service?");
        var colour = freeText("colour").ask("Which colour?").onlyWhen("it is a colouring", slots -> true);
        Flow<?> salon = Flow.service(
                "salon",
                s -> s.goal("Book visits")
                        .task(task(
                                "book",
                                Visit.class,
                                t -> t.called("book a visit")
                                        .collect(service, colour)
                                        .confirm(visit -> say("{}. Shall I book it?", visit.service()))
                                        .effect("book_visit", visit -> "B1")
                                        .done((visit, reference) -> say("Booked.")))));
        assertThat(salon.mermaid()).contains("s_colour[\"colour (when it is a colouring)\"]");
        assertThat(salon.dot()).contains("colour (when it is a colouring)");
        assertThat(salon.svg()).contains("it is a colouring");
    }

    @Test
    void theGraphHasTheSameLanesAndArrows() {
        assertThat(service.dot())
                .startsWith("digraph \"restaurants\" {\n")
                .containsSubsequence("subgraph cluster_0", "find a restaurant", "subgraph cluster_1", "reserve a table")
                .contains("s_confirm -> s_reserve_table [label=\"yes\"];")
                .endsWith("}\n");
        assertThat(service.dot().split(" -> ", -1))
                .hasSameSizeAs(service.mermaid().split("->", -1));
        assertThat(service.dot().chars().filter(c -> c == '{').count())
                .isEqualTo(service.dot().chars().filter(c -> c == '}').count());
    }

    @Test
    void noArrowRunsThroughTheHeadingOfALaneOrFlow() {
        EveningOut out = new EveningOut();
        String svg = Dialog.of("evening", "Plan an evening out", out.restaurants(), out.cinema())
                .svg();
        List<Integer> headings = HEADING.matcher(svg)
                .results()
                .map(heading -> Integer.parseInt(heading.group(1)))
                .distinct()
                .toList();
        List<MatchResult> arrows = ARROW.matcher(svg).results().toList();

        assertThat(headings).hasSize(2);
        assertThat(arrows).hasSizeGreaterThan(4);
        assertThat(arrows).allSatisfy(arrow -> {
            int begin = Integer.parseInt(arrow.group(1));
            int end = Integer.parseInt(arrow.group(2));
            assertThat(headings).noneMatch(heading -> heading > begin && heading < end);
        });
    }

    @Test
    void everyArrowThatHasWordsInTheGraphHasThemInTheDrawing() {
        Flow<?> booking = new ReferenceBooking(
                        new Calendar(), Faq.of(FaqEntry.entry("Parking?").answer("Yes.")))
                .flow;
        for (Flow<?> flow : List.of(service, booking)) {
            List<String> words = WORDS.matcher(flow.mermaid())
                    .results()
                    .map(edge -> edge.group(1))
                    .toList();
            List<String> drawn = LABEL.matcher(flow.svg())
                    .results()
                    .map(label -> label.group(1))
                    .toList();

            assertThat(words).isNotEmpty();
            assertThat(drawn).containsExactlyInAnyOrderElementsOf(words);
        }
    }

    @Test
    void noWordsLieOnAnArrowThatRunsUpright() {
        Flow<?> booking = new ReferenceBooking(
                        new Calendar(), Faq.of(FaqEntry.entry("Parking?").answer("Yes.")))
                .flow;
        for (Flow<?> flow : List.of(service, booking)) {
            List<Integer> uprights = UPRIGHT.matcher(flow.svg())
                    .results()
                    .map(arrow -> Integer.parseInt(arrow.group(1)))
                    .toList();
            List<Integer> words = BESIDE.matcher(flow.svg())
                    .results()
                    .map(label ->
                            Integer.parseInt(label.group(2)) + (label.group(1).equals("-") ? -8 : 0))
                    .toList();

            assertThat(uprights).isNotEmpty();
            assertThat(words).hasSameSizeAs(uprights);
            assertThat(words)
                    .allSatisfy(
                            left -> assertThat(uprights).noneMatch(upright -> upright >= left && upright <= left + 8));
        }
    }

    @Test
    void aServiceOfOneTaskTakesOneLane() {
        record Message(String text) {}
        var message = freeText("message").ask("What shall I note?");
        Flow<?> desk = Flow.service(
                "desk",
                s -> s.goal("Take messages")
                        .task(task(
                                "take",
                                Message.class,
                                t -> t.called("take a message")
                                        .collect(message)
                                        .confirm(wanted -> say("{}. Is that right?", wanted.text()))
                                        .effect("keep", wanted -> "1")
                                        .done((wanted, number) -> say("Noted."))))
                        .onStuck(noMatch(4), handOver("front desk")));

        assertThat(FlowDrawing.of(desk).columns()).isEqualTo(1);
        assertThat(FlowDrawing.of(service).columns()).isEqualTo(2);
    }

    @Test
    void quotesInNamesDoNotBreakTheGraph() {
        Flow<?> quoted = new EveningOut().restaurants().handOver("the \"best\" \\ desk");

        assertThat(quoted.dot()).contains("label=\"the \\\"best\\\" \\\\ desk\"");
        assertThat(quoted.mermaid()).contains("([\"the #quot;best#quot; \\ desk\"])");
    }

    @Test
    void everyBoxHasAnIdOfItsOwnAndRoomOfItsOwn() {
        Flow<?> shared = Flow.service(
                "shared",
                s -> s.goal("Do two things")
                        .task(TaskBuilder.task(
                                "one",
                                Item.class,
                                t -> t.called("do one")
                                        .collect(new EveningOut().time)
                                        .effect("do_one", item -> "1")))
                        .task(TaskBuilder.task(
                                "two",
                                Item.class,
                                t -> t.called("do two")
                                        .collect(new EveningOut().time)
                                        .effect("do_two", item -> "2"))));

        String svg = shared.svg();

        List<String> ids =
                GROUP.matcher(svg).results().map(match -> match.group(1)).toList();
        assertThat(ids).doesNotHaveDuplicates().contains("time", "two.time", "confirm", "two.confirm");
        List<MatchResult> boxes = BOX.matcher(svg).results().toList();
        assertThat(boxes).hasSameSizeAs(ids);
        for (MatchResult one : boxes) {
            assertThat(boxes).filteredOn(other -> overlap(one, other)).containsExactly(one);
        }
    }

    @Test
    void aDialogIsDrawnFlowBesideFlowBelowItsBeginning() {
        Dialog evening = new EveningOut().both();

        assertThat(evening.mermaid())
                .containsSubsequence(
                        "s_dialog([\"evening\"])",
                        "subgraph flow_0 [\"restaurants\"]",
                        "s_restaurants_start([",
                        "subgraph lane_0 [\"find a restaurant\"]",
                        "subgraph flow_1 [\"cinema\"]",
                        "s_cinema_start([")
                .contains("s_dialog --> s_restaurants_start", "s_dialog --> s_cinema_start");
        assertThat(evening.dot())
                .containsSubsequence("subgraph cluster_flow_0", "subgraph cluster_0", "subgraph cluster_flow_1")
                .contains("s_dialog -> s_cinema_start;");
        assertThat(evening.dot().chars().filter(c -> c == '{').count())
                .isEqualTo(evening.dot().chars().filter(c -> c == '}').count());
        List<String> ids = GROUP.matcher(evening.svg())
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(ids).doesNotHaveDuplicates().contains("dialog", "restaurants.start", "cinema.start");
        List<MatchResult> boxes = BOX.matcher(evening.svg()).results().toList();
        assertThat(boxes).hasSameSizeAs(ids);
        for (MatchResult one : boxes) {
            assertThat(boxes).filteredOn(other -> overlap(one, other)).containsExactly(one);
        }
        assertThat(evening.svg()).contains(">restaurants</text></g>", ">cinema</text></g>");
    }

    @Test
    void aDialogOfOneFlowIsDrawnAsThatFlow() {
        assertThat(Dialog.of(service).svg()).isEqualTo(service.svg());
        assertThat(Dialog.of(service).mermaid()).isEqualTo(service.mermaid());
        assertThat(Dialog.of(service).dot()).isEqualTo(service.dot());
    }

    private static boolean overlap(MatchResult one, MatchResult other) {
        return near(one, other, 1, 3) && near(one, other, 2, 4);
    }

    private static boolean near(MatchResult one, MatchResult other, int begin, int size) {
        int a = Integer.parseInt(one.group(begin));
        int b = Integer.parseInt(other.group(begin));
        return a < b + Integer.parseInt(other.group(size)) && b < a + Integer.parseInt(one.group(size));
    }
}
