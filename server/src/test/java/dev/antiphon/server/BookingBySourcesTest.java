package dev.antiphon.server;

import static dev.antiphon.flow.dsl.FlowDsl.alternatives;
import static dev.antiphon.flow.dsl.FlowDsl.date;
import static dev.antiphon.flow.dsl.FlowDsl.keyed;
import static dev.antiphon.flow.dsl.FlowDsl.ok;
import static dev.antiphon.flow.dsl.FlowDsl.partySize;
import static dev.antiphon.flow.dsl.FlowDsl.personName;
import static dev.antiphon.flow.dsl.FlowDsl.say;
import static dev.antiphon.flow.dsl.FlowDsl.spelled;
import static dev.antiphon.flow.dsl.FlowDsl.time;
import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.connection.WebSocketEndpoint;
import dev.antiphon.flow.Flow;
import dev.antiphon.flow.FlowConversation;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.testkit.bed.Agent;
import dev.antiphon.testkit.bed.BedSettings;
import dev.antiphon.testkit.bed.TestBed;
import dev.antiphon.testkit.bed.TestCall;
import dev.antiphon.testkit.caller.ExpectedOutcome;
import dev.antiphon.tool.ToolPoolSettings;
import dev.antiphon.tool.ToolSources;
import dev.antiphon.tool.ToolThreads;
import dev.antiphon.tool.ToolWork;
import dev.antiphon.tool.mcp.McpTools;
import dev.antiphon.tool.openapi.OpenApiTools;
import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A table is booked in a call, by sources alone: the times and the booking are an HTTP service's with an OpenAPI document, and the
 * caller uses a tool of the official MCP reference server besides.
 */
class BookingBySourcesTest {
    record Asked(LocalDate day, int people) {}

    record Free(List<LocalTime> free) {}

    record Visit(int people, LocalDate day, LocalTime time, String name) {}

    record Receipt(String reference) {}

    private final Slot<Integer> people = partySize("people", 8).ask("For how many people?");
    private final Slot<LocalDate> day = date("day").ask("Which day?");
    private TableService service;
    private OpenApiTools tables;
    private McpTools everything;

    @BeforeEach
    void aServiceAndAServer() throws IOException {
        service = new TableService();
        tables = OpenApiTools.of(
                TableService.DOCUMENT,
                options -> options.baseUrl(service.address())
                        .allow("find_tables", "book_table")
                        .idempotencyHeader("Idempotency-Key"));
        everything = McpTools.stdio("everything", EverythingServer.command(), options -> options.allow("echo"));
    }

    @AfterEach
    void closeTheService() {
        service.close();
    }

    private Flow<Visit> flow() {
        ToolWork<Asked, Free> free = tables.work("find_tables", (Asked asked) -> asked, Free.class);
        ToolWork<Visit, Receipt> book = tables.work(
                "book_table",
                (Visit visit) -> Map.of(
                        "day", visit.day(),
                        "time", visit.time().toString(),
                        "people", visit.people(),
                        "name", visit.name()),
                Receipt.class);
        Slot<LocalTime> time = time("time", LocalTime.of(17, 0), LocalTime.of(22, 0))
                .ask("What time?")
                .dependsOn(people, day)
                .verify((at, slots) -> {
                    List<LocalTime> times = free.run(new Asked(slots.get(day), slots.get(people)))
                            .free();
                    return times.contains(at) ? ok() : alternatives(times);
                });
        Slot<String> name = personName("name").ask("May I have your name?");
        return Flow.named(
                "table",
                Visit.class,
                f -> f.goal("Book a table")
                        .collect(people, day, time, name)
                        .confirm(v -> say(
                                "A table for {} on {} at {} for {}. Shall I book it?",
                                v.people(),
                                v.day(),
                                v.time(),
                                v.name()))
                        .effect("book", keyed(book::run))
                        .done((visit, receipt) -> say("Booked. Your reference is {}.", spelled(receipt.reference())))
                        .alsoOffers("echo"));
    }

    private WebSocketEndpoint restaurant(Agent.Surroundings around) {
        ToolPoolSettings settings = ToolPoolSettings.defaults().withThreads(ToolThreads.of(around.tools()));
        Flow<Visit> flow = flow();
        Bot bot = Bot.of(
                        "restaurant",
                        "Books tables.",
                        () -> FlowConversation.start(flow, around.clock(), ZoneOffset.UTC, "call"))
                .withTools(system ->
                        ToolSources.of(() -> tables, () -> everything).startPool(system, List.of(), settings));
        return BotEndpoint.in(around, bot);
    }

    private static TestCall untilTheReadBack(TestCall call) {
        return call.says("A table for four tomorrow at six in the evening, please.")
                .expectSays("I have 7 PM or 8:30 PM")
                .says("The second one, please.")
                .expectSays("May I have your name?")
                .says("Can you echo back the message harbour?")
                .expectToolCall("echo")
                .expectSays("Echo: ")
                .expectSays("harbour")
                .says("Anna Miller")
                .expectSays("A table for 4 on Saturday, November 21st at 8:30 PM for Anna Miller. Shall I book it?");
    }

    @Test
    void aTableIsLookedUpAndBookedOnce() {
        try (TestBed bed = TestBed.inVirtualTime(BedSettings.defaults(), this::restaurant)) {
            untilTheReadBack(bed.call())
                    .says("Yes, please.")
                    .expectSays("Booked. Your reference is T 1.")
                    .says("No, that is all. Goodbye.")
                    .expectOutcome(ExpectedOutcome.COMPLETED);
        }

        assertThat(service.requests())
                .as("the time is looked up when it is asked for and when it is chosen")
                .containsExactly(
                        "GET /tables?day=2026-11-21&people=4", "GET /tables?day=2026-11-21&people=4", "POST /bookings");
        assertThat(service.bookings().values())
                .containsExactly("{\"day\":\"2026-11-21\",\"time\":\"20:30\",\"people\":4,\"name\":\"Anna Miller\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Yes, try again.", "Yes."})
    void whereTheAnswerIsLostASecondAttemptBooksNothingTwice(String again) {
        service.breaksOnce();
        try (TestBed bed = TestBed.inVirtualTime(BedSettings.defaults(), this::restaurant)) {
            untilTheReadBack(bed.call())
                    .says("Yes, please.")
                    .expectSays("Shall I try again?")
                    .says(again)
                    .expectSays("Booked. Your reference is T 1.");
        }

        assertThat(service.requests()).filteredOn("POST /bookings"::equals).hasSize(2);
        assertThat(service.bookings()).hasSize(1);
    }
}
