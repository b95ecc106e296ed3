package dev.antiphon.tool;

import dev.antiphon.realtime.FunctionTool;
import dev.antiphon.session.SessionId;
import dev.antiphon.session.ToolConduct;
import dev.antiphon.session.ToolInvoker;
import dev.antiphon.session.ToolOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * The node's tools as sessions see them: tells the {@link ToolDispatcher}. Thread-safe; nothing blocks. Outcomes arrive on
 * the dispatcher's thread or on the one that did the work, so a receiver must only hand them on.
 */
public final class ToolPool implements ToolInvoker {
    private final ActorRef<ToolDispatcher.Command> dispatcher;
    private final ToolCatalogue catalogue;
    private final Settlements settlements;

    ToolPool(ActorRef<ToolDispatcher.Command> dispatcher, ToolCatalogue catalogue, Settlements settlements) {
        this.dispatcher = dispatcher;
        this.catalogue = catalogue;
        this.settlements = settlements;
    }

    @Override
    public List<FunctionTool> offered() {
        return catalogue.functions();
    }

    /**
     * Replaces the tools, for example when a {@link ToolSource} has others. Sessions that begin from now on are offered these;
     * a call of one that is gone settles as unknown. A tool of a known name keeps its bulkhead.
     *
     * @throws UnusableTool with everything that is wrong with any of them; the old ones stay
     */
    public void offer(List<? extends Tool<?, ?>> tools) {
        catalogue.replace(tools);
    }

    /** As {@link ToolInvoker} has it; of a tool that it does not know, no value is shown, since nobody says which are harmless. */
    @Override
    public String masked(String tool, String argumentsJson) {
        return catalogue
                .named(tool)
                .map(known -> known.masked(argumentsJson))
                .orElseGet(() -> SensitiveMembers.allMasked(argumentsJson));
    }

    @Override
    public String maskedAnswer(String tool, String argumentsJson, String answerJson) {
        return catalogue
                .named(tool)
                .map(known -> known.maskedAnswer(argumentsJson, answerJson))
                .orElse(answerJson);
    }

    @Override
    public boolean takesSensitive(String tool) {
        return catalogue.named(tool).filter(OfferedTool::takesSensitive).isPresent();
    }

    @Override
    public void invoke(Invocation invocation, Consumer<ToolOutcome> settled) {
        String arguments = invocation instanceof Invocation.ModelCall call ? canonical(call) : "";
        dispatcher.tell(new ToolDispatcher.Invoke(invocation, arguments, settlements.owe(settled)));
    }

    private String canonical(Invocation.ModelCall call) {
        return catalogue
                .named(call.tool())
                .map(tool -> tool.canonical(call.argumentsJson()))
                .orElse(call.argumentsJson());
    }

    @Override
    public void invoke(Invocation.Effect effect, Consumer<ToolOutcome> settled, Consumer<ToolOutcome> late) {
        dispatcher.tell(new ToolDispatcher.Invoke(effect, "", settlements.owe(settled, late)));
    }

    @Override
    public ToolConduct conduct(String tool) {
        return catalogue.named(tool).map(known -> known.policy().conduct()).orElse(ToolConduct.DEFAULT);
    }

    @Override
    public void cancel(SessionId session, String callId) {
        dispatcher.tell(new ToolDispatcher.Cancel(session, callId));
    }

    @Override
    public void cancelAll(SessionId session) {
        dispatcher.tell(new ToolDispatcher.CancelAll(session));
    }

    /** How a tool of this pool runs; empty when it has none of this name. */
    public Optional<ToolPolicy> policy(String tool) {
        return catalogue.named(tool).map(OfferedTool::policy);
    }

    /** How long a call of a tool of this pool takes at most, see {@link Tool#limit()}; empty when it has none of this name. */
    public Optional<Duration> limit(String tool) {
        return catalogue.named(tool).map(OfferedTool::limit);
    }

    /** The actor behind it, for {@link ToolDispatcher.Inspect}. */
    public ActorRef<ToolDispatcher.Command> dispatcher() {
        return dispatcher;
    }
}
