package dev.antiphon.server;

import dev.antiphon.session.Conversation;
import dev.antiphon.session.ToolInvoker;
import dev.antiphon.tier.EscalationPolicy;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * A bot as a server runs it. Immutable; the functions are called from several threads.
 *
 * @param name short and stable, for example {@code clinic}
 * @param description one sentence for people; clients see it as the session's instructions
 * @param conversations makes the dialog of one call; called once per call
 * @param tools makes the tool pool; called once per server
 * @param diagramSvg the flow as SVG, with an element {@code step-ID} for each step id; empty for none
 * @param diagramMermaid the flow as Mermaid text; empty for none
 * @param escalation when a struggling call moves up the tier ladder
 */
public record Bot(
        String name,
        String description,
        Supplier<Conversation> conversations,
        Function<ActorSystem<?>, ToolInvoker> tools,
        String diagramSvg,
        String diagramMermaid,
        EscalationPolicy escalation) {
    public Bot {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a bot's name must not be blank");
        }
    }

    /** A bot without tools and diagram, with the default escalation policy. */
    public static Bot of(String name, String description, Supplier<Conversation> conversations) {
        return new Bot(
                name, description, conversations, system -> ToolInvoker.none(), "", "", EscalationPolicy.defaults());
    }

    /** A copy with a tool pool. */
    public Bot withTools(Function<ActorSystem<?>, ToolInvoker> pool) {
        return new Bot(name, description, conversations, pool, diagramSvg, diagramMermaid, escalation);
    }

    /** A copy with a diagram. */
    public Bot withDiagram(String svg, String mermaid) {
        return new Bot(name, description, conversations, tools, svg, mermaid, escalation);
    }

    /** A copy with another escalation policy. */
    public Bot withEscalation(EscalationPolicy policy) {
        return new Bot(name, description, conversations, tools, diagramSvg, diagramMermaid, policy);
    }
}
