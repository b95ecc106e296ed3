package dev.antiphon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.antiphon.server.store.KpiQuery;
import dev.antiphon.server.store.Kpis;
import dev.antiphon.server.store.RowFormat;
import dev.antiphon.server.store.Store;
import dev.antiphon.server.store.StoreAddress;
import dev.antiphon.server.store.StoreSettings;
import dev.antiphon.server.store.UnitKey;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls of a server in a store. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class StoredCallTest {
    private static final String TEXT_ONLY =
            "{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"output_modalities\":[\"text\"]}}";
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private static Store open(StoreAddress address) {
        return Store.open(StoreSettings.defaults(address, UnitKey.of("a key of this test"))
                .simulated(true));
    }

    /** A tea for Ada, who hangs up then. */
    private static void orders(OrderDesk desk) throws InterruptedException {
        try (RealtimeClient client = RealtimeClient.connect(URI.create(desk.realtime() + "?caller=Ada%20Lovelace"))) {
            client.send(TEXT_ONLY);
            client.next("response.done");
            says(client, "A tea for Ada Lovelace please");
            says(client, "Yes, please");
        }
    }

    private static void says(RealtimeClient client, String words) throws InterruptedException {
        client.send("{\"type\":\"conversation.item.create\",\"item\":{\"type\":\"message\",\"role\":\"user\","
                + "\"content\":[{\"type\":\"input_text\",\"text\":\"" + words + "\"}]}}");
        client.send("{\"type\":\"response.create\"}");
        client.next("response.output_text.done");
        client.next("response.done");
    }

    private static JsonNode json(OrderDesk desk, String path) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return JsonMapper.shared()
                    .readTree(http.send(
                                    HttpRequest.newBuilder(desk.http(path)).build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .body());
        }
    }

    @Test
    void aCallIsStoredWithItsSlotsStepsAndEffect() throws Exception {
        Instant begin = Instant.now();
        StoreAddress address = StoreAddress.file(folder.resolve("calls"));
        try (Store store = open(address)) {
            assertThat(store.awaitUp(LONG)).isTrue();
            try (OrderDesk desk = OrderDesk.open(settings -> settings.withStore(Optional.of(store)))) {
                orders(desk);
                assertThat(json(desk, "/health").at("/store/state").asString()).isEqualTo("up");
                assertThat(json(desk, "/health").at("/status").asString()).isEqualTo("up");
            }
            assertThat(store.flush(LONG)).isTrue();

            Kpis kpis = store.kpis(
                    KpiQuery.between(begin.minusSeconds(1), Instant.now().plusSeconds(1)));
            assertThat(kpis.outcomes().completion().count()).isEqualTo(1);
            assertThat(kpis.outcomes().simulated()).isEqualTo(1);
            assertThat(kpis.slots())
                    .extracting(Kpis.Slot::slot, Kpis.Slot::filled)
                    .contains(tuple("drink", 1L));
            assertThat(kpis.tools()).filteredOn(Kpis.Tool::effect).hasSize(1);
            assertThat(kpis.funnel()).extracting(Kpis.Step::step).contains("confirm", "done");
            StringWriter out = new StringWriter();
            for (String table : new String[] {"calls", "slots", "steps", "tools", "turns"}) {
                store.export().table(table, Optional.empty(), Optional.empty(), RowFormat.CSV, new PrintWriter(out));
            }
            assertThat(out.toString())
                    .doesNotContainIgnoringCase("lovelace")
                    .contains(UnitKey.of("a key of this test").apply("Ada Lovelace"));
        }
    }

    @Test
    void callsGoOnWithoutTheirStore() throws Exception {
        try (Store store = open(StoreAddress.postgres("jdbc:postgresql://localhost:1/calls", "nobody", ""));
                OrderDesk desk = OrderDesk.open(settings -> settings.withStore(Optional.of(store)))) {
            orders(desk);

            assertThat(store.awaitUp(Duration.ofSeconds(4))).isFalse();
            JsonNode health = json(desk, "/health");
            assertThat(health.at("/status").asString()).isEqualTo("degraded");
            assertThat(health.at("/store/state").asString()).isEqualTo("away");
            assertThat(health.at("/store/problem").asString()).isNotEmpty();
            assertThat(health.at("/store/queued").asInt()).isPositive();
        }
    }
}
