package dev.antiphon.testkit.emulator;

import dev.antiphon.testkit.speech.SpeechRecognizer;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.stream.Materializer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code POST /emulator/speech} with {@code {"text": "..."}}: simulated callers in other processes announce what they are going to
 * say. Answers 204, or 400 with a sentence that says what is wrong. Thread-safe.
 */
final class SpeechRegistration {
    static final String PATH = "/emulator/speech";

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int MAX_BODY_BYTES = 64 * 1024;
    private static final long BODY_TIMEOUT_MS = 5_000;

    private final SpeechRecognizer recognizer;
    private final Materializer materializer;
    /** Synthesis takes too long for a thread of the server's dispatcher. */
    private final Executor worker = Thread.ofVirtual().name("emulator-speech-", 0)::start;

    SpeechRegistration(SpeechRecognizer recognizer, Materializer materializer) {
        this.recognizer = recognizer;
        this.materializer = materializer;
    }

    CompletionStage<HttpResponse> handle(HttpRequest request) {
        return request.entity()
                .withSizeLimit(MAX_BODY_BYTES)
                .toStrict(BODY_TIMEOUT_MS, materializer)
                .thenApplyAsync(body -> register(body.getData().utf8String()), worker)
                .exceptionally(
                        unread -> bad("The body is longer than " + MAX_BODY_BYTES + " bytes or did not arrive."));
    }

    private HttpResponse register(String body) {
        String text = text(body);
        if (text.isBlank()) {
            return bad("The body must be JSON of the form {\"text\": \"what the caller will say\"}.");
        }
        recognizer.register(text);
        return HttpResponse.create().withStatus(StatusCodes.NO_CONTENT);
    }

    private static String text(String body) {
        try {
            JsonNode node = MAPPER.readTree(body);
            return node.path("text").asString("");
        } catch (JacksonException notJson) {
            return "";
        }
    }

    private static HttpResponse bad(String message) {
        return HttpResponse.create().withStatus(StatusCodes.BAD_REQUEST).withEntity(message);
    }
}
