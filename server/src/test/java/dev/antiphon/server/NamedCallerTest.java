package dev.antiphon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.WebSocketHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A call whose front end says who calls. */
class NamedCallerTest {
    private static final String TEXT_ONLY =
            "{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"output_modalities\":[\"text\"]}}";

    private static RealtimeClient call(OrderDesk desk, String query) {
        RealtimeClient client = RealtimeClient.connect(URI.create(desk.realtime() + query));
        client.send(TEXT_ONLY);
        return client;
    }

    private static String greeting(RealtimeClient client) throws InterruptedException {
        return client.next("response.output_text.done").path("text").asString();
    }

    @Test
    void theBotKnowsWhoCalls() throws Exception {
        try (OrderDesk desk = OrderDesk.open();
                RealtimeClient client = call(desk, "?caller=Ada%20Lovelace")) {
            assertThat(greeting(client)).contains("Hello Ada Lovelace").contains("Coffee or tea?");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?caller=", "?caller=%20"})
    void aCallerOfWhomNothingIsSaidIsLikeAnybody(String query) throws Exception {
        try (OrderDesk desk = OrderDesk.open();
                RealtimeClient client = call(desk, query)) {
            assertThat(greeting(client)).contains("Hello!").doesNotContain("Ada");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%0Ab", "%00"})
    void aNameWithControlCharactersIsRefused(String name) {
        refused("?caller=" + name);
    }

    @Test
    void aNameThatIsTooLongIsRefused() {
        refused("?caller=" + "a".repeat(201));
    }

    private static void refused(String query) {
        try (OrderDesk desk = OrderDesk.open()) {
            assertThatThrownBy(() -> call(desk, query))
                    .hasCauseInstanceOf(WebSocketHandshakeException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            WebSocketHandshakeException.class,
                            answer -> assertThat(answer.getResponse().statusCode())
                                    .isEqualTo(400));
        }
    }
}
