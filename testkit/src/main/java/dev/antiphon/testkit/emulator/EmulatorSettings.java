package dev.antiphon.testkit.emulator;

import dev.antiphon.testkit.speech.SpeechRecognizer;
import dev.antiphon.testkit.speech.SpeechSynthesizer;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What an emulator is made of.
 *
 * @param brain answers in place of a model
 * @param synthesizer gives it a voice
 * @param recognizer understands callers that registered their words
 * @param profile simulated latencies; default {@link EmulatorProfile#simulated()}
 * @param seed of every identifier and every simulated chance; default 1
 * @param zone the brain's time zone; default the system's
 * @param sessionLifetime after which a session expires; default 60 minutes
 * @param acceptedKeys which API keys are good; default any that is not empty
 * @param faults what goes wrong in which session; default nothing
 * @param observer sees every frame; default none
 * @param dialects which spellings of the protocol it speaks; default strict GA, as OpenAI does
 * @param port to listen on at 127.0.0.1; 0, the default, takes a free one
 * @param tls with which it listens on the next port too (a free one when {@code port} is 0), for https and wss; empty, the
 *     default, for none
 * @param webhook who is told of incoming calls; empty, the default, for nobody
 * @param mcp the remote tools that sessions can have; default none, so that each listing fails
 */
public record EmulatorSettings(
        Brain brain,
        SpeechSynthesizer synthesizer,
        SpeechRecognizer recognizer,
        EmulatorProfile profile,
        long seed,
        ZoneId zone,
        Duration sessionLifetime,
        Predicate<String> acceptedKeys,
        FaultPlan faults,
        FrameObserver observer,
        ServedDialects dialects,
        int port,
        Optional<TlsIdentity> tls,
        Optional<Webhook> webhook,
        McpServers mcp) {
    public EmulatorSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be from 0 to 65535, but was " + port);
        }
        if (!sessionLifetime.isPositive()) {
            throw new IllegalArgumentException("sessionLifetime must be positive, but was " + sessionLifetime);
        }
    }

    /** Says what goes wrong in a new session. Must be thread-safe. */
    @FunctionalInterface
    public interface FaultPlan {
        /**
         * The faults of one session.
         *
         * @param number of the session at this emulator, the first is 1
         * @param model the model it asks for, possibly empty
         */
        FaultScript forSession(long number, String model);
    }

    /** The defaults around these three. */
    public static EmulatorSettings of(Brain brain, SpeechSynthesizer synthesizer, SpeechRecognizer recognizer) {
        return new EmulatorSettings(
                brain,
                synthesizer,
                recognizer,
                EmulatorProfile.simulated(),
                1,
                ZoneId.systemDefault(),
                Duration.ofMinutes(60),
                key -> !key.isBlank(),
                (number, model) -> FaultScript.none(),
                FrameObserver.none(),
                ServedDialects.STRICT_GA,
                0,
                Optional.empty(),
                Optional.empty(),
                McpServers.none());
    }

    /** A copy in which another brain answers in place of a model. */
    public EmulatorSettings withBrain(Brain other) {
        return changed(draft -> draft.brain = other);
    }

    /** A copy with another profile. */
    public EmulatorSettings withProfile(EmulatorProfile value) {
        return changed(draft -> draft.profile = value);
    }

    /** A copy with another seed. */
    public EmulatorSettings withSeed(long value) {
        return changed(draft -> draft.seed = value);
    }

    /** A copy with another time zone. */
    public EmulatorSettings withZone(ZoneId value) {
        return changed(draft -> draft.zone = value);
    }

    /** A copy with another lifetime of sessions. */
    public EmulatorSettings withSessionLifetime(Duration value) {
        return changed(draft -> draft.sessionLifetime = value);
    }

    /** A copy that accepts other keys. */
    public EmulatorSettings withAcceptedKeys(Predicate<String> value) {
        return changed(draft -> draft.acceptedKeys = value);
    }

    /** A copy with other faults. */
    public EmulatorSettings withFaults(FaultPlan value) {
        return changed(draft -> draft.faults = value);
    }

    /** A copy in which every session has these faults. */
    public EmulatorSettings withFaults(FaultScript value) {
        return withFaults((number, model) -> value);
    }

    /** A copy that is watched. */
    public EmulatorSettings withObserver(FrameObserver value) {
        return changed(draft -> draft.observer = value);
    }

    /** A copy that listens on another port. */
    public EmulatorSettings withPort(int value) {
        return changed(draft -> draft.port = value);
    }

    /** A copy that speaks other dialects. */
    public EmulatorSettings withDialects(ServedDialects value) {
        return changed(draft -> draft.dialects = value);
    }

    /** A copy that listens with TLS too, or not. */
    public EmulatorSettings withTls(Optional<TlsIdentity> value) {
        return changed(draft -> draft.tls = value);
    }

    /** A copy that tells of incoming calls. */
    public EmulatorSettings withWebhook(Optional<Webhook> value) {
        return changed(draft -> draft.webhook = value);
    }

    /** A copy whose sessions can have these remote tools. */
    public EmulatorSettings withMcp(McpServers value) {
        return changed(draft -> draft.mcp = value);
    }

    private EmulatorSettings changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.settings();
    }

    /** The members that may change, once, for all the copies above. */
    private static final class Draft {
        private final EmulatorSettings from;
        private EmulatorProfile profile;
        private Brain brain;
        private long seed;
        private ZoneId zone;
        private Duration sessionLifetime;
        private Predicate<String> acceptedKeys;
        private FaultPlan faults;
        private FrameObserver observer;
        private ServedDialects dialects;
        private int port;
        private Optional<TlsIdentity> tls;
        private Optional<Webhook> webhook;
        private McpServers mcp;

        Draft(EmulatorSettings from) {
            this.from = from;
            this.brain = from.brain;
            this.profile = from.profile;
            this.seed = from.seed;
            this.zone = from.zone;
            this.sessionLifetime = from.sessionLifetime;
            this.acceptedKeys = from.acceptedKeys;
            this.faults = from.faults;
            this.observer = from.observer;
            this.dialects = from.dialects;
            this.port = from.port;
            this.tls = from.tls;
            this.webhook = from.webhook;
            this.mcp = from.mcp;
        }

        EmulatorSettings settings() {
            return new EmulatorSettings(
                    brain,
                    from.synthesizer,
                    from.recognizer,
                    profile,
                    seed,
                    zone,
                    sessionLifetime,
                    acceptedKeys,
                    faults,
                    observer,
                    dialects,
                    port,
                    tls,
                    webhook,
                    mcp);
        }
    }
}
