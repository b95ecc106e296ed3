package dev.antiphon.server;

import static dev.antiphon.flow.dsl.FlowDsl.choice;
import static dev.antiphon.flow.dsl.FlowDsl.personName;
import static dev.antiphon.flow.dsl.FlowDsl.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.antiphon.aftercall.AfterCallPlan;
import dev.antiphon.aftercall.AfterCallSettings;
import dev.antiphon.aftercall.AfterCallTask;
import dev.antiphon.aftercall.EndedCall;
import dev.antiphon.aftercall.EndedCallJson;
import dev.antiphon.aftercall.LetterFolder;
import dev.antiphon.aftercall.UnusableFolder;
import dev.antiphon.flow.Flow;
import dev.antiphon.flow.FlowConversation;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.handover.HandoverNotes;
import dev.antiphon.server.gateway.AccessPolicy;
import dev.antiphon.session.CallClock;
import dev.antiphon.session.Outcome;
import dev.antiphon.tool.ToolFailure;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a server does when its calls are over. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class AfterCallTest {
    private static final String TEXT_ONLY =
            "{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"output_modalities\":[\"text\"]}}";

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final BlockingQueue<EndedCall> packets = new LinkedBlockingQueue<>();

    @AfterEach
    void closeClient() {
        http.shutdownNow();
    }

    private OrderDesk desk(AfterCallTask... tasks) {
        return desk(bot -> bot, tasks);
    }

    private OrderDesk desk(UnaryOperator<Bot> changes, AfterCallTask... tasks) {
        return OrderDesk.open(
                settings -> settings.withAccess(AccessPolicy.withKeys(Set.of("any")))
                        .withAfterCall(AfterCallPlan.none()
                                .keptIn(folder)
                                .withSettings(AfterCallSettings.defaults().withBounds(4, 10))),
                bot -> changes.apply(bot).withAfterCall(tasks));
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

    private EndedCall packet() throws InterruptedException {
        EndedCall packet = packets.poll(20, TimeUnit.SECONDS);
        assertThat(packet).isNotNull();
        return packet;
    }

    private HttpResponse<String> send(OrderDesk desk, String method, String path, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(desk.http(path)).method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode withKey(OrderDesk desk, String method, String path, int status) throws Exception {
        HttpResponse<String> answer = send(desk, method, path, "Authorization", "Bearer any");
        assertThat(answer.statusCode()).isEqualTo(status);
        return JsonMapper.shared().readTree(answer.body());
    }

    @Test
    void aTaskGetsThePacketOfTheCall() throws Exception {
        try (OrderDesk desk = desk(AfterCallTask.of("note", (call, key) -> packets.add(call)))) {
            orders(desk);
            EndedCall packet = packet();
            assertThat(packet.caller()).contains("Ada Lovelace");
            assertThat(packet.dialog()).isEqualTo("order-drink");
            assertThat(packet.outcome()).isInstanceOf(Outcome.Completed.class);
            assertThat(packet.notes().values())
                    .extracting(HandoverNotes.Value::name, HandoverNotes.Value::spoken)
                    .contains(tuple("name", "Ada Lovelace"));
            assertThat(packet.notes().done()).containsExactly("order: 1");
            assertThat(packet.effects()).extracting(EndedCall.Effect::outcome).containsExactly("ok");
            assertThat(packet.tiers()).containsExactly(new EndedCall.TierUsed("mini", "gpt-realtime-mini"));
            assertThat(packet.turns()).isEqualTo(2);
            assertThat(packet.duration()).isPositive();
            assertThat(packet.cost().model()).containsKey("mini");
            assertThat(packet.transcript()).isEmpty();
        }
    }

    @Test
    void wordsAreForTasksThatOptedIn() throws Exception {
        try (OrderDesk desk =
                desk(AfterCallTask.of("words", (call, key) -> packets.add(call)).withTranscript())) {
            orders(desk);
            assertThat(packet().transcript())
                    .extracting(said -> said.words())
                    .contains("A tea for Ada Lovelace please", "Yes, please");
        }
    }

    record Order(OrderDesk.Drink drink, String name) {}

    private static FlowConversation secretive() {
        Slot<OrderDesk.Drink> drink = choice("drink", OrderDesk.Drink.class).ask("Coffee or tea?");
        Slot<String> name = personName("name").ask("May I have your name?").sensitive();
        return FlowConversation.start(
                Flow.named(
                        "order-drink",
                        Order.class,
                        f -> f.goal("Order one drink")
                                .collect(drink, name)
                                .confirm(o -> say("{} for {}. Shall I order it?", o.drink(), o.name()))
                                .effect("order", order -> 1, e -> e)
                                .done((o, number) -> say("Ordered. Goodbye."))),
                CallClock.system(),
                ZoneId.of("UTC"),
                UUID.randomUUID().toString());
    }

    @Test
    void noSensitiveValueIsInAPacket() throws Exception {
        UnaryOperator<Bot> changed = bot -> bot.withConversations(caller -> secretive());
        try (OrderDesk desk = desk(changed, AfterCallTask.of("note", (call, key) -> packets.add(call)))) {
            try (RealtimeClient client = RealtimeClient.connect(desk.realtime())) {
                client.send(TEXT_ONLY);
                client.next("response.done");
                says(client, "A tea for Ada Lovelace please");
                says(client, "Yes, please");
            }
            EndedCall packet = packet();
            assertThat(packet.notes().done()).containsExactly("order: 1");
            assertThat(EndedCallJson.of(packet).toString())
                    .contains("{\"flow\":\"order-drink\",\"name\":\"name\",\"value\":\"•••\",\"sensitive\":true}")
                    .doesNotContain("Ada", "Lovelace");
        }
    }

    @Test
    void neitherTheEndOfTheCallNorTheNextCallWaitsForATask() throws Exception {
        CountDownLatch late = new CountDownLatch(1);
        try (OrderDesk desk = desk(AfterCallTask.of("slow", (call, key) -> {
            late.await();
            packets.add(call);
        }))) {
            orders(desk);
            orders(desk);
            assertThat(desk.orders).hasValue(2);
            assertThat(packets).isEmpty();
            late.countDown();
            packet();
            packet();
        }
    }

    @Test
    void whatAServerLeavesIsDoneByTheNext() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        try (OrderDesk desk = desk(AfterCallTask.of("note", (call, key) -> {
            begun.countDown();
            new CountDownLatch(1).await();
        }))) {
            orders(desk);
            begun.await();
        }
        try (OrderDesk desk = desk(AfterCallTask.of("note", (call, key) -> packets.add(call)))) {
            assertThat(packet().caller()).contains("Ada Lovelace");
            assertThat(withKey(desk, "GET", "/v1/bot", 200).path("after_call").asBoolean())
                    .isTrue();
        }
    }

    @Test
    void aCallThatIsHungUpByTheStoppingServerIsTold() throws Exception {
        OrderDesk desk = desk(AfterCallTask.of("note", (call, key) -> packets.add(call)));
        RealtimeClient client = RealtimeClient.connect(desk.realtime());
        client.send(TEXT_ONLY);
        client.next("response.done");
        desk.close();
        client.close();
        try (LetterFolder left = LetterFolder.at(folder)) {
            assertThat(packets.size() + left.all().size()).isEqualTo(1);
        }
    }

    @Test
    void operatorsSeeDeadLettersAndTryThemAgain() throws Exception {
        CountDownLatch mended = new CountDownLatch(1);
        try (OrderDesk desk = desk(AfterCallTask.of("note", (call, key) -> {
            if (mended.getCount() > 0) {
                packets.add(call);
                throw new ToolFailure("the customer is not known");
            }
            packets.add(call);
        }))) {
            orders(desk);
            String call = packet().call();
            String key = call + ":note";
            JsonNode seen = withKey(desk, "GET", "/v1/after-call", 200);
            while (seen.path("dead_letters").asInt() == 0) {
                seen = withKey(desk, "GET", "/v1/after-call", 200);
            }
            assertThat(seen.at("/tasks/0/name").asString()).isEqualTo("note");
            assertThat(seen.at("/may_run").asInt()).isEqualTo(4);
            assertThat(seen.path("lasting").asBoolean()).isTrue();
            JsonNode letter = seen.at("/letters/0");
            assertThat(letter.path("key").asString()).isEqualTo(key);
            assertThat(letter.path("state").asString()).isEqualTo("dead");
            assertThat(letter.path("attempts").asInt()).isEqualTo(1);
            assertThat(letter.path("error").asString()).isEqualTo("the customer is not known");
            assertThat(seen.toString()).doesNotContain("Ada");
            assertThat(withKey(desk, "GET", "/v1/after-call/" + key, 200)
                            .at("/packet/caller")
                            .asString())
                    .isEqualTo("Ada Lovelace");
            mended.countDown();
            assertThat(withKey(desk, "POST", "/v1/after-call/" + key.replace(":", "%3A") + "/retry", 200)
                            .path("retried")
                            .asInt())
                    .isEqualTo(1);
            assertThat(packet().call()).isEqualTo(call);
            assertThat(withKey(desk, "POST", "/v1/after-call/retry", 200)
                            .path("retried")
                            .asInt())
                    .isZero();
            withKey(desk, "POST", "/v1/after-call/" + key + "/retry", 409);
            assertThat(send(desk, "GET", "/metrics").body()).contains("voice_aftercall_dead_total{task=\"note\"} 1.0");
        }
    }

    @Test
    void onlyWhoHasAKeySeesLettersAndNoForeignPage() throws Exception {
        try (OrderDesk desk = desk(AfterCallTask.of("note", (call, key) -> {}))) {
            String[] foreign = {"Authorization", "Bearer any", "Origin", "https://evil.example"};
            for (String[] request : List.of(
                    new String[] {"GET", "/v1/after-call"},
                    new String[] {"GET", "/v1/after-call/sess_1:note"},
                    new String[] {"POST", "/v1/after-call/retry"},
                    new String[] {"POST", "/v1/after-call/sess_1:note/retry"})) {
                assertThat(send(desk, request[0], request[1]).statusCode()).isEqualTo(401);
                assertThat(send(desk, request[0], request[1], foreign).statusCode())
                        .isEqualTo(403);
            }
            withKey(desk, "POST", "/v1/after-call", 405);
            withKey(desk, "GET", "/v1/after-call/retry", 405);
            withKey(desk, "GET", "/v1/after-call/sess_1:note", 404);
            withKey(desk, "GET", "/v1/after-call/sess_1/note", 404);
        }
    }

    @Test
    void aServerWithoutTasksSaysSoAndOpensNothing() throws Exception {
        try (OrderDesk desk = desk()) {
            withKey(desk, "GET", "/v1/after-call", 404);
            assertThat(withKey(desk, "GET", "/v1/bot", 200).path("after_call").asBoolean(true))
                    .isFalse();
            assertThat(Files.list(folder)).isEmpty();
        }
    }

    @Test
    void callsThatNobodyMadeHaveNoTasks() {
        Bot bot = Bot.of("echo", "Says hello.", AfterCallTest::secretive)
                .withAfterCall(AfterCallTask.of("note", (call, key) -> {}));
        assertThat(bot.afterCall()).extracting(AfterCallTask::name).containsExactly("note");
        assertThat(bot.withDiagram("", "").afterCall()).hasSize(1);
        assertThat(bot.withoutAfterCall().afterCall()).isEmpty();
    }

    @Test
    void aFolderThatAnotherServerHasIsToldAtStart() {
        try (OrderDesk desk = desk(AfterCallTask.of("note", (call, key) -> {}))) {
            assertThatThrownBy(() -> desk(AfterCallTask.of("note", (call, key) -> {})))
                    .isInstanceOf(UnusableFolder.class);
            assertThat(desk.port()).isPositive();
        }
        try (OrderDesk again = desk(AfterCallTask.of("note", (call, key) -> {}))) {
            assertThat(again.port()).isPositive();
        }
    }
}
