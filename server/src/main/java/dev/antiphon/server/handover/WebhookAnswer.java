package dev.antiphon.server.handover;

import dev.antiphon.handover.HandoverResult;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a web service answers: {@code {"accepted": true, "reference": "…"}}, or {@code {"result": "busy"}}, {@code "no_answer"} or
 * {@code "refused"} with a {@code reason}. Pure.
 */
final class WebhookAnswer {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MOST_CHARACTERS = 200;

    private WebhookAnswer() {}

    static HandoverResult read(String body) {
        try {
            return of(JSON.readTree(body));
        } catch (JacksonException e) {
            return unreadable();
        }
    }

    private static HandoverResult of(JsonNode answer) {
        if (answer.path("accepted").asBoolean(false)) {
            return new HandoverResult.Accepted(text(answer, "reference"));
        }
        return switch (answer.path("result").asString("")) {
            case "busy" -> new HandoverResult.Busy();
            case "no_answer" -> new HandoverResult.NoAnswer();
            case "refused" -> new HandoverResult.Refused(text(answer, "reason"));
            default ->
                answer.path("accepted").isBoolean() ? new HandoverResult.Refused(text(answer, "reason")) : unreadable();
        };
    }

    private static HandoverResult unreadable() {
        return new HandoverResult.Failed("the answer has neither 'accepted' nor a known 'result'");
    }

    private static String text(JsonNode answer, String field) {
        String text =
                answer.path(field).asString("").replaceAll("\\p{Cntrl}", " ").strip();
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS);
    }
}
