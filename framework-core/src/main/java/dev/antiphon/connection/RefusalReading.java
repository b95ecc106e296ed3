package dev.antiphon.connection;

import dev.antiphon.connection.WebSocketListener.Refusal;
import dev.antiphon.model.ModelEndpoint;
import dev.antiphon.realtime.ApiError;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads the many forms in which services refuse a connection (protocol section 2) as one {@link ConnectFailure}. Pure.
 */
final class RefusalReading {
    private static final int SHOWN_CHARACTERS = 300;

    private final ModelEndpoint endpoint;
    private final Secrets secrets;

    private enum Kind {
        CREDENTIALS,
        MODEL,
        QUOTA,
        RATE,
        OTHER
    }

    RefusalReading(ModelEndpoint endpoint) {
        this.endpoint = endpoint;
        this.secrets = Secrets.of(endpoint.headers(), endpoint.subprotocols());
    }

    /** The upgrade was answered with an HTTP error, or not at all. */
    ConnectFailure ofUpgrade(Refusal refusal) {
        return refusal.httpStatus()
                .map(status -> failure(
                        kindOf(status, refusal.detail()), "HTTP " + status, String.valueOf(status), refusal.detail()))
                .orElseGet(() -> unreachable(refusal.detail()));
    }

    /** The upgrade was accepted, then the service closed, usually after an error event. */
    ConnectFailure ofClose(Optional<ApiError> error, int closeCode, String reason) {
        String code = error.flatMap(ApiError::code)
                .or(() -> Optional.of(reason.substring(reason.lastIndexOf('.') + 1))
                        .filter(last -> last.matches("[a-z_]{3,}") && !last.equals("invalid_request_error")))
                .orElse("");
        String detail = error.map(ApiError::message).filter(m -> !m.isBlank()).orElse(reason);
        Kind kind = code.isEmpty() ? kindOfClose(closeCode, detail) : kindOfCode(code);
        String shownCode = code.isEmpty() ? String.valueOf(closeCode) : code;
        return failure(kind, "close code " + closeCode + (code.isEmpty() ? "" : ", " + code), shownCode, detail);
    }

    /** An error event came instead of a session, and nothing after it. */
    ConnectFailure ofError(ApiError error) {
        String code = error.code().orElse("");
        Kind kind = code.isEmpty() ? kindOfText(error.message()) : kindOfCode(code);
        return failure(kind, code.isEmpty() ? "error" : code, code.isEmpty() ? error.type() : code, error.message());
    }

    /** Neither a session nor a refusal came in time; {@code opened} tells whether the upgrade was answered. */
    ConnectFailure ofSilence(boolean opened, Duration waited, int malformed) {
        if (!opened) {
            return unreachable("no answer within " + waited.toMillis() + " ms");
        }
        String sent = malformed == 0 ? "sent nothing" : "sent " + malformed + " frame(s) that are no Realtime events";
        return new ConnectFailure.Silent(target() + " accepted the WebSocket but " + sent + " within "
                + waited.toMillis() + " ms instead of session.created. Check that the address is a Realtime API, "
                + "or raise the connect timeout.");
    }

    /** The request itself cannot be made. */
    ConnectFailure ofMistake(IllegalArgumentException mistake) {
        return new ConnectFailure.Refused(
                "invalid_request",
                "The connection to " + target() + " cannot be made: "
                        + secrets.removedFrom(String.valueOf(mistake.getMessage()))
                        + ". Correct the provider's entry.");
    }

    private ConnectFailure unreachable(String detail) {
        return new ConnectFailure.Unreachable("Could not reach " + target() + ": " + shown(detail)
                + " Check the base URL, the network and the proxy.");
    }

    private ConnectFailure failure(Kind kind, String what, String code, String detail) {
        String said = " (" + what + ")." + (detail.isBlank() ? "" : " It said: " + shown(detail));
        return switch (kind) {
            case CREDENTIALS ->
                new ConnectFailure.BadCredentials(target() + " rejected the API key" + said
                        + " Check the key, that it belongs to this provider, and that it may use this model.");
            case MODEL ->
                new ConnectFailure.UnknownModel(target() + " does not offer '" + endpoint.model()
                        + "' as a realtime model" + said + " Choose another model or provider.");
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

    private static Kind kindOf(int status, String body) {
        return switch (status) {
            case 401, 403 -> Kind.CREDENTIALS;
            case 402 -> Kind.QUOTA;
            case 404 -> Kind.MODEL;
            case 429 -> kindOfText(body) == Kind.QUOTA ? Kind.QUOTA : Kind.RATE;
            // Azure answers a wrong deployment so, spelled like this.
            case 400 -> body.contains("OpperationNotSupported") ? Kind.MODEL : kindOfText(body);
            default -> Kind.OTHER;
        };
    }

    private static Kind kindOfClose(int closeCode, String detail) {
        Kind byText = kindOfText(detail);
        return switch (closeCode) {
            case 3000 -> Kind.CREDENTIALS;
            // Policy violation: gateways say so when they reject a key.
            case 1008 -> byText == Kind.OTHER && detail.isBlank() ? Kind.CREDENTIALS : byText;
            default -> byText;
        };
    }

    private static Kind kindOfCode(String code) {
        return switch (code) {
            case "invalid_api_key", "invalid_authentication", "unauthorized", "permission_denied" -> Kind.CREDENTIALS;
            case "invalid_model", "missing_model", "model_not_found" -> Kind.MODEL;
            case "insufficient_quota", "credit_balance_exhausted" -> Kind.QUOTA;
            case "rate_limit_exceeded", "too_many_requests" -> Kind.RATE;
            default -> Kind.OTHER;
        };
    }

    private static Kind kindOfText(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("quota") || lower.contains("credit")) {
            return Kind.QUOTA;
        }
        if (lower.contains("rate limit") || lower.contains("too many")) {
            return Kind.RATE;
        }
        if (lower.contains("api key") || lower.contains("authoriz") || lower.contains("authentic")) {
            return Kind.CREDENTIALS;
        }
        return lower.contains("model") ? Kind.MODEL : Kind.OTHER;
    }

    private String target() {
        return endpoint.provider() + " at " + endpoint.uri().getAuthority();
    }

    private String shown(String detail) {
        String clean = secrets.removedFrom(detail).replaceAll("\\s+", " ").strip();
        String cut = clean.length() > SHOWN_CHARACTERS ? clean.substring(0, SHOWN_CHARACTERS) + "…" : clean;
        return cut.endsWith(".") || cut.endsWith("…") ? cut : cut + ".";
    }
}
