package dev.antiphon.estimate;

import dev.antiphon.model.ModelCard;
import dev.antiphon.realtime.Usage;

/**
 * A call that grows turn by turn. Each response reads the instructions, the tools and the whole conversation so far; what the one
 * before has read too is cached, in steps of 64 tokens, as far as the assumed share goes. What the agent has said counts as audio,
 * its words as written text (protocol sections 3, 8 and 16). Not thread-safe.
 */
final class GrowingCall {
    private static final int CACHE_STEP = 64;

    private final CallShape shape;
    private final int mostRead;
    private long text;
    private long audio;
    private long readText;
    private long readAudio;
    private Usage usage = Usage.NONE;
    private int responses;
    private int turns;
    private double toolsOwed;
    private boolean windowFull;

    private GrowingCall(CallShape shape, ModelCard card) {
        this.shape = shape;
        this.mostRead = Math.max(1, card.contextTokens() - card.maxOutputTokens());
        this.text = shape.instructionTokens();
    }

    /** A whole call on one model. */
    static CallTokens on(ModelCard card, CallShape shape) {
        GrowingCall call = new GrowingCall(shape, card);
        call.greets();
        call.takesTurns(shape.turns());
        return call.tokens();
    }

    /** The first part of a call, up to a turn. */
    static CallTokens until(int turn, ModelCard card, CallShape shape) {
        GrowingCall call = new GrowingCall(shape, card);
        call.greets();
        call.takesTurns(turn);
        return call.tokens();
    }

    /** The rest of a call that moved to this model after a turn: what was said before is read as text, and not cached at first. */
    static CallTokens from(int turn, ModelCard card, CallShape shape) {
        GrowingCall call = new GrowingCall(shape, card);
        long calls = (long) Math.floor(turn * shape.toolCallsPerTurn());
        call.text += shape.agentTextTokens() * (turn + 1L)
                + shape.callerTextTokens() * (long) turn
                + calls * (shape.toolCallTokens() + shape.toolResultTokens());
        call.takesTurns(shape.turns() - turn);
        return call.tokens();
    }

    private void greets() {
        speaks();
    }

    private void takesTurns(int count) {
        for (int turn = 0; turn < count; turn++) {
            audio += shape.callerAudioTokens();
            toolsOwed += shape.toolCallsPerTurn();
            while (toolsOwed >= 1) {
                toolsOwed--;
                respond(shape.toolCallTokens(), 0);
                text += shape.toolCallTokens() + shape.toolResultTokens();
            }
            speaks();
            turns++;
        }
    }

    private void speaks() {
        respond(shape.agentTextTokens(), shape.agentAudioTokens());
        audio += shape.agentAudioTokens();
    }

    private void respond(int textOut, int audioOut) {
        long all = text + audio;
        if (all > mostRead) {
            leaveOut(all - mostRead);
        }
        long before = Math.max(1, readText + readAudio);
        double kept = shape.cacheShare() * (before / CACHE_STEP * CACHE_STEP) / before;
        usage = usage.plus(new Usage(
                Math.toIntExact(text),
                Math.toIntExact(audio),
                0,
                (int) Math.round(readText * kept),
                (int) Math.round(readAudio * kept),
                0,
                textOut,
                audioOut));
        responses++;
        readText = text;
        readAudio = audio;
    }

    /** The oldest goes; behind the instructions nothing is where it was, so that it is read anew. */
    private void leaveOut(long tokens) {
        windowFull = true;
        long fromAudio = Math.min(audio, tokens);
        audio -= fromAudio;
        text -= Math.min(text, tokens - fromAudio);
        readText = Math.min(text, shape.instructionTokens());
        readAudio = 0;
    }

    private CallTokens tokens() {
        return new CallTokens(usage, responses, shape.minutes() * turns / shape.turns(), windowFull);
    }
}
