package dev.antiphon.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.realtime.AudioFormat;
import dev.antiphon.realtime.AudioPayload;
import dev.antiphon.realtime.ContentPart;
import dev.antiphon.realtime.SessionConfig.Modality;
import dev.antiphon.realtime.TurnDetection;
import dev.antiphon.realtime.Usage;
import dev.antiphon.realtime.wire.Dialect;
import dev.antiphon.session.CallerChannel.Signal;
import dev.antiphon.session.Outcome;
import dev.antiphon.session.VoiceSession;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class GatewayProtocolTest {
    private static final Usage USAGE = new Usage(10, 20, 0, 4, 5, 0, 6, 7);

    @Test
    void theFirstEventIsTheWholeSessionWithoutTheBotsInstructionsAndTools() {
        ProtocolRun run = new ProtocolRun().open();
        assertThat(run.types()).containsExactly("session.created");
        var session = run.last().path("session");
        assertThat(session.path("id").asString()).isEqualTo("sess_1");
        assertThat(session.path("instructions").asString()).isEqualTo("Books visits.");
        assertThat(session.path("tools").size()).isZero();
        assertThat(session.path("audio")
                        .path("input")
                        .path("turn_detection")
                        .path("interrupt_response")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void aTextTurnHasTheOrderOfTheService() {
        List<String> expected =
                ProtocolRun.condensed(Protocol.required(Dialect.ga()).serverOrder("text-turn"));
        ProtocolRun run = new ProtocolRun().open();
        run.client(
                "{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"output_modalities\":[\"text\"]}}");
        run.begin().types("hello");
        run.signal(new Signal.CallerTurn("item_typed_1", Optional.of("hello")))
                .signal(new Signal.UtteranceStarted("item_a"))
                .signal(new Signal.UtteranceText("item_a", "Hi"))
                .signal(new Signal.UtteranceText("item_a", " there"))
                .signal(new Signal.UtteranceEnded("item_a", "Hi there", false))
                .signal(new Signal.TurnEnded(USAGE));
        assertThat(ProtocolRun.condensed(run.types())).isEqualTo(expected);
        assertThat(run.told).containsExactly(new VoiceSession.CallerText("hello"));
    }

    @Test
    void aPictureIsATurnWithTheWordsBesideIt() {
        String picture = "data:image/jpeg;base64," + "a".repeat(100_000);
        ProtocolRun run = ProtocolRun.greeted();
        run.client(shown(picture)).types("What is this?");

        assertThat(run.sent.stream()
                        .filter(e -> e.path("type").asString().equals("conversation.item.done"))
                        .findFirst()
                        .orElseThrow()
                        .at("/item/content/0/image_url")
                        .asString())
                .isEqualTo(picture);
        assertThat(run.told)
                .containsExactly(new VoiceSession.CallerText(
                        "What is this?", List.of(new ContentPart.InputImage(picture, Optional.empty()))));
    }

    @Test
    void aPictureElsewhereOrTooManyOrTooLargeAreRefused() {
        ProtocolRun run = ProtocolRun.greeted();
        run.client(shown("https://pictures.example/cat.png"));
        assertThat(error(run, "message")).contains("as a data URI");
        run.client(shown("data:image/png;base64," + "a".repeat(ItemLog.MAX_PICTURE_CHARACTERS)));
        assertThat(error(run, "message")).contains("at most " + ItemLog.MAX_PICTURE_CHARACTERS + " characters");
        for (int i = 0; i < 4; i++) {
            run.client(shown("data:image/png;base64,aaaa"));
            assertThat(run.last().path("type").asString()).isEqualTo("conversation.item.done");
        }
        run.client(shown("data:image/png;base64,aaaa"));
        assertThat(error(run, "message")).contains("at most 4 pictures");
        assertThat(run.told).isEmpty();
    }

    private static String shown(String url) {
        return """
                {"type":"conversation.item.create","item":{"type":"message","role":"user",\
                "content":[{"type":"input_image","image_url":"%s"}]}}""".formatted(url);
    }

    @Test
    void aSpokenTurnHasTheOrderOfTheService() {
        List<String> expected =
                ProtocolRun.condensed(Protocol.required(Dialect.ga()).serverOrder("audio-turn-server-vad"));
        ProtocolRun run = new ProtocolRun().open().begin().speaks("item_u").says("item_a", "Hi.");
        run.signal(new Signal.TurnEnded(USAGE));
        assertThat(ProtocolRun.condensed(run.types()))
                .isEqualTo(expected.stream()
                        .filter(t -> !t.equals("session.updated") && !t.contains("input_audio_transcription"))
                        .toList());
    }

    @Test
    void aResponseCarriesItsItemsAndTheTurnsUsage() {
        ProtocolRun run =
                ProtocolRun.greeted().speaks("item_u").says("item_a", "One.").says("item_b", "Two.");
        run.signal(new Signal.TurnEnded(USAGE));
        var response = run.only("response.done").path("response");
        assertThat(response.path("status").asString()).isEqualTo("completed");
        assertThat(response.path("output").size()).isEqualTo(2);
        assertThat(response.path("output")
                        .path(1)
                        .path("content")
                        .path(0)
                        .path("transcript")
                        .asString())
                .isEqualTo("Two.");
        assertThat(response.path("usage").path("total_tokens").asInt()).isEqualTo(43);
    }

    @Test
    void bargeInEndsTheResponseAsTurnDetected() {
        ProtocolRun run = ProtocolRun.greeted().speaks("item_u").begins("item_a", "Our opening hours are");
        run.signal(new Signal.SpeechStarted("item_v", Duration.ofSeconds(4)))
                .signal(new Signal.StopPlayback("item_a"))
                .signal(new Signal.UtteranceEnded("item_a", "Our opening hours are", true));
        assertThat(run.types())
                .endsWith(
                        "input_audio_buffer.speech_started",
                        "response.output_audio.done",
                        "response.output_audio_transcript.done",
                        "response.content_part.done",
                        "conversation.item.done",
                        "response.output_item.done",
                        "response.done");
        var response = run.last().path("response");
        assertThat(response.path("status").asString()).isEqualTo("cancelled");
        assertThat(response.path("status_details").path("reason").asString()).isEqualTo("turn_detected");
        assertThat(response.path("output").path(0).path("status").asString()).isEqualTo("incomplete");
    }

    @Test
    void whatIsGeneratedAfterTheCutIsNotShown() {
        ProtocolRun run = ProtocolRun.greeted().speaks("item_u").begins("item_a", "Our");
        run.signal(new Signal.StopPlayback("item_a"));
        run.sent.clear();
        run.signal(new Signal.UtteranceAudio("item_a", AudioPayload.ofBytes(new byte[480])))
                .signal(new Signal.UtteranceText("item_a", " opening hours"))
                .signal(new Signal.UtteranceStarted("item_b"))
                .signal(new Signal.UtteranceEnded("item_b", "", true));
        assertThat(run.sent).isEmpty();
    }

    @Test
    void truncationIsAnsweredAndTellsTheSessionWhatWasHeard() {
        ProtocolRun run = ProtocolRun.greeted().speaks("item_u").says("item_a", "A second of speech.");
        run.client(
                "{\"type\":\"conversation.item.truncate\",\"item_id\":\"item_a\",\"content_index\":0,\"audio_end_ms\":400}");
        assertThat(run.last().path("type").asString()).isEqualTo("conversation.item.truncated");
        assertThat(run.told).endsWith(new VoiceSession.CallerPlayed("item_a", Duration.ofMillis(400), true));
        run.client("{\"type\":\"conversation.item.retrieve\",\"item_id\":\"item_a\"}");
        assertThat(run.only("conversation.item.retrieved")
                        .path("item")
                        .path("content")
                        .path(0)
                        .has("transcript"))
                .isFalse();
    }

    @Test
    void truncationBeyondTheAudioOrTwiceIsRefused() {
        ProtocolRun run = ProtocolRun.greeted().speaks("item_u").says("item_a", "A second of speech.");
        String truncate =
                "{\"type\":\"conversation.item.truncate\",\"item_id\":\"%s\",\"content_index\":0,\"audio_end_ms\":%d}";
        run.client(truncate.formatted("item_a", 1001));
        assertThat(error(run, "message")).contains("1000ms", "1001ms");
        run.client(truncate.formatted("item_a", 400)).client(truncate.formatted("item_a", 300));
        assertThat(error(run, "code")).isEqualTo("item_already_truncated");
        run.client(truncate.formatted("item_u", 100));
        assertThat(error(run, "message")).contains("Only model output audio");
    }

    @Test
    void truncationBeforeTheBeginningOrOfAnUnknownItemIsRefusedAndNotCounted() {
        ProtocolRun run = ProtocolRun.greeted().speaks("item_u").says("item_a", "A second of speech.");
        String truncate =
                "{\"type\":\"conversation.item.truncate\",\"item_id\":\"%s\",\"content_index\":0,\"audio_end_ms\":%d}";
        run.client(truncate.formatted("item_a", -1));
        assertThat(error(run, "code")).isEqualTo("integer_below_min_value");
        assertThat(error(run, "param")).isEqualTo("audio_end_ms");
        run.client(truncate.formatted("item_nowhere", 1));
        assertThat(error(run, "code")).isEqualTo("item_truncate_invalid_item_id");
        assertThat(run.told).isEmpty();
        run.client(truncate.formatted("item_a", 400));
        assertThat(run.last().path("type").asString()).isEqualTo("conversation.item.truncated");
    }

    @Test
    void audioThatIsNotBase64IsRefused() {
        ProtocolRun run = ProtocolRun.greeted();
        for (String audio : List.of("AAA", "!!!!", "AA=A", "====", "AA\u00e9A")) {
            run.client("{\"type\":\"input_audio_buffer.append\",\"event_id\":\"a1\",\"audio\":\"" + audio + "\"}");
            assertThat(error(run, "code")).as(audio).isEqualTo("invalid_value");
            assertThat(error(run, "param")).isEqualTo("audio");
        }
        assertThat(run.told).isEmpty();
        run.client("{\"type\":\"input_audio_buffer.append\",\"audio\":\"a+/9Zz==\"}");
        assertThat(run.told).containsExactly(new VoiceSession.CallerAudio(new AudioPayload("a+/9Zz==")));
    }

    @Test
    void itemsOfAnUnknownRoleOrWithPartsOfAnotherRoleAreRefused() {
        ProtocolRun run = ProtocolRun.greeted();
        String item = "{\"type\":\"conversation.item.create\",\"item\":{\"type\":\"message\",\"role\":\"%s\","
                + "\"content\":[{\"type\":\"%s\",\"text\":\"hello\"}]}}";
        run.client(item.formatted("narrator", "input_text"));
        assertThat(error(run, "param")).isEqualTo("item.role");
        assertThat(error(run, "message")).contains("'assistant', 'system', and 'user'");
        run.client(item.formatted("assistant", "input_text"));
        assertThat(error(run, "message")).contains("'input_text'", "'output_text'");
        run.client(item.formatted("system", "output_text"));
        assertThat(error(run, "param")).isEqualTo("item.content[0].type");
        run.client(item.formatted("assistant", "output_text"));
        assertThat(run.types()).endsWith("conversation.item.added", "conversation.item.done");
    }

    @Test
    void aTypedItemAloneIsNotAnswered() {
        ProtocolRun run = ProtocolRun.greeted();
        run.client("""
                {"type":"conversation.item.create","item":{"id":"item_x","type":"message","role":"user",\
                "content":[{"type":"input_text","text":"one"}]}}""");
        assertThat(run.types()).containsExactly("conversation.item.added", "conversation.item.done");
        assertThat(run.told).isEmpty();
        run.types("two");
        assertThat(run.told).containsExactly(new VoiceSession.CallerText("one\ntwo"));
        run.signal(new Signal.CallerTurn("item_typed_1", Optional.of("one\ntwo")));
        assertThat(run.types()).endsWith("response.created");
    }

    @Test
    void aDeletedItemIsNotSaid() {
        ProtocolRun run = ProtocolRun.greeted();
        run.client("""
                {"type":"conversation.item.create","item":{"id":"item_x","type":"message","role":"user",\
                "content":[{"type":"input_text","text":"one"}]}}""");
        run.client("{\"type\":\"conversation.item.delete\",\"item_id\":\"item_x\"}")
                .types("two");
        assertThat(run.types()).contains("conversation.item.deleted");
        assertThat(run.told).containsExactly(new VoiceSession.CallerText("two"));
    }

    @Test
    void typingWhileTheAgentSpeaksEndsItsResponseAndOpensTheNext() {
        ProtocolRun run = ProtocolRun.greeted().speaks("item_u").begins("item_a", "Our opening hours");
        run.sent.clear();
        run.types("stop");
        assertThat(run.types()).doesNotContain("response.created", "response.done", "error");
        run.signal(new Signal.StopPlayback("item_a"))
                .signal(new Signal.CallerTurn("item_typed_1", Optional.of("stop")))
                .signal(new Signal.UtteranceEnded("item_a", "Our opening hours", true))
                .says("item_b", "All right.")
                .signal(new Signal.TurnEnded(USAGE));
        assertThat(run.types().stream().filter(t -> t.startsWith("response.created") || t.equals("response.done")))
                .containsExactly("response.done", "response.created", "response.done");
        assertThat(run.last().path("response").path("status").asString()).isEqualTo("completed");
    }

    @Test
    void theEndOfAnEarlierTurnDoesNotEndTheResponseThatWaits() {
        ProtocolRun run = ProtocolRun.greeted().types("hello");
        run.signal(new Signal.TurnEnded(USAGE));
        assertThat(run.types()).doesNotContain("response.done");
        run.signal(new Signal.CallerTurn("item_typed_1", Optional.of("hello"))).signal(new Signal.TurnEnded(USAGE));
        assertThat(run.types()).endsWith("response.created", "response.done");
    }

    @Test
    void twoTurnsTypedAtOnceGetTwoBalancedResponses() {
        ProtocolRun run = ProtocolRun.greeted().types("one").types("two");
        run.signal(new Signal.CallerTurn("item_typed_1", Optional.of("one")))
                .signal(new Signal.CallerTurn("item_typed_2", Optional.of("two")))
                .says("item_a", "Both.")
                .signal(new Signal.TurnEnded(USAGE));
        assertThat(run.types().stream().filter(t -> t.equals("response.created") || t.equals("response.done")))
                .containsExactly("response.created", "response.done", "response.created", "response.done");
        assertThat(run.last().path("response").path("output").size()).isEqualTo(1);
    }

    @Test
    void aResponseThatNothingIsOwedForIsEmpty() {
        ProtocolRun run = ProtocolRun.greeted();
        run.client("{\"type\":\"response.create\",\"response\":{\"metadata\":{\"topic\":\"none\"}}}");
        assertThat(run.types()).containsExactly("response.created", "response.done");
        assertThat(run.last().path("response").path("output").size()).isZero();
        assertThat(run.last().path("response").path("metadata").path("topic").asString())
                .isEqualTo("none");
        assertThat(run.told).isEmpty();
    }

    @Test
    void askingOnceForTheAnswerThatTheBotHasBegunByItselfIsNoError() {
        ProtocolRun run = ProtocolRun.greeted().speaks("item_u").begins("item_a", "Hi");
        run.sent.clear();
        run.client("{\"type\":\"response.create\"}");
        assertThat(run.sent).isEmpty();
        run.client("{\"type\":\"response.create\"}");
        assertThat(error(run, "code")).isEqualTo("conversation_already_has_active_response");
        run.signal(new Signal.UtteranceEnded("item_a", "Hi", false)).signal(new Signal.TurnEnded(USAGE));
        assertThat(run.types()).endsWith("response.done");
    }

    @Test
    void aClientThatAsksForTheGreetingGetsIt() {
        ProtocolRun run = new ProtocolRun().open().begin();
        run.client("{\"type\":\"response.create\"}");
        run.signal(new Signal.TurnEnded(Usage.NONE))
                .says("item_hello", "Hello.")
                .signal(new Signal.TurnEnded(USAGE));
        assertThat(run.types().stream().filter(t -> t.equals("response.created")))
                .hasSize(1);
        assertThat(run.last().path("response").path("output").size()).isEqualTo(1);
    }

    @Test
    void whatIsTypedBeforeTheModelCanBeTalkedToIsKept() {
        ProtocolRun run = new ProtocolRun().open().types("hello");
        assertThat(run.told).isEmpty();
        run.begin();
        assertThat(run.told).containsExactly(new VoiceSession.CallerText("hello"));
    }

    @Test
    void aGreetingThatTheClientsFirstWordsCutShortIsNoAnswerToThem() {
        ProtocolRun run = new ProtocolRun().open().begin().types("a tea please");
        run.begins("item_hello", "Hello")
                .signal(new Signal.CallerTurn("item_typed_1", Optional.of("a tea please")))
                .says("item_a", "A tea.")
                .signal(new Signal.TurnEnded(USAGE));
        assertThat(run.sent.stream()
                        .filter(e -> e.path("type").asString().equals("response.done"))
                        .map(e -> e.path("response").path("status").asString()))
                .containsExactly("cancelled", "completed");
    }

    @Test
    void pushToTalkHasTheOrderOfTheService() {
        ProtocolRun run = ProtocolRun.greeted();
        run.client(
                "{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"audio\":{\"input\":{\"turn_detection\":null}}}}");
        assertThat(run.last()
                        .path("session")
                        .path("audio")
                        .path("input")
                        .path("turn_detection")
                        .isNull())
                .isTrue();
        String audio = AudioPayload.ofBytes(new byte[9_600]).base64();
        run.client("{\"type\":\"input_audio_buffer.append\",\"audio\":\"" + audio + "\"}")
                .client("{\"type\":\"input_audio_buffer.commit\"}")
                .client("{\"type\":\"response.create\"}");
        assertThat(run.types()).endsWith("session.updated");
        run.signal(new Signal.CallerTurn("item_u", Optional.empty())).says("item_a", "Hi.");
        run.signal(new Signal.TurnEnded(USAGE));
        assertThat(run.types())
                .containsSubsequence(
                        "input_audio_buffer.committed",
                        "conversation.item.added",
                        "conversation.item.done",
                        "response.created",
                        "response.done");
        assertThat(run.types().stream().filter(t -> t.equals("response.created") || t.equals("response.done")))
                .hasSize(2);
        assertThat(run.told)
                .containsExactly(
                        new VoiceSession.ConfigureCaller(
                                AudioFormat.PCM16_24KHZ,
                                AudioFormat.PCM16_24KHZ,
                                Modality.AUDIO,
                                new TurnDetection.Manual()),
                        new VoiceSession.CallerAudio(new AudioPayload(audio)),
                        new VoiceSession.CallerCommit());
    }

    @Test
    void aTurnCommittedBeforeTheModelCanBeTalkedToIsKeptInItsOrder() {
        String audio = AudioPayload.ofBytes(new byte[9_600]).base64();
        ProtocolRun run = new ProtocolRun().open();
        String append = "{\"type\":\"input_audio_buffer.append\",\"audio\":\"" + audio + "\"}";
        run.client(append).client("{\"type\":\"input_audio_buffer.commit\"}").client(append);
        assertThat(run.told).containsExactly(new VoiceSession.CallerAudio(new AudioPayload(audio)));
        run.begin();
        assertThat(run.told)
                .containsExactly(
                        new VoiceSession.CallerAudio(new AudioPayload(audio)),
                        new VoiceSession.CallerCommit(),
                        new VoiceSession.CallerAudio(new AudioPayload(audio)));
        run.client("{\"type\":\"response.create\"}").signal(new Signal.CallerTurn("item_u", Optional.empty()));
        assertThat(run.types()).endsWith("response.created");
    }

    @Test
    void aRefusedCommitEndsWhatWaitsForIt() {
        String audio = AudioPayload.ofBytes(new byte[9_600]).base64();
        ProtocolRun run = ProtocolRun.greeted();
        run.client("{\"type\":\"input_audio_buffer.append\",\"audio\":\"" + audio + "\"}")
                .client("{\"type\":\"input_audio_buffer.commit\"}")
                .client("{\"type\":\"response.create\"}");
        run.signal(new Signal.Problem("input_audio_buffer_commit_empty", "there was nothing to commit"));
        assertThat(run.types()).containsExactly("error", "response.created", "response.done");
        run.sent.clear();
        run.client("{\"type\":\"response.create\"}");
        assertThat(run.types()).containsExactly("response.created", "response.done");
    }

    @Test
    void tooMuchBeforeTheModelCanBeTalkedToClosesTheSocket() {
        ProtocolRun run = new ProtocolRun().open().types("hello");
        for (int i = 0; i < HeldCommands.MAX_COMMANDS; i++) {
            run.client("{\"type\":\"input_audio_buffer.clear\"}");
        }
        assertThat(run.closed)
                .containsExactly(
                        new GatewayEffect.Close(1008, "too much was sent before the model could be talked to"));
    }

    @Test
    void itemsIdsAndMetadataThatAreTooLargeAreRefused() {
        ProtocolRun run = ProtocolRun.greeted();
        String item =
                "{\"type\":\"conversation.item.create\",\"item\":{\"id\":\"%s\",\"type\":\"message\",\"role\":\"system\","
                        + "\"content\":[{\"type\":\"input_text\",\"text\":\"%s\"}]}}";
        run.client(item.formatted("item_x", "x".repeat(ItemLog.MAX_ITEM_CHARACTERS + 1)));
        assertThat(error(run, "message")).contains("at most 65536 characters, but had 65537");
        run.client(item.formatted("i".repeat(33), "hello"));
        assertThat(error(run, "param")).isEqualTo("item.id");
        run.client("{\"type\":\"response.create\",\"response\":{\"metadata\":{\"k\":\"" + "v".repeat(10_000) + "\"}}}");
        assertThat(error(run, "param")).isEqualTo("response.metadata.k");
        run.client("{\"type\":\"response.create\",\"response\":{\"metadata\":{\"" + "k".repeat(65) + "\":\"v\"}}}");
        assertThat(error(run, "param")).isEqualTo("response.metadata");
    }

    @Test
    void anotherVoiceIsTakenBeforeTheCallLeftAloneAfterAndRefusedOnceTheAgentHasSpoken() {
        String update =
                "{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"output_modalities\":[\"%s\"],"
                        + "\"audio\":{\"output\":{\"voice\":\"%s\"}}}}";
        ProtocolRun run = new ProtocolRun().open().client(update.formatted("audio", "cedar"));
        assertThat(voice(run)).isEqualTo("cedar");
        run.begin().client(update.formatted("text", "verse"));
        assertThat(voice(run)).isEqualTo("cedar");
        assertThat(run.last().path("session").path("output_modalities").path(0).asString())
                .isEqualTo("text");
        run.says("item_hello", "Hello.").client(update.formatted("audio", "verse"));
        assertThat(error(run, "code")).isEqualTo("cannot_update_voice");
    }

    private static String voice(ProtocolRun run) {
        assertThat(run.last().path("type").asString()).isEqualTo("session.updated");
        return run.last()
                .path("session")
                .path("audio")
                .path("output")
                .path("voice")
                .asString();
    }

    @Test
    void committingLessThanATenthOfASecondIsRefused() {
        ProtocolRun run = ProtocolRun.greeted();
        run.client("{\"type\":\"input_audio_buffer.commit\",\"event_id\":\"c1\"}");
        assertThat(error(run, "code")).isEqualTo("input_audio_buffer_commit_empty");
        assertThat(error(run, "event_id")).isEqualTo("c1");
    }

    @Test
    void cancellingStopsTheAgentAndEndsTheResponseAsClientCancelled() {
        ProtocolRun run = ProtocolRun.greeted().speaks("item_u").begins("item_a", "Hi");
        run.client("{\"type\":\"response.cancel\"}");
        assertThat(run.last()
                        .path("response")
                        .path("status_details")
                        .path("reason")
                        .asString())
                .isEqualTo("client_cancelled");
        assertThat(run.told).containsExactly(new VoiceSession.CallerInterrupt());
        run.client("{\"type\":\"response.cancel\"}");
        assertThat(error(run, "code")).isEqualTo("response_cancel_not_active");
    }

    @Test
    void transcriptsArriveForTheItemUnlessTheClientWantsNone() {
        ProtocolRun run = ProtocolRun.greeted().speaks("item_u");
        run.signal(new Signal.CallerTranscript("item_u", "tomorrow at nine"));
        assertThat(run.last().path("transcript").asString()).isEqualTo("tomorrow at nine");
        run.client(
                "{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"audio\":{\"input\":{\"transcription\":null}}}}");
        run.signal(new Signal.CallerTranscript("item_u", "tomorrow at ten"));
        assertThat(run.types()).endsWith("session.updated");
    }

    @Test
    void aTranscriptThatFailedIsSaidSoForItsItem() {
        ProtocolRun run = ProtocolRun.greeted().speaks("item_u");
        run.signal(new Signal.CallerTranscriptFailed("item_u", "audio_unintelligible", "It could not be understood."));
        assertThat(run.last().path("type").asString()).isEqualTo("conversation.item.input_audio_transcription.failed");
        assertThat(run.last().path("item_id").asString()).isEqualTo("item_u");
        assertThat(run.last().path("error").path("code").asString()).isEqualTo("audio_unintelligible");
        assertThat(run.types()).doesNotContain("error");
    }

    @Test
    void formatsAreHonouredBeforeTheFirstAudioAndRefusedAfter() {
        String update =
                "{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"audio\":{\"output\":{\"format\":{\"type\":\"audio/pcmu\"}}}}}";
        ProtocolRun early = new ProtocolRun().open();
        early.client(update);
        assertThat(early.last()
                        .path("session")
                        .path("audio")
                        .path("output")
                        .path("format")
                        .path("type")
                        .asString())
                .isEqualTo("audio/pcmu");
        assertThat(early.told).isEmpty();
        ProtocolRun late = ProtocolRun.greeted();
        late.client(update);
        assertThat(error(late, "param")).isEqualTo("session.audio.output.format");
    }

    @Test
    void aRejectedUpdateChangesNothing() {
        ProtocolRun run = new ProtocolRun().open();
        run.client(
                "{\"type\":\"session.update\",\"event_id\":\"u1\",\"session\":{\"type\":\"realtime\",\"output_modalities\":[\"text\"],\"modalities\":[\"text\"]}}");
        assertThat(error(run, "code")).isEqualTo("unknown_parameter");
        assertThat(error(run, "param")).isEqualTo("session.modalities");
        run.client("{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\"}}");
        assertThat(run.last().path("session").path("output_modalities").path(0).asString())
                .isEqualTo("audio");
    }

    @Test
    void updatesAreCheckedAsTheServiceChecksThem() {
        assertThat(updateError("{}")).isEqualTo("missing_required_parameter");
        assertThat(
                        updateError(
                                "{\"type\":\"realtime\",\"audio\":{\"input\":{\"format\":{\"type\":\"audio/pcm\",\"rate\":16000}}}}"))
                .isEqualTo("integer_below_min_value");
        assertThat(updateError("{\"type\":\"realtime\",\"max_output_tokens\":0}"))
                .isEqualTo("integer_below_min_value");
        assertThat(updateError("{\"type\":\"realtime\",\"max_output_tokens\":32001}"))
                .isEqualTo("integer_above_max_value");
        assertThat(updateError("{\"type\":\"realtime\",\"max_output_tokens\":\"many\"}"))
                .isEqualTo("invalid_value");
        assertThat(updateError("{\"type\":\"realtime\",\"audio\":{\"output\":{\"voice\":\"nobody\"}}}"))
                .isEqualTo("invalid_value");
        assertThat(updateError("{\"type\":\"realtime\",\"audio\":{\"output\":{\"speed\":2.5}}}"))
                .isEqualTo("decimal_above_max_value");
        assertThat(updateError(
                        "{\"type\":\"realtime\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"x\"}}]}"))
                .isEqualTo("missing_required_parameter");
    }

    @Test
    void whatTheBotOwnsIsTakenAndNotEchoed() {
        ProtocolRun run = new ProtocolRun().open();
        run.client("""
                {"type":"session.update","session":{"type":"realtime","model":"gpt-realtime","instructions":"Be rude.",\
                "tools":[{"type":"function","name":"steal","description":"","parameters":{"type":"object"}}],\
                "tool_choice":"auto","audio":{"input":{"noise_reduction":null},"output":{"speed":1.2}},"tracing":"auto"}}""");
        var session = run.last().path("session");
        assertThat(session.path("instructions").asString()).isEqualTo("Books visits.");
        assertThat(session.path("tools").size()).isZero();
        assertThat(session.path("audio").path("output").path("speed").asDouble())
                .isEqualTo(1.0);
    }

    @Test
    void badFramesAreErrorsAndTheSessionGoesOn() {
        ProtocolRun run = ProtocolRun.greeted();
        run.client("{nonsense");
        assertThat(error(run, "code")).isEqualTo("invalid_json");
        run.client("[1]");
        assertThat(error(run, "code")).isEqualTo("invalid_event");
        run.client("{\"event_id\":\"e1\"}");
        assertThat(error(run, "code")).isEqualTo("invalid_event");
        assertThat(error(run, "event_id")).isEqualTo("e1");
        run.client("{\"type\":\"dance\"}");
        assertThat(error(run, "code")).isEqualTo("invalid_value");
        assertThat(error(run, "message")).contains("'dance'", "'session.update'");
        run.client("{\"type\":\"conversation.item.truncate\",\"event_id\":\"e2\"}");
        assertThat(error(run, "event_id")).isEqualTo("e2");
        run.binary();
        assertThat(error(run, "message")).contains("binary frames are not supported");
        run.types("still there?");
        assertThat(run.told).hasSize(1);
    }

    @Test
    void aSecondResponseWhileOneIsOwedIsRefusedAsTheServiceDoes() {
        ProtocolRun run = ProtocolRun.greeted();
        run.types("hello").client("{\"type\":\"response.create\",\"event_id\":\"second\"}");
        assertThat(error(run, "code")).isEqualTo("conversation_already_has_active_response");
        assertThat(error(run, "event_id")).isEqualTo("second");
    }

    @Test
    void anOverrideThatNobodyKnowsIsNamed() {
        ProtocolRun run = ProtocolRun.greeted();
        run.client("{\"type\":\"response.create\",\"response\":{\"modalities\":[\"text\"]}}");
        assertThat(error(run, "code")).isEqualTo("unknown_parameter");
        assertThat(error(run, "param")).isEqualTo("response.modalities");
    }

    @Test
    void validJsonBeyondTheLimitsIsToldThem() {
        ProtocolRun run = ProtocolRun.greeted();
        run.client("{\"type\":\"response.create\",\"response\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}");
        assertThat(error(run, "code")).isEqualTo("invalid_json");
        assertThat(error(run, "message")).contains("at most 500 levels of nesting");
    }

    @Test
    void anExponentBeyondAllBoundsIsToldTheLimits() {
        ProtocolRun run = ProtocolRun.greeted();
        run.client("{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"x\":1e2345678901234567890}}");
        assertThat(error(run, "code")).isEqualTo("invalid_json");
        assertThat(error(run, "message")).contains("32-bit exponents");
    }

    @Test
    void itemsThatTheBotCannotTakeAreRefused() {
        ProtocolRun run = ProtocolRun.greeted();
        run.client(
                "{\"type\":\"conversation.item.create\",\"item\":{\"type\":\"function_call_output\",\"call_id\":\"call_1\",\"output\":\"1\"}}");
        assertThat(error(run, "message")).contains("call_1");
        run.client("{\"type\":\"conversation.item.retrieve\",\"item_id\":\"item_nowhere\"}");
        assertThat(error(run, "code")).isEqualTo("item_retrieve_invalid_item_id");
        run.client("{\"type\":\"conversation.item.delete\",\"item_id\":\"item_nowhere\"}");
        assertThat(error(run, "code")).isEqualTo("item_delete_invalid_item_id");
        run.client("{\"type\":\"response.create\",\"response\":{\"conversation\":\"none\"}}");
        assertThat(error(run, "param")).isEqualTo("response.conversation");
        run.client("{\"type\":\"response.create\",\"response\":{\"audio\":{\"output\":{\"voice\":\"marin\"}}}}");
        assertThat(error(run, "param")).isEqualTo("response.audio");
        assertThat(error(run, "message")).contains("'response.audio' must be absent");
    }

    @Test
    void theModelsBusyErrorNeverReachesTheClient() {
        ProtocolRun run = ProtocolRun.greeted();
        run.signal(new Signal.Problem("conversation_already_has_active_response", "busy"));
        assertThat(run.sent).isEmpty();
        run.signal(new Signal.Problem("response_stalled", "no event for 15 s"));
        assertThat(error(run, "code")).isEqualTo("response_stalled");
    }

    @Test
    void theEndOfTheCallClosesTheSocketWithItsOutcome() {
        ProtocolRun run = ProtocolRun.greeted().begins("item_a", "Goodbye");
        run.signal(new Signal.CallEnded(new Outcome.Completed("book-visit", "K7F2")));
        assertThat(run.types()).endsWith("response.done");
        assertThat(run.closed).containsExactly(new GatewayEffect.Close(1000, "completed"));
        run.sent.clear();
        run.client("{\"type\":\"response.create\"}");
        assertThat(run.sent).isEmpty();
    }

    @Test
    void aFailedCallSaysWhy() {
        ProtocolRun run = ProtocolRun.greeted();
        run.signal(new Signal.CallEnded(new Outcome.Failed("the model could not be reached")));
        assertThat(error(run, "message")).isEqualTo("the model could not be reached");
        assertThat(run.closed).containsExactly(new GatewayEffect.Close(1000, "failed"));
    }

    private static String updateError(String session) {
        ProtocolRun run = new ProtocolRun().open();
        run.client("{\"type\":\"session.update\",\"session\":" + session + "}");
        return error(run, "code");
    }

    @Test
    void aBetaClientIsToldTheSessionAndItsConversationInItsSpelling() {
        ProtocolRun run = new ProtocolRun(Dialect.beta()).open();
        assertThat(run.types()).containsExactly("session.created", "conversation.created");
        JsonNode session = run.only("session.created").path("session");
        assertThat(session.path("modalities").toString()).isEqualTo("[\"audio\",\"text\"]");
        assertThat(session.path("voice").asString()).isEqualTo("marin");
        assertThat(session.path("input_audio_format").asString()).isEqualTo("pcm16");
        assertThat(session.has("audio")).isFalse();
    }

    @Test
    void aBetaClientsTextTurnHasTheOrderOfTheService() {
        ProtocolRun run = ProtocolRun.greeted(Dialect.beta()).types("hello");
        run.signal(new Signal.CallerTurn("item_typed", Optional.of("hello")))
                .says("item_a", "Hi.")
                .signal(new Signal.TurnEnded(Usage.NONE));
        assertThat(ProtocolRun.condensed(run.types()))
                .containsExactly(
                        "conversation.item.created",
                        "response.created",
                        "response.output_item.added",
                        "conversation.item.created",
                        "response.content_part.added",
                        "response.audio_transcript.delta",
                        "response.audio.delta",
                        "response.audio.done",
                        "response.audio_transcript.done",
                        "response.content_part.done",
                        "response.output_item.done",
                        "response.done");
    }

    @Test
    void aBetaClientsUpdateIsTakenAndEchoedInItsSpelling() {
        ProtocolRun run = new ProtocolRun(Dialect.beta()).open();
        run.client("""
                {"type":"session.update","session":{"modalities":["text"],"instructions":"","voice":"verse",\
                "input_audio_format":"g711_ulaw","output_audio_format":"g711_alaw","input_audio_transcription":null,\
                "turn_detection":null,"tools":[],"tool_choice":"auto","temperature":0.8,"max_response_output_tokens":4096}}""");
        JsonNode session = run.only("session.updated").path("session");
        assertThat(session.path("modalities").toString()).isEqualTo("[\"text\"]");
        assertThat(session.path("voice").asString()).isEqualTo("verse");
        assertThat(session.path("input_audio_format").asString()).isEqualTo("g711_ulaw");
        assertThat(session.path("output_audio_format").asString()).isEqualTo("g711_alaw");
        assertThat(session.path("turn_detection").isNull()).isTrue();
        assertThat(session.path("instructions").asString()).isEqualTo("Books visits.");
    }

    @Test
    void aBetaClientsMistakesAreNamedInItsSpelling() {
        ProtocolRun run = ProtocolRun.greeted(Dialect.beta());
        run.client("{\"type\":\"session.update\",\"session\":{\"voice\":\"nobody\"}}");
        assertThat(error(run, "param")).isEqualTo("session.voice");
        run.client("{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\"}}");
        assertThat(error(run, "code")).isEqualTo("unknown_parameter");
        run.client("{\"type\":\"response.create\",\"response\":{\"voice\":\"verse\"}}");
        assertThat(error(run, "param")).isEqualTo("response.voice");
        run.client("{\"type\":\"session.update\",\"session\":{\"output_audio_format\":\"g711_ulaw\"}}");
        assertThat(error(run, "message")).contains("cannot change once audio has been exchanged");
        run.client("{\"type\":\"session.close\"}");
        assertThat(error(run, "message")).contains("'session.close'", "'transcription_session.update'");
    }

    private static String error(ProtocolRun run, String field) {
        assertThat(run.last().path("type").asString()).isEqualTo("error");
        return run.last().path("error").path(field).asString();
    }
}
