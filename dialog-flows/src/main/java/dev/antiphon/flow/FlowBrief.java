package dev.antiphon.flow;

import dev.antiphon.realtime.ToolChoice;
import dev.antiphon.session.Conversation.Directive;
import dev.antiphon.session.Conversation.Opening;
import dev.antiphon.session.Conversation.View;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the model of a call has been told of its dialog. Pure and immutable.
 *
 * @param opening instructions and tools
 * @param note the latest words behind the conversation; empty when there are none
 */
record FlowBrief(Dialog dialog, Briefing briefing, Opening opening, String note) {

    /** As a call begins or is resumed. {@code views} looks at a flow of the dialog, by its instance. */
    static FlowBrief of(
            Dialog dialog, Briefing briefing, DialogState state, Function<String, View> views, ZonedDateTime now) {
        Opening whole = new Opening(FlowInstructions.of(dialog, now), FlowTools.of(dialog), ToolChoice.AUTO);
        Opening first = briefing == Briefing.PER_NODE ? ofNode(dialog, state, views, now) : whole;
        return new FlowBrief(dialog, briefing, first, "");
    }

    private static Opening ofNode(Dialog dialog, DialogState state, Function<String, View> views, ZonedDateTime now) {
        return new Opening(
                FlowInstructions.ofNode(dialog, now, state, views), FlowTools.ofNode(dialog, state), ToolChoice.AUTO);
    }

    /** As it is to be where the dialog stands now. */
    FlowBrief at(DialogState state, Function<String, View> views, ZonedDateTime now) {
        return switch (briefing) {
            case STATIC -> this;
            case NODE_ITEMS -> new FlowBrief(dialog, briefing, opening, FlowInstructions.note(dialog, state, views));
            case PER_NODE -> new FlowBrief(dialog, briefing, ofNode(dialog, state, views, now), note);
        };
    }

    /** What tells the model the difference, if there is one. */
    Optional<Directive> newsAfter(FlowBrief before) {
        if (!opening.equals(before.opening)) {
            return Optional.of(new Directive.Rebrief(opening));
        }
        return note.equals(before.note) ? Optional.empty() : Optional.of(new Directive.Note(note));
    }
}
