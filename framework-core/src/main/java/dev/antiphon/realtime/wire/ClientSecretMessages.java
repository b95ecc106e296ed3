package dev.antiphon.realtime.wire;

import dev.antiphon.realtime.ClientSecret;
import dev.antiphon.realtime.SessionConfig;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** Request and answer of {@code POST /v1/realtime/client_secrets}, in the GA dialect (protocol section 15). Stateless. */
public final class ClientSecretMessages {
    private ClientSecretMessages() {}

    /** The request's body. */
    public static byte[] request(SessionConfig session, Duration life) {
        ByteBuffer body = Json.bytes(out -> out.object(
                        "expires_after",
                        after -> after.text("anchor", "created_at").number("seconds", life.toSeconds()))
                .object("session", object -> new SessionWriter(Spelling.GA, false).config(object, session)));
        byte[] bytes = new byte[body.remaining()];
        body.get(bytes);
        return bytes;
    }

    /** The answer's body; empty when it is not one. */
    public static Optional<ClientSecret> answer(String body) {
        return fields(body).flatMap(answer -> {
            try {
                return Optional.of(new ClientSecret(
                        answer.text("value"),
                        Instant.ofEpochSecond(answer.optionalNumber("expires_at")
                                .map(Double::longValue)
                                .orElseThrow(() -> new UnreadableShape("expires_at is missing"))),
                        SessionReader.info(answer.objectOrEmpty("session"))));
            } catch (UnreadableShape | IllegalArgumentException unreadable) {
                return Optional.empty();
            }
        });
    }

    /** What an error's body says. */
    public static Optional<String> problem(String body) {
        return fields(body).flatMap(answer -> answer.objectOrEmpty("error").optionalText("message"));
    }

    private static Optional<Fields> fields(String body) {
        byte[] utf8 = body.getBytes(StandardCharsets.UTF_8);
        try {
            return Optional.of(Fields.of(Json.tree(utf8, 0, utf8.length)));
        } catch (JacksonException | UnreadableShape noObject) {
            return Optional.empty();
        }
    }
}
