package dev.antiphon.connection;

/**
 * Why a model connection could not be used, whatever form the refusal took: an HTTP status, or an accepted upgrade followed
 * by an error event and a close (protocol section 2).
 */
public sealed interface ConnectFailure {

    /** For people: what happened and what to do. Never contains a key. */
    String message();

    /** Key missing or wrong. Trying again is useless. */
    record BadCredentials(String message) implements ConnectFailure {}

    /** The model does not exist there, or is not a realtime model. Trying again is useless. */
    record UnknownModel(String message) implements ConnectFailure {}

    /** The account has no quota or credit. */
    record QuotaExceeded(String message) implements ConnectFailure {}

    /** Too many sessions or requests for now. */
    record RateLimited(String message) implements ConnectFailure {}

    /** The service refused for another reason; {@code code} is its error code or HTTP status. */
    record Refused(String code, String message) implements ConnectFailure {}

    /** No answer: name not found, connection refused, TLS failure. */
    record Unreachable(String message) implements ConnectFailure {}

    /** The socket opened but no {@code session.created} came in time. */
    record Silent(String message) implements ConnectFailure {}
}
