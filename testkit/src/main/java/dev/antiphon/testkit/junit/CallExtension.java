package dev.antiphon.testkit.junit;

import dev.antiphon.testkit.bed.Agent;
import dev.antiphon.testkit.bed.BedSettings;
import dev.antiphon.testkit.bed.TestBed;
import dev.antiphon.testkit.bed.TestBed.Manner;
import dev.antiphon.testkit.bed.TestCall;
import dev.antiphon.testkit.caller.CallRecord;
import dev.antiphon.testkit.caller.CallerScript;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives each test a new agent, an emulated model and callers, in virtual time.
 *
 * <pre>{@code
 * @RegisterExtension
 * final CallExtension clinic = CallExtension.of(around -> BotEndpoint.in(around, bot(around)));
 *
 * @Test
 * void booksAVisit() {
 *     clinic.call()
 *             .says("A cleaning next Tuesday at three, please.")
 *             .expectToolCall("fill_slots")
 *             .expectSays("May I have your name?")
 *             .withinMillis(1_500);
 * }
 * }</pre>
 *
 * Not thread-safe: for tests that run in one thread.
 */
public final class CallExtension implements BeforeEachCallback, AfterEachCallback {
    private static final Duration LONGEST_SCRIPT = Duration.ofMinutes(30);

    private final Agent agent;
    private final BedSettings settings;
    private @Nullable TestBed bed;

    private CallExtension(Agent agent, BedSettings settings) {
        this.agent = agent;
        this.settings = settings;
    }

    /** With the defaults of {@link BedSettings}. */
    public static CallExtension of(Agent agent) {
        return new CallExtension(agent, BedSettings.defaults());
    }

    /** The same with other settings: faults, latencies, seed. */
    public CallExtension with(BedSettings other) {
        return new CallExtension(agent, other);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        bed = TestBed.inVirtualTime(settings, agent);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (bed != null) {
            bed.close();
        }
    }

    /** Calls the agent; the test says what the caller says. The agent has greeted when this returns. */
    public TestCall call() {
        return bed().call();
    }

    /** Lets a scripted caller call, and waits for the call's end. */
    public CallRecord call(CallerScript script, Manner manner) {
        return bed().await(bed().place("caller", script, manner), LONGEST_SCRIPT);
    }

    /** The bed of the test that runs. */
    public TestBed bed() {
        if (bed == null) {
            throw new IllegalStateException(
                    "a CallExtension must be a field with @RegisterExtension, used from a test");
        }
        return bed;
    }
}
