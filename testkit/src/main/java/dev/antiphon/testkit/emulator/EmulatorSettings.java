package dev.antiphon.testkit.emulator;

import dev.antiphon.testkit.speech.SpeechRecognizer;
import dev.antiphon.testkit.speech.SpeechSynthesizer;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
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

    /** A copy with another profile. */
    public EmulatorSettings withProfile(EmulatorProfile value) {
        return new EmulatorSettings(
                brain,
                synthesizer,
                recognizer,
                value,
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

    /** A copy with another seed. */
    public EmulatorSettings withSeed(long value) {
        return new EmulatorSettings(
                brain,
                synthesizer,
                recognizer,
                profile,
                value,
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

    /** A copy with another time zone. */
    public EmulatorSettings withZone(ZoneId value) {
        return new EmulatorSettings(
                brain,
                synthesizer,
                recognizer,
                profile,
                seed,
                value,
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

    /** A copy with another lifetime of sessions. */
    public EmulatorSettings withSessionLifetime(Duration value) {
        return new EmulatorSettings(
                brain,
                synthesizer,
                recognizer,
                profile,
                seed,
                zone,
                value,
                acceptedKeys,
                faults,
                observer,
                dialects,
                port,
                tls,
                webhook,
                mcp);
    }

    /** A copy that accepts other keys. */
    public EmulatorSettings withAcceptedKeys(Predicate<String> value) {
        return new EmulatorSettings(
                brain,
                synthesizer,
                recognizer,
                profile,
                seed,
                zone,
                sessionLifetime,
                value,
                faults,
                observer,
                dialects,
                port,
                tls,
                webhook,
                mcp);
    }

    /** A copy with other faults. */
    public EmulatorSettings withFaults(FaultPlan value) {
        return new EmulatorSettings(
                brain,
                synthesizer,
                recognizer,
                profile,
                seed,
                zone,
                sessionLifetime,
                acceptedKeys,
                value,
                observer,
                dialects,
                port,
                tls,
                webhook,
                mcp);
    }

    /** A copy in which every session has these faults. */
    public EmulatorSettings withFaults(FaultScript value) {
        return withFaults((number, model) -> value);
    }

    /** A copy that is watched. */
    public EmulatorSettings withObserver(FrameObserver value) {
        return new EmulatorSettings(
                brain,
                synthesizer,
                recognizer,
                profile,
                seed,
                zone,
                sessionLifetime,
                acceptedKeys,
                faults,
                value,
                dialects,
                port,
                tls,
                webhook,
                mcp);
    }

    /** A copy that listens on another port. */
    public EmulatorSettings withPort(int value) {
        return new EmulatorSettings(
                brain,
                synthesizer,
                recognizer,
                profile,
                seed,
                zone,
                sessionLifetime,
                acceptedKeys,
                faults,
                observer,
                dialects,
                value,
                tls,
                webhook,
                mcp);
    }

    /** A copy that speaks other dialects. */
    public EmulatorSettings withDialects(ServedDialects value) {
        return new EmulatorSettings(
                brain,
                synthesizer,
                recognizer,
                profile,
                seed,
                zone,
                sessionLifetime,
                acceptedKeys,
                faults,
                observer,
                value,
                port,
                tls,
                webhook,
                mcp);
    }

    /** A copy that listens with TLS too, or not. */
    public EmulatorSettings withTls(Optional<TlsIdentity> value) {
        return new EmulatorSettings(
                brain,
                synthesizer,
                recognizer,
                profile,
                seed,
                zone,
                sessionLifetime,
                acceptedKeys,
                faults,
                observer,
                dialects,
                port,
                value,
                webhook,
                mcp);
    }

    /** A copy that tells of incoming calls. */
    public EmulatorSettings withWebhook(Optional<Webhook> value) {
        return new EmulatorSettings(
                brain,
                synthesizer,
                recognizer,
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
                value,
                mcp);
    }

    /** A copy whose sessions can have these remote tools. */
    public EmulatorSettings withMcp(McpServers value) {
        return new EmulatorSettings(
                brain,
                synthesizer,
                recognizer,
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
                value);
    }
}
