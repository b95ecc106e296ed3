package dev.antiphon.server.console;

import dev.antiphon.session.SessionEvent;
import dev.antiphon.tier.Struggle;
import dev.antiphon.tier.TierDecision;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which words of a call its journal keeps. That a turn held a sensitive value is known only when it was understood, and of a value
 * that was refused, misheard or told in parts never, so where callers tell sensitive values at all no words are kept. Pure.
 */
public enum ShownWords {
    /** Everything that was said. */
    ALL,
    /** Everything but what consists of figures alone, as keys that were pressed do. */
    NO_KEYS,
    /** Nothing that was said, and no words about it. */
    NONE;

    /** What stands where words were. */
    public static final String MASK = "[masked]";

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");
    private static final Pattern KEYS = Pattern.compile("[0-9A-D*# ]*[0-9][0-9A-D*# ]*");

    /** The fact as the journal may keep it. */
    SessionEvent of(SessionEvent event) {
        return this == ALL ? event : masked(event);
    }

    private SessionEvent masked(SessionEvent event) {
        return switch (event) {
            case SessionEvent.CallerTurnTaken e ->
                new SessionEvent.CallerTurnTaken(
                        e.session(), e.at(), e.itemId(), e.text().map(this::words));
            case SessionEvent.CallerTranscribed e ->
                new SessionEvent.CallerTranscribed(e.session(), e.at(), e.itemId(), words(e.text()));
            case SessionEvent.SpeechOverlooked e ->
                new SessionEvent.SpeechOverlooked(e.session(), e.at(), e.itemId(), words(e.text()));
            case SessionEvent.AgentSaid e ->
                new SessionEvent.AgentSaid(e.session(), e.at(), e.utteranceId(), about(e.text()), e.cutOff());
            case SessionEvent.ToolSettled e ->
                new SessionEvent.ToolSettled(
                        e.session(),
                        e.at(),
                        e.callId(),
                        e.tool(),
                        e.effect(),
                        e.outcome(),
                        e.effect() ? about(e.detail()) : e.detail(),
                        e.took());
            case SessionEvent.Struggled e -> new SessionEvent.Struggled(e.session(), e.at(), struggle(e.struggle()));
            case SessionEvent.TierDecided e ->
                new SessionEvent.TierDecided(e.session(), e.at(), decision(e.decision()));
            default -> event;
        };
    }

    private String words(String text) {
        boolean hidden = !text.isEmpty() && (this == NONE || KEYS.matcher(text).matches());
        return hidden ? MASK : text;
    }

    private String about(String text) {
        return this == NONE && !text.isEmpty() ? MASK : text;
    }

    /** A detail is the name of a slot or step, or a sentence about what was given; a tool's name may be one that the model made up. */
    private Struggle struggle(Struggle struggle) {
        boolean name = struggle.signal() != Struggle.Signal.TOOL_ERROR
                && NAME.matcher(struggle.detail()).matches();
        return name ? struggle : new Struggle(struggle.signal(), about(struggle.detail()));
    }

    /** The reason has no words of the caller, see {@link TierDecision}. */
    private TierDecision decision(TierDecision decision) {
        List<Struggle> signals = decision.signals().stream().map(this::struggle).toList();
        return decision.told(decision.reason(), signals);
    }
}
