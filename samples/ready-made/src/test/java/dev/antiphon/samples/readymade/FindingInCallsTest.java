package dev.antiphon.samples.readymade;

import dev.antiphon.connection.WebSocketEndpoint;
import dev.antiphon.flow.say.Language;
import dev.antiphon.server.BotEndpoint;
import dev.antiphon.server.cli.Storage;
import dev.antiphon.testkit.bed.Agent;
import dev.antiphon.testkit.junit.CallExtension;
import dev.antiphon.tool.ToolPoolSettings;
import dev.antiphon.tool.ToolThreads;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who wants a table and cannot name a restaurant is shown which there are. */
class FindingInCallsTest {
    @RegisterExtension
    final CallExtension restaurants = CallExtension.of(around -> endpoint(ReadyMade.RESTAURANTS, around));

    @RegisterExtension
    final CallExtension desk = CallExtension.of(around -> endpoint(ReadyMade.DESK, around));

    private static WebSocketEndpoint endpoint(ReadyMade flow, Agent.Surroundings around) {
        return BotEndpoint.in(
                around,
                flow.bot(
                        Language.ENGLISH,
                        new Storage.PerCall(),
                        around.clock(),
                        ZoneOffset.UTC,
                        around.random(),
                        ToolPoolSettings.defaults().withThreads(ToolThreads.of(around.tools()))));
    }

    @Test
    void whoSaysWhatItShouldBeLikeIsOfferedSuchOnes() {
        restaurants
                .call()
                .says("I'd like to reserve a table")
                .expectSays("Which restaurant?")
                .says("Italian")
                .expectSays("Italian, in the")
                .says("the first one")
                .expectSays("Which day?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"I don't know, what do you have?", "any", "I don't know", "What do you recommend?"})
    void whoCannotNameOneIsHelpedToFindOne(String said) {
        restaurants
                .call()
                .says("I'd like to reserve a table")
                .expectSays("Which restaurant?")
                .says(said)
                .expectSays("Which cuisine do you like?");
    }

    @Test
    void ofTwoFlowsTheOneIsMeantThatAsks() {
        desk.call()
                .says("I'd like to reserve a table")
                .expectSays("Which restaurant?")
                .says("I don't know, what do you have?")
                .expectSays("Which cuisine do you like?")
                .says("Italian")
                .expectSays("Italian, in the");
    }
}
