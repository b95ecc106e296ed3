package dev.antiphon.tool;

import dev.antiphon.session.Conversation.EffectPolicy.Again;
import dev.antiphon.session.ToolInvoker.Invocation;
import dev.antiphon.session.ToolOutcome;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The work of an effect between two notes in the store of results. */
final class StoredWork {
    private static final Logger LOG = LoggerFactory.getLogger(StoredWork.class);
    /** Nobody knows whether it was done. */
    private static final Attempt UNKNOWN = new Attempt(new ToolOutcome.TimedOut(Duration.ZERO), false);

    private StoredWork() {}

    /** Does it, unless it was done. */
    static Attempt at(Invocation.Effect effect, ResultStore store) {
        Again again = effect.policy().again();
        if (again == Again.LOOKS) {
            return Attempt.at(effect.name(), effect.work());
        }
        ResultStore.Known known;
        try {
            known = store.begin(effect.idempotencyKey());
        } catch (RuntimeException e) {
            LOG.error("effect '{}' was not begun: the store of results does not work", effect.name(), e);
            return Attempt.failed(effect.name(), e);
        }
        return switch (known) {
            case ResultStore.Known.Done done ->
                new Attempt(new ToolOutcome.Ok(done.result().orElse(Optional.empty())), false);
            case ResultStore.Known.Begun ignored -> again == Again.BY_KEY ? noted(effect, store) : unknown(effect);
            case ResultStore.Known.Nothing ignored -> noted(effect, store);
        };
    }

    private static Attempt unknown(Invocation.Effect effect) {
        LOG.warn(
                "effect '{}' was begun before and nobody knows whether it was done; it is not done again",
                effect.name());
        return UNKNOWN;
    }

    private static Attempt noted(Invocation.Effect effect, ResultStore store) {
        Attempt attempt = Attempt.at(effect.name(), effect.work());
        if (attempt.outcome() instanceof ToolOutcome.Failed failed && failed.cause() instanceof UnknownOutcome open) {
            LOG.warn("effect '{}': {}", effect.name(), open.getMessage());
            return UNKNOWN; // and noted as begun, so that only a key that goes along lets it be done again
        }
        try {
            if (attempt.outcome() instanceof ToolOutcome.Ok ok) {
                store.done(effect.idempotencyKey(), Optional.of(ok.value()).filter(value -> value != Optional.empty()));
            } else {
                store.failed(effect.idempotencyKey());
            }
        } catch (RuntimeException e) {
            LOG.error("effect '{}' ended, but the store of results could not note how", effect.name(), e);
        }
        return attempt;
    }
}
