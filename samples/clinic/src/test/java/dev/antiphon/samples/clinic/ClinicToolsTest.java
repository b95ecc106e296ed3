package dev.antiphon.samples.clinic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.connection.WebSocketEndpoint;
import dev.antiphon.server.BotEndpoint;
import dev.antiphon.testkit.bed.Agent;
import dev.antiphon.testkit.bed.BedSettings;
import dev.antiphon.testkit.bed.TestBed;
import dev.antiphon.testkit.caller.ExpectedOutcome;
import dev.antiphon.tool.ToolPoolSettings;
import dev.antiphon.tool.ToolSource;
import dev.antiphon.tool.ToolSources;
import dev.antiphon.tool.ToolThreads;
import dev.antiphon.tool.UnusableToolSource;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What callers ask of the clinic's tools: its price list, its car park's service, and the server of the pharmacies. */
class ClinicToolsTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<ParkingService> carParks = new ArrayList<>();

    private ToolSource carPark() {
        ParkingService carPark = ParkingService.start(() -> 7);
        carParks.add(carPark);
        return carPark;
    }

    private WebSocketEndpoint clinic(Agent.Surroundings around) {
        Calendar calendar = new Calendar(Database.inMemory(), around.clock(), ZoneOffset.UTC, around.random());
        ToolPoolSettings settings = ToolPoolSettings.defaults().withThreads(ToolThreads.of(around.tools()));
        ToolSources sources = ToolSources.of(this::carPark, () -> ClinicTools.pharmacies(PharmacyServer.command()));
        ClinicBot bot = new ClinicBot(() -> calendar, around.clock(), ZoneOffset.UTC, around.random(), settings);
        return BotEndpoint.in(around, bot.bot().withTools(system -> ClinicTools.start(system, sources, settings)));
    }

    @AfterEach
    void closeTheClient() {
        http.shutdownNow();
    }

    @Test
    void aCallerWhoBooksAsksAllThree() {
        try (TestBed bed = TestBed.inVirtualTime(BedSettings.defaults(), this::clinic)) {
            bed.call()
                    .expectSays("Harbour Street clinic")
                    .says("What is the price of a cleaning?")
                    .expectToolCall("price_of_service", "/service", "CLEANING")
                    .expectSays("Without insurance a cleaning is 75 dollars.")
                    .expectSays("Would you like a check-up, a cleaning or a vaccination?")
                    .says("A cleaning next Tuesday at three, please.")
                    .expectSays("May I have your name?")
                    .says("How many parking spaces are free right now?")
                    .expectToolCall("free_parking_spaces")
                    .expectSays("Free spaces: 7, of: 24. May I have your name?")
                    .says("Anna Miller")
                    .expectSays("phone number")
                    .says("415 555 0132")
                    .expectSays("Shall I book it?")
                    .says("Which pharmacy is on duty on Saturday?")
                    .expectToolCall("pharmacy_on_duty", "/day", "2026-11-21")
                    .expectSays("On Saturday, November 21 the pharmacy on duty is ")
                    .expectSays("Shall I book it?")
                    .says("Yes, please.")
                    .expectSays("You're booked. Your reference is")
                    .says("No, that is all. Goodbye.")
                    .expectOutcome(ExpectedOutcome.COMPLETED);
        }
        assertClosed();
    }

    @Test
    void aQuestionOfTheFaqStaysOne() {
        try (TestBed bed = TestBed.inVirtualTime(BedSettings.defaults(), this::clinic)) {
            bed.call()
                    .says("Is there parking?")
                    .expectToolCall("ask")
                    .expectSays("there is free parking behind the building");
        }
    }

    /** The service's port is free again, and no process is left. */
    private void assertClosed() {
        URI address = carParks.getLast().address();
        assertThatThrownBy(() -> get(address.resolve("/v1/spaces"))).isInstanceOf(ConnectException.class);
        assertThat(pharmacyProcesses()).isEmpty();
    }

    private static List<ProcessHandle> pharmacyProcesses() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info()
                        .commandLine()
                        .filter(line -> line.contains(PharmacyServer.class.getSimpleName()))
                        .isPresent())
                .filter(child -> child.onExit()
                        .completeOnTimeout(child, 5, TimeUnit.SECONDS)
                        .thenApply(ProcessHandle::isAlive)
                        .join())
                .toList();
    }

    @Test
    void whereOneCannotStartTheErrorSaysWhichAndWhatToDoAndTheOthersAreClosed() {
        List<String> command = new ArrayList<>(PharmacyServer.command());
        command.set(command.size() - 1, "dev.antiphon.samples.clinic.NoServer");
        ToolSources sources = ToolSources.of(this::carPark, () -> ClinicTools.pharmacies(command));
        ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "clinic");
        try {
            assertThatThrownBy(() -> ClinicTools.start(system, sources, ToolPoolSettings.defaults()))
                    .isInstanceOf(UnusableToolSource.class)
                    .hasMessageContaining("the MCP server 'pharmacies' did not start")
                    .hasMessageContaining("check its command");
            assertClosed();
        } finally {
            system.terminate();
            system.getWhenTerminated().toCompletableFuture().join();
        }
    }

    @Test
    void theCarParkAnswersOneAddress() throws Exception {
        try (ParkingService carPark = ParkingService.start(() -> 7)) {
            assertThat(get(carPark.address().resolve("/v1/spaces")).body())
                    .isEqualTo("{\"free_spaces\":7,\"of\":24,\"sensor\":\"P1\"}");
            assertThat(get(carPark.address().resolve("/")).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void pharmaciesTakeTurns() {
        LocalDate day = LocalDate.of(2026, 11, 21);
        assertThat(PharmacyServer.onDuty(day)).isEqualTo(PharmacyServer.onDuty(day));
        assertThat(List.of(
                        PharmacyServer.onDuty(day).replace("Saturday, November 21", ""),
                        PharmacyServer.onDuty(day.plusDays(1)).replace("Sunday, November 22", ""),
                        PharmacyServer.onDuty(day.plusDays(2)).replace("Monday, November 23", "")))
                .doesNotHaveDuplicates();
        assertThat(Optional.of(PharmacyServer.onDuty(day))).get().asString().startsWith("On Saturday, November 21 ");
    }

    private HttpResponse<String> get(URI address) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }
}
