package dev.antiphon.testkit.emulator;

import dev.antiphon.connection.WebSocketEndpoint.Upgrade;
import dev.antiphon.realtime.ApiError;
import java.util.Optional;

/**
 * What the service thinks of an upgrade request (protocol section 2): it answers 101 even when it will not serve, then says why and
 * closes.
 */
final class ConnectCheck {
    private static final String AZURE = "/openai/";
    private static final String TRANSCRIPTION = "transcription";

    static final String AZURE_PREVIEW = AZURE + "realtime";

    private ConnectCheck() {}

    /** Why a connection is not served. */
    record Rejection(ApiError problem, int closeCode, String closeReason) {
        static Rejection of(Fault.Reject fault) {
            return new Rejection(
                    new ApiError(
                            fault.type(),
                            Optional.of(fault.code()),
                            fault.message(),
                            Optional.empty(),
                            Optional.empty()),
                    fault.closeCode(),
                    fault.type() + "." + fault.code());
        }
    }

    /**
     * Why {@code upgrade} is not served; empty when it is.
     *
     * @param plan what it asks for; no model is needed to transcribe
     * @param hasSecret whether its key is a client secret that was made here and is still good
     */
    static Optional<Rejection> rejection(
            Upgrade upgrade, EmulatorSettings settings, SessionPlan plan, boolean hasSecret) {
        Optional<String> key = upgrade.key();
        if (key.isEmpty()) {
            return Optional.of(new Rejection(
                    ApiError.invalid("Missing bearer or basic authentication in header"),
                    3000,
                    "invalid_request_error"));
        }
        boolean good = key.get().startsWith(ClientSecrets.PREFIX)
                ? hasSecret
                : settings.acceptedKeys().test(key.get());
        if (!good) {
            return rejected(3000, "invalid_api_key", "Incorrect API key provided: " + masked(key.get()) + ".");
        }
        if (settings.dialects() == ServedDialects.STRICT_GA && wantsBeta(upgrade)) {
            return rejected(
                    4000,
                    "beta_api_shape_disabled",
                    "The Realtime Beta API is no longer supported. Please use /v1/realtime for the GA API.");
        }
        String intent = upgrade.query().getOrDefault("intent", TRANSCRIPTION);
        if (!intent.equals(TRANSCRIPTION)) {
            return Optional.of(new Rejection(
                    ApiError.invalidAt(
                            "intent",
                            "invalid_value",
                            "Invalid value: '" + intent + "'. Supported values are: '" + TRANSCRIPTION + "'."),
                    4000,
                    "invalid_request_error.invalid_value"));
        }
        return plan.transcribesOnly() ? Optional.empty() : rejection(plan.model(), settings.dialects());
    }

    private static Optional<Rejection> rejection(String model, ServedDialects dialects) {
        if (model.isEmpty()) {
            return rejected(4000, "missing_model", "You must provide a model parameter.");
        }
        return isServed(model, dialects)
                ? Optional.empty()
                : rejected(4000, "invalid_model", "Model \"" + model + "\" is not supported in realtime mode.");
    }

    /** Azure's preview address calls it a deployment. */
    static String model(Upgrade upgrade) {
        return upgrade.query().getOrDefault("model", upgrade.query().getOrDefault("deployment", ""));
    }

    /** Whether this connection is spoken to in the beta dialect. */
    static boolean speaksBeta(Upgrade upgrade, EmulatorSettings settings) {
        return switch (settings.dialects()) {
            case STRICT_GA, GA -> false;
            case AS_ASKED -> wantsBeta(upgrade);
            case BETA, GATEWAY -> true;
        };
    }

    private static boolean isServed(String model, ServedDialects dialects) {
        if (dialects == ServedDialects.GATEWAY) {
            return !model.isEmpty() && !model.startsWith("bad");
        }
        String needed = dialects == ServedDialects.BETA ? "realtime-preview" : "realtime";
        boolean answers = !model.contains("whisper") && !model.contains("transcribe");
        return model.contains(needed) && answers && !model.startsWith("bad");
    }

    /** What is wrong with a model that somebody wants to talk to, by key or call; empty when nothing is. */
    static Optional<ApiError> unservable(String param, String model, ServedDialects dialects) {
        return isServed(model, dialects == ServedDialects.GATEWAY ? dialects : ServedDialects.GA)
                ? Optional.empty()
                : Optional.of(ApiError.invalidAt(
                        param, "invalid_model", "Model \"" + model + "\" is not supported in realtime mode."));
    }

    /** The configuration that a connection asks for; a client secret's holds where the address says nothing. */
    static SessionPlan plan(Upgrade upgrade, Optional<SessionPlan> ofSecret) {
        String asked = model(upgrade);
        return ofSecret.map(plan -> asked.isEmpty() ? plan : plan.with(asked))
                .orElseGet(() -> upgrade.query().getOrDefault("intent", "").equals(TRANSCRIPTION)
                        ? SessionPlan.transcription()
                        : SessionPlan.realtime(asked));
    }

    /** Azure does not open the WebSocket for a deployment that it does not have (protocol.md section 1). */
    static boolean refusesUpgrade(Upgrade upgrade, Rejection rejection) {
        return upgrade.path().startsWith(AZURE)
                && rejection.problem().code().filter("invalid_model"::equals).isPresent();
    }

    private static boolean wantsBeta(Upgrade upgrade) {
        return upgrade.wantsBeta() || upgrade.path().equals(AZURE_PREVIEW);
    }

    private static String masked(String key) {
        return key.length() <= 8 ? "***" : key.substring(0, 3) + "***" + key.substring(key.length() - 4);
    }

    private static Optional<Rejection> rejected(int code, String reason, String message) {
        return Optional.of(new Rejection(ApiError.invalid(reason, message), code, "invalid_request_error." + reason));
    }
}
