package dev.antiphon.connection;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a refusal is about. The most reliable sign decides: the error's code, its type, the close code, and only then words
 * of its text.
 */
enum RefusalKind {
    CREDENTIALS,
    MODEL,
    /** Nothing is at this path; the model may be unknown too. */
    ADDRESS,
    QUOTA,
    RATE,
    OTHER;

    /** The upgrade was answered with this HTTP status. */
    static RefusalKind ofStatus(int status, String body) {
        return switch (status) {
            case 401, 403 -> CREDENTIALS;
            case 402 -> QUOTA;
            case 404 -> ofText(body) == MODEL ? MODEL : ADDRESS;
            case 429 -> ofText(body) == QUOTA ? QUOTA : RATE;
            // Azure answers a wrong deployment so, spelled like this.
            case 400 -> body.contains("OpperationNotSupported") ? MODEL : ofText(body);
            default -> OTHER;
        };
    }

    /** The service closed after the upgrade; {@code code} and {@code type} are empty when it sent no error. */
    static RefusalKind ofClose(String code, String type, int closeCode, String text) {
        return ofCode(code).or(() -> ofType(type)).orElseGet(() -> switch (closeCode) {
            case 3000 -> CREDENTIALS;
            // The service's own trouble, whatever its text mentions.
            case 1011, 1012, 1013 -> passing(text);
            // Policy violation: gateways say so when they reject a key.
            case 1008 -> text.isBlank() ? CREDENTIALS : ofText(text);
            default -> ofText(text);
        });
    }

    /** The service sent an error and did not close. */
    static RefusalKind ofError(String code, String type, String text) {
        return ofCode(code).or(() -> ofType(type)).orElseGet(() -> ofText(text));
    }

    private static Optional<RefusalKind> ofCode(String code) {
        return switch (code) {
            case "invalid_api_key", "invalid_authentication", "unauthorized", "permission_denied", "401", "403" ->
                Optional.of(CREDENTIALS);
            case "invalid_model", "missing_model", "model_not_found" -> Optional.of(MODEL);
            case "insufficient_quota", "credit_balance_exhausted", "402" -> Optional.of(QUOTA);
            case "rate_limit_exceeded", "too_many_requests", "429" -> Optional.of(RATE);
            case "beta_api_shape_disabled", "session_expired", "500", "502", "503", "504" -> Optional.of(OTHER);
            default -> Optional.empty();
        };
    }

    private static Optional<RefusalKind> ofType(String type) {
        return switch (type) {
            case "authentication_error", "permission_error" -> Optional.of(CREDENTIALS);
            case "insufficient_quota" -> Optional.of(QUOTA);
            case "rate_limit_error", "tokens", "requests" -> Optional.of(RATE);
            case "server_error", "overloaded_error" -> Optional.of(OTHER);
            default -> Optional.empty();
        };
    }

    /** A trouble that may pass is never a wrong key or model. */
    private static RefusalKind passing(String text) {
        RefusalKind kind = ofText(text);
        return kind == QUOTA || kind == RATE ? kind : OTHER;
    }

    private static RefusalKind ofText(String text) {
        String lower = text.toLowerCase(Locale.ROOT).replace('_', ' ');
        if (mentions(lower, "quota", "credit")) {
            return QUOTA;
        }
        if (mentions(lower, "rate limit", "too many")) {
            return RATE;
        }
        if (mentions(lower, "api key", "authoriz", "authentic")) {
            return CREDENTIALS;
        }
        // The word alone says little: an overloaded model is a model too.
        boolean absent = mentions(lower, "not found", "not exist", "no such", "not support", "unsupported")
                || mentions(lower, "unknown model", "invalid model", "missing model");
        return lower.contains("model") && absent ? MODEL : OTHER;
    }

    private static boolean mentions(String text, String... words) {
        return Stream.of(words).anyMatch(text::contains);
    }
}
