package dev.antiphon.connection;

import dev.antiphon.connection.WebSocketListener.Refusal;
import dev.antiphon.model.ModelEndpoint;
import dev.antiphon.realtime.ApiError;
import dev.antiphon.time.TimeLimit;
import java.time.Duration;
import java.util.Optional;

/**
 * Reads the many forms in which services refuse a connection (protocol section 2) as one {@link ConnectFailure}. Pure.
 */
final class RefusalReading {
    private static final int SHOWN_CHARACTERS = 300;

    private final ModelEndpoint endpoint;
    private final Secrets secrets;

    RefusalReading(ModelEndpoint endpoint) {
        this.endpoint = endpoint;
        this.secrets = Secrets.of(endpoint.headers(), endpoint.subprotocols());
    }

    /** The upgrade was answered with an HTTP error, or not at all. */
    ConnectFailure ofUpgrade(Refusal refusal) {
        return refusal.httpStatus()
                .map(status -> failure(
                        RefusalKind.ofStatus(status, refusal.detail()),
                        "HTTP " + status,
                        String.valueOf(status),
                        refusal.detail()))
                .orElseGet(() -> unreachable(refusal.detail()));
    }

    /** The upgrade was accepted, then the service closed, usually after an error event. */
    ConnectFailure ofClose(Optional<ApiError> error, int closeCode, String reason) {
        String code = error.flatMap(ApiError::code)
                .or(() -> Optional.of(reason.substring(reason.lastIndexOf('.') + 1))
                        .filter(last -> last.matches("[a-z_]{3,}") && !last.equals("invalid_request_error")))
                .orElse("");
        String type = error.map(ApiError::type).orElse("");
        String detail = error.map(ApiError::message).filter(m -> !m.isBlank()).orElse(reason);
        String shownCode = code.isEmpty() ? String.valueOf(closeCode) : code;
        return failure(
                RefusalKind.ofClose(code, type, closeCode, detail),
                "close code " + closeCode + (code.isEmpty() ? "" : ", " + code),
                shownCode,
                detail);
    }

    /** An error event came instead of a session, and nothing after it. */
    ConnectFailure ofError(ApiError error) {
        String code = error.code().orElse("");
        return failure(
                RefusalKind.ofError(code, error.type(), error.message()),
                code.isEmpty() ? "error" : code,
                code.isEmpty() ? error.type() : code,
                error.message());
    }

    /** Neither a session nor a refusal came in time; {@code opened} tells whether the upgrade was answered. */
    ConnectFailure ofSilence(boolean opened, Duration waited, int malformed) {
        if (!opened) {
            return unreachable(TimeLimit.missed("the server", waited));
        }
        String sent = malformed == 0 ? "sent nothing" : "sent " + malformed + " frame(s) that are no Realtime events";
        return new ConnectFailure.Silent(target() + " accepted the WebSocket but " + sent + " within "
                + TimeLimit.text(waited) + " instead of session.created. Check that the address is a Realtime API, "
                + "or raise the connect timeout.");
    }

    /** The request itself cannot be made. */
    ConnectFailure ofMistake(RuntimeException mistake) {
        String said = Optional.ofNullable(mistake.getMessage())
                .orElse(mistake.getClass().getSimpleName());
        return new ConnectFailure.Refused(
                "invalid_request",
                "The connection to " + target() + " cannot be made: " + secrets.removedFrom(said)
                        + (mistake instanceof UnusableTrustStore ? "." : ". Correct the provider's entry."));
    }

    private ConnectFailure unreachable(String detail) {
        return new ConnectFailure.Unreachable("Could not reach " + target() + ": " + shown(detail)
                + " Check the base URL, the network and the proxy.");
    }

    private ConnectFailure failure(RefusalKind kind, String what, String code, String detail) {
        String said = " (" + what + ")." + (detail.isBlank() ? "" : " It said: " + shown(detail));
        return switch (kind) {
            case CREDENTIALS ->
                new ConnectFailure.BadCredentials(target() + " rejected the API key" + said
                        + " Check the key, that it belongs to this provider, and that it may use this model.");
            case MODEL ->
                new ConnectFailure.UnknownModel(target() + " does not offer '" + endpoint.model()
                        + "' as a realtime model" + said + " Choose another model or provider.");
            case ADDRESS ->
                new ConnectFailure.UnknownModel(
                        target() + " has nothing at " + endpoint.uri().getPath()
                                + ", or does not offer '" + endpoint.model() + "' as a realtime model" + said
                                + " Check the base URL's path, which usually ends in /v1, then the model's name.");
            case QUOTA ->
                new ConnectFailure.QuotaExceeded(
                        target() + " has no quota left for this account" + said + " Add credit or raise the limit.");
            case RATE ->
                new ConnectFailure.RateLimited(
                        target() + " takes no more connections for now" + said + " Try again later.");
            case OTHER ->
                new ConnectFailure.Refused(
                        code, target() + " refused the connection" + said + " Look the code up at the provider.");
        };
    }

    private String target() {
        return endpoint.provider() + " at " + endpoint.address();
    }

    private String shown(String detail) {
        String clean = secrets.removedFrom(detail).replaceAll("\\s+", " ").strip();
        String cut = clean.length() > SHOWN_CHARACTERS ? clean.substring(0, SHOWN_CHARACTERS) + "…" : clean;
        return cut.endsWith(".") || cut.endsWith("…") ? cut : cut + ".";
    }
}
