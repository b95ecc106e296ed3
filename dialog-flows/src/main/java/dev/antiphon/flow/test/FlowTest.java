package dev.antiphon.flow.test;

import dev.antiphon.flow.Dialog;
import dev.antiphon.flow.Flow;
import dev.antiphon.flow.FlowConversation;
import dev.antiphon.flow.Item;
import dev.antiphon.session.Conversation.Directive;
import dev.antiphon.session.Conversation.Event;
import dev.antiphon.session.ToolOutcome;
import dev.antiphon.tier.Struggle;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A call with a flow, without model, network or clock: what the caller means is stated, what the agent says is checked.
 *
 * <p>The calls go through the same tools that a model uses. Effects run at once on the test's thread, unless
 * {@link #effectsSettledByTest()}. A failed expectation is an {@link AssertionError} with the conversation so far. A name that the
 * flow does not have (task, slot, action) is an {@link IllegalArgumentException} with those that it has; what a model that errs does is
 * tested with {@link #calls}. Not thread-safe.
 */
public final class FlowTest extends CallExpectations {
    private FlowTest(FlowConversation conversation) {
        super(conversation);
    }

    @Override
    FlowTest test() {
        return this;
    }

    /** A call in UTC that was just connected: the agent has greeted. */
    public static FlowTest of(Flow<?> flow, InstantSource clock) {
        return of(flow, clock, ZoneOffset.UTC);
    }

    /** A call that was just connected: the agent has greeted. */
    public static FlowTest of(Flow<?> flow, InstantSource clock, ZoneId zone) {
        return of(FlowConversation.start(flow, clock, zone, "test"));
    }

    /** A call in UTC of a known caller that was just connected, see {@link FlowConversation#knowing}: the agent has greeted. */
    public static FlowTest of(Flow<?> flow, InstantSource clock, Item known) {
        return of(FlowConversation.start(flow, clock, ZoneOffset.UTC, "test").knowing(known));
    }

    /** A call that was just connected, of several flows: the agent has greeted. */
    public static FlowTest of(Dialog dialog, InstantSource clock) {
        return of(FlowConversation.start(dialog, clock, ZoneOffset.UTC, "test"));
    }

    /** A call of this conversation that was just connected: the agent has greeted. */
    public static FlowTest of(FlowConversation conversation) {
        FlowTest test = new FlowTest(conversation);
        test.call.happens(new Event.CallStarted());
        test.call.agentSpeaks(false);
        return test;
    }

    /** Reads well in front of what the caller does. */
    public FlowTest caller() {
        return this;
    }

    /** From now on the test settles effects with {@link #effectSucceeds} and {@link #effectFails}. */
    public FlowTest effectsSettledByTest() {
        call.inline = false;
        return this;
    }

    /** What follows up to the next expectation belongs to one turn: the agent speaks only after it. */
    public FlowTest inOneTurn(Consumer<FlowTest> several) {
        sameTurn = true;
        call.said = "";
        several.accept(this);
        sameTurn = false;
        call.responseEnds();
        call.agentSpeaks(true);
        return this;
    }

    /** The next thing that the agent is given to say comes out in these words. */
    public FlowTest nextSaidAs(String words) {
        call.instead = Optional.of(words);
        return this;
    }

    /** The model says this by itself. */
    public FlowTest agentSays(String text) {
        call.said = "";
        call.modelSays(text);
        call.agentSpeaks(false);
        return this;
    }

    /** The effect that runs has succeeded. */
    public FlowTest effectSucceeds(Object result) {
        return settles(new ToolOutcome.Ok(result));
    }

    /** The effect that runs has failed. */
    public FlowTest effectFails(Throwable cause) {
        return settles(new ToolOutcome.Failed("failed", cause));
    }

    /** The effect that runs has settled. */
    public FlowTest settles(ToolOutcome result) {
        if (call.pending.isEmpty()) {
            throw call.failure("an effect to be running", "none");
        }
        call.said = "";
        call.happens(new Event.EffectSettled(call.pending.removeFirst().effectId(), result));
        call.agentSpeaks(true);
        return this;
    }

    /** The effect that runs takes long. */
    public FlowTest effectIsSlow() {
        if (call.pending.isEmpty()) {
            throw call.failure("an effect to be running", "none");
        }
        call.said = "";
        call.happens(new Event.EffectSlow(call.pending.getFirst().effectId(), Duration.ofSeconds(1)));
        call.agentSpeaks(true);
        return this;
    }

    /** What the agent said last. */
    public String said() {
        return call.said;
    }

    /** The last tool answer as JSON text. */
    public String lastAnswer() {
        return call.lastAnswer;
    }

    /** The revision that a yes must carry now. */
    public int confirmRevision() {
        return call.revision;
    }

    /** The effects started so far. */
    public List<Directive.Run> effects() {
        return List.copyOf(call.runs);
    }

    /** The evidence of struggle so far. */
    public List<Struggle> struggles() {
        return List.copyOf(call.struggles);
    }

    /** The conversation under test. */
    public FlowConversation conversation() {
        return call.conversation;
    }
}
