package dev.antiphon.tool;

import dev.antiphon.handover.HandoverPacket.Said;
import dev.antiphon.session.GateDecision;
import dev.antiphon.session.SessionId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A second look by another model: it is asked whether something may be done with these values, and answers yes or no with a reason. No
 * answer, none in time, and one that is no answer are a no: nothing is let through. Immutable, thread-safe; blocks the thread of the
 * tool or effect, whose timeout must be longer than the model's.
 *
 * <p>The caller hears the author's words, never those of the model, which has read what the caller said. Its reason, or why there was no
 * answer, is told to {@link #telling}; the log has the latter only, since a reason may name what the caller said.
 *
 * <pre>{@code ModelGate gate = ModelGate.asking(model, "refund", "Refunds are for goods that came damaged.", "I can't pay that back myself.");
 * tool.gated(gate);                                                               // of a tool
 * gated((refund, key) -> gate.look(key, Map.of("amount", refund.amount())), bank::pay)  // of a flow's effect}</pre>
 */
public final class ModelGate implements Tool.Gate<Object> {
    private static final Logger LOG = LoggerFactory.getLogger(ModelGate.class);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final TextModel model;
    private final String what;
    private final ModelQuestion<Answer> question;
    private final String refusal;
    private final Optional<LastTurns> turns;
    private final Consumer<Decision> observer;

    /** What the model must answer. */
    private record Answer(
            @ToolParam("whether it may be done") boolean allow,
            @ToolParam("why, in one sentence") String reason) {}

    /**
     * What a look has come to.
     *
     * @param key of the work, see {@link ToolContext#idempotencyKey()}
     * @param what was about to be done
     * @param allowed whether it may be done
     * @param reason the model's; empty when it gave no answer
     * @param cause why there was no answer; empty when there was one
     */
    public record Decision(String key, String what, boolean allowed, Optional<String> reason, Optional<String> cause) {}

    private ModelGate(
            TextModel model,
            String what,
            ModelQuestion<Answer> question,
            String refusal,
            Optional<LastTurns> turns,
            Consumer<Decision> observer) {
        this.model = model;
        this.what = what;
        this.question = question;
        this.refusal = refusal;
        this.turns = turns;
        this.observer = observer;
    }

    /**
     * A gate.
     *
     * @param what is about to be done, for example the tool's name
     * @param rules what may be done and what not
     * @param refusal what the caller is told when it must not be done, as a sentence
     */
    public static ModelGate asking(TextModel model, String what, String rules, String refusal) {
        GateDecision.refuse(refusal); // which refuses a blank one
        String instructions = "You look at what a voice agent is about to do for its caller, before it is done: '"
                + what + "'. Allow it only when these rules allow it and what is known fits; else refuse. "
                + rules.strip();
        return new ModelGate(
                model, what, ModelQuestion.of(instructions, Answer.class), refusal, Optional.empty(), decision -> {});
    }

    /** A copy that shows the model what was said last as well: whatever it was, sensitive values too. */
    public ModelGate knowing(LastTurns conversations) {
        return new ModelGate(model, what, question, refusal, Optional.of(conversations), observer);
    }

    /** A copy that tells this of every look, on the thread that looks. */
    public ModelGate telling(Consumer<Decision> other) {
        return new ModelGate(model, what, question, refusal, turns, other);
    }

    /** Of a tool's call: its arguments, sensitive ones masked. */
    @Override
    public GateDecision look(Object input, ToolContext context) throws InterruptedException {
        return look(context.idempotencyKey(), arguments(context.maskedArguments()), Optional.of(context.session()));
    }

    /** What cannot be shown is not let through. */
    private static ObjectNode arguments(String masked) {
        try {
            if (JSON.readTree(masked) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            throw new IllegalStateException("the arguments cannot be shown to the model that looks at them", e);
        }
        throw new IllegalStateException("the arguments cannot be shown to the model that looks at them");
    }

    /**
     * Of a flow's effect.
     *
     * @param key the effect's idempotency key
     * @param values what the model gets to know, as JSON: leave out what it must not
     * @throws InterruptedException when nobody waits for the answer any more
     */
    public GateDecision look(String key, Map<String, ?> values) throws InterruptedException {
        return look(key, JSON.valueToTree(values), AtWork.session());
    }

    private GateDecision look(String key, ObjectNode values, Optional<SessionId> session) throws InterruptedException {
        Decision decision = decide(key, values, session);
        if (!decision.allowed()) {
            LOG.warn("'{}' {} was refused: {}", what, key, decision.cause().orElse("the model said no"));
        }
        observer.accept(decision);
        return decision.allowed() ? GateDecision.allow() : GateDecision.refuse(refusal);
    }

    private Decision decide(String key, ObjectNode values, Optional<SessionId> session) throws InterruptedException {
        try {
            Answer answer = question.read(model.ask(question, data(values, session)));
            return new Decision(key, what, answer.allow(), Optional.of(answer.reason()), Optional.empty());
        } catch (ToolFailure e) {
            return new Decision(key, what, false, Optional.empty(), Optional.ofNullable(e.getMessage()));
        }
    }

    private ObjectNode data(ObjectNode values, Optional<SessionId> session) {
        ObjectNode data = JsonNodeFactory.instance.objectNode().put("about_to_do", what);
        data.set("values", values);
        turns.ifPresent(known -> {
            ArrayNode said = data.putArray("last_turns");
            session.map(known::of).orElse(List.of()).forEach(turn -> put(said.addObject(), turn));
        });
        return data;
    }

    private static void put(ObjectNode node, Said turn) {
        node.put("by", turn.byCaller() ? "caller" : "agent").put("words", turn.words());
    }
}
