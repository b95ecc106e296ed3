package dev.antiphon.server;

import dev.antiphon.aftercall.AfterCallTask;
import dev.antiphon.flow.Dialog;
import dev.antiphon.flow.FlowConversation;
import dev.antiphon.server.gateway.Caller;
import dev.antiphon.server.reload.LiveDialog;
import dev.antiphon.session.Conversation;
import dev.antiphon.session.ToolInvoker;
import dev.antiphon.tier.EscalationPolicy;
import dev.antiphon.tool.ApprovalDesk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * A bot as a server runs it. Immutable, except that a {@link #reloadable} one has the dialog of the moment; the functions are
 * called from several threads.
 *
 * @param name short and stable, for example {@code clinic}
 * @param description one sentence for people; clients see it as the session's instructions
 * @param conversations makes the dialog of one call from what is known of the caller; called once per call
 * @param tools makes the tool pool; called once per server
 * @param diagram the flow as it is now; called for each look at it
 * @param escalation when a struggling call moves up the tier ladder
 * @param live what {@code demo --reload} makes anew; empty when nothing can be
 * @param approvals where people approve what its effects and tools are about to do; empty: nowhere on the server's page
 * @param afterCall what is done when its calls are over
 * @param variants other dialogs that experiments may give to calls, by their names
 */
public record Bot(
        String name,
        String description,
        Function<Caller, Conversation> conversations,
        Function<ActorSystem<?>, ToolInvoker> tools,
        Supplier<Diagram> diagram,
        EscalationPolicy escalation,
        Optional<LiveDialog<?>> live,
        Optional<ApprovalDesk> approvals,
        List<AfterCallTask> afterCall,
        Map<String, Function<Caller, Conversation>> variants) {
    public Bot {
        variants = Map.copyOf(variants);
        afterCall = List.copyOf(afterCall);
        if (name.isBlank()) {
            throw new IllegalArgumentException("a bot's name must not be blank");
        }
    }

    /**
     * A flow as a drawing.
     *
     * @param svg with an element {@code step-ID} for each step id; empty for none
     * @param mermaid as Mermaid text; empty for none
     */
    public record Diagram(String svg, String mermaid) {
        /** Nothing is drawn. */
        static final Diagram NONE = new Diagram("", "");
    }

    /** A bot without tools and diagram, with the default escalation policy. */
    public static Bot of(String name, String description, Supplier<Conversation> conversations) {
        return forCallers(name, description, caller -> conversations.get());
    }

    /**
     * {@link #of} where it matters who calls: {@code caller -> FlowConversation.start(…).knowing(customers.of(caller.id()))}. The function
     * must be quick; what it throws is that call's trouble only.
     */
    public static Bot forCallers(String name, String description, Function<Caller, Conversation> conversations) {
        return new Bot(
                name,
                description,
                conversations,
                system -> ToolInvoker.none(),
                () -> Diagram.NONE,
                EscalationPolicy.defaults(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Map.of());
    }

    /**
     * A bot whose dialog {@code demo --reload} makes anew when its classes or files change; without tools, with the diagram of the
     * dialog.
     *
     * @param live makes the dialogs
     * @param begins begins a call with its dialog: {@code dialog -> FlowConversation.start(dialog, clock, zone, id)}
     */
    public static Bot reloadable(
            String name, String description, LiveDialog<?> live, Function<Dialog, Conversation> begins) {
        return of(name, description, () -> begins.apply(live.dialog())).changed(draft -> {
            draft.diagram = () -> new Diagram(live.shown().svg(), live.shown().mermaid());
            draft.live = Optional.of(live);
        });
    }

    /** A copy with a tool pool. */
    public Bot withTools(Function<ActorSystem<?>, ToolInvoker> pool) {
        return changed(draft -> draft.tools = pool);
    }

    /** A copy with a diagram that stays the same. */
    public Bot withDiagram(String svg, String mermaid) {
        Diagram fixed = new Diagram(svg, mermaid);
        return changed(draft -> draft.diagram = () -> fixed);
    }

    /** The dialog of a call of which nothing is known. */
    public Conversation conversation() {
        return conversations.apply(Caller.UNKNOWN);
    }

    /**
     * What its calls are about, by the names under which router and experiments know them: begins a call of which nothing is known, and
     * one of each variant. Empty when one cannot be begun: then nobody knows.
     */
    public Set<String> flows() {
        return BotFlows.of(this);
    }

    /** A copy that is drawn as the dialog of such a call; the same bot when it has a diagram of its own, or the call is about no flow. */
    public Bot drawnAs(Conversation call) {
        boolean drawn = !diagram.get().equals(Diagram.NONE);
        return !drawn && call instanceof FlowConversation flows
                ? withDiagram(flows.dialog().svg(), flows.dialog().mermaid())
                : this;
    }

    /** A copy with other calls, for example the same ones briefed in another way. */
    public Bot withConversations(Function<Caller, Conversation> others) {
        return changed(draft -> draft.conversations = others);
    }

    /**
     * A copy whose server shows this desk on its page: people approve or refuse there what waits. Its gates are the author's, see
     * {@link ApprovalDesk}.
     */
    public Bot withApprovals(ApprovalDesk desk) {
        return changed(draft -> draft.approvals = Optional.of(desk));
    }

    /** A copy with another escalation policy. */
    public Bot withEscalation(EscalationPolicy policy) {
        return changed(draft -> draft.escalation = policy);
    }

    /** A copy that does these as well when a call is over; each task has a name of its own. */
    public Bot withAfterCall(AfterCallTask... more) {
        List<AfterCallTask> all = new ArrayList<>(afterCall);
        all.addAll(List.of(more));
        return changed(draft -> draft.afterCall = all);
    }

    /**
     * A copy that has another dialog besides, which experiments give to calls by its name: another prompt, or another version of the
     * flow. Where an experiment is about variants, the usual dialog of a call is made first, to know which flow it is about, and left.
     */
    public Bot withVariant(String variant, Function<Caller, Conversation> begins) {
        Map<String, Function<Caller, Conversation>> more = new HashMap<>(variants);
        more.put(variant, begins);
        return changed(draft -> draft.variants = more);
    }

    /** A copy that does nothing when a call is over, for calls that nobody made. */
    public Bot withoutAfterCall() {
        return changed(draft -> draft.afterCall = List.of());
    }

    private Bot changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.bot();
    }

    /** The bot while it is changed. */
    private static final class Draft {
        private final String name;
        private final String description;
        private Function<Caller, Conversation> conversations;
        private Function<ActorSystem<?>, ToolInvoker> tools;
        private Supplier<Diagram> diagram;
        private EscalationPolicy escalation;
        private Optional<LiveDialog<?>> live;
        private Optional<ApprovalDesk> approvals;
        private List<AfterCallTask> afterCall;
        private Map<String, Function<Caller, Conversation>> variants;

        Draft(Bot from) {
            this.name = from.name;
            this.description = from.description;
            this.conversations = from.conversations;
            this.tools = from.tools;
            this.diagram = from.diagram;
            this.escalation = from.escalation;
            this.live = from.live;
            this.approvals = from.approvals;
            this.afterCall = from.afterCall;
            this.variants = from.variants;
        }

        Bot bot() {
            return new Bot(
                    name, description, conversations, tools, diagram, escalation, live, approvals, afterCall, variants);
        }
    }
}
