package dev.antiphon.testkit.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.connection.ClientSecrets;
import dev.antiphon.realtime.ContentPart;
import dev.antiphon.realtime.Item;
import dev.antiphon.realtime.SessionConfig;
import dev.antiphon.realtime.Usage;
import dev.antiphon.session.Aside;
import dev.antiphon.session.CallerChannel.Signal;
import dev.antiphon.session.PromptConversation;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.SessionSettings;
import dev.antiphon.session.VoiceSession;
import dev.antiphon.testkit.emulator.Brain;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a call can do with its model besides the talk: show it pictures, ask it something that the caller does not hear. */
class BesideTheCallTest {
    private static final PromptConversation PROMPT = new PromptConversation("prompt", "Be kind.", Optional.empty());
    private static final String PIXEL = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4"
            + "2mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    private static EmulatedCall call() {
        return new EmulatedCall(
                SessionSettings.defaults(),
                PROMPT,
                turn -> List.of(new Brain.Output.Speak(turn.responseInstructions()
                        .filter(asked -> asked.contains("one word"))
                        .map(asked -> "curious")
                        .orElse("I see."))),
                "hello");
    }

    @Test
    void aPictureIsATurnOfItsOwnAndIsAnswered() throws Exception {
        try (EmulatedCall call = call()) {
            call.hears(Signal.Ready.class);
            call.session.tell(new VoiceSession.CallerText(
                    "What is this?", List.of(new ContentPart.InputImage(PIXEL, Optional.of("low")))));

            JsonNode item = call.sent("conversation.item.create").path("item");
            assertThat(item.at("/content/0/text").asString()).isEqualTo("What is this?");
            assertThat(item.at("/content/1/type").asString()).isEqualTo("input_image");
            assertThat(item.at("/content/1/image_url").asString()).isEqualTo(PIXEL);
            assertThat(item.at("/content/1/detail").asString()).isEqualTo("low");
            assertThat(call.fact(SessionEvent.AgentSaid.class).text()).isEqualTo("I see.");
        }
    }

    @Test
    void anAsideIsAnsweredAsTextAndHeardByNobody() throws Exception {
        try (EmulatedCall call = call()) {
            call.hears(Signal.Ready.class);
            call.session.tell(new VoiceSession.CallerText("Hello."));
            call.fact(SessionEvent.AgentSaid.class);
            call.heardBesides();

            Aside.Reply reply = call.asks(Aside.about("Describe the caller's mood in one word."));

            assertThat(reply).isInstanceOfSatisfying(Aside.Reply.Answered.class, answered -> {
                assertThat(answered.text()).isEqualTo("curious");
                assertThat(answered.usage()).isNotEqualTo(Usage.NONE);
            });
            JsonNode asked = call.sent("response.create");
            while (!asked.at("/response/conversation").asString("").equals("none")) {
                asked = call.sent("response.create");
            }
            assertThat(asked.at("/response/output_modalities/0").asString()).isEqualTo("text");
            assertThat(call.fact(SessionEvent.ResponseBilled.class).cost()).isNotNull();
            assertThat(call.heardBesides()).noneMatch(signal -> signal instanceof Signal.UtteranceEnded);
        }
    }

    @Test
    void theCallGoesOnWhileAnAsideIsAnswered() throws Exception {
        try (EmulatedCall call = call()) {
            call.hears(Signal.Ready.class);
            Aside.Reply about = call.asks(Aside.about("Describe this in one word.")
                    .reading(List.of(Item.Message.user("I would like to know more.")))
                    .within(Duration.ofSeconds(5)));
            call.session.tell(new VoiceSession.CallerText("Hello."));

            assertThat(about).isInstanceOf(Aside.Reply.Answered.class);
            assertThat(call.hears(Signal.UtteranceEnded.class).text()).isEqualTo("I see.");
        }
    }

    @Test
    void aClientSecretIsMadeForOneConfiguration() throws Exception {
        try (EmulatedCall call = call()) {
            ClientSecrets.Answer answer = ClientSecrets.over(HttpClient.newHttpClient())
                    .create(
                            call.endpoint(),
                            SessionConfig.of(c -> c.model("gpt-realtime-mini").instructions("Sell tea.")),
                            Duration.ofMinutes(5))
                    .toCompletableFuture()
                    .join();

            assertThat(answer).isInstanceOfSatisfying(ClientSecrets.Answer.Made.class, made -> {
                assertThat(made.secret().session().config().instructions()).contains("Sell tea.");
                assertThat(made.secret().value()).startsWith("ek_");
            });
        }
    }
}
