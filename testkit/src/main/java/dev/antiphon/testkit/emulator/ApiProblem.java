package dev.antiphon.testkit.emulator;

import java.util.Optional;

/**
 * What the service says about a request that it does not accept (protocol section 12).
 *
 * @param type {@code invalid_request_error} or {@code server_error}
 * @param code machine-readable reason, absent where the service sends null
 * @param param path of the offending parameter, for example {@code session.voice}
 */
record ApiProblem(String type, Optional<String> code, String message, Optional<String> param) {

    static ApiProblem of(String code, String message) {
        return new ApiProblem("invalid_request_error", Optional.of(code), message, Optional.empty());
    }

    static ApiProblem at(String param, String code, String message) {
        return new ApiProblem("invalid_request_error", Optional.of(code), message, Optional.of(param));
    }

    static ApiProblem withoutCode(String message) {
        return new ApiProblem("invalid_request_error", Optional.empty(), message, Optional.empty());
    }
}
