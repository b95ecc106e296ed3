package dev.antiphon.tool;

import dev.antiphon.session.ToolOutcome;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answers that the pool still owes. Each is given exactly once: the first outcome is told, later ones are ignored, and
 * when the pool stops for good the rest are told so. Thread-safe.
 */
final class Settlements {
    private static final Logger LOG = LoggerFactory.getLogger(Settlements.class);

    private final Set<Settlement> owed = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Owes one more answer; given at once when the pool has stopped. */
    Settlement owe(Consumer<ToolOutcome> receiver) {
        return owe(receiver, ignored -> {});
    }

    /** Owes one more answer, and after a timeout another one, see {@link Settlement#settleLate}. */
    Settlement owe(Consumer<ToolOutcome> receiver, Consumer<ToolOutcome> late) {
        Settlement settlement = new Settlement(receiver, late);
        owed.add(settlement);
        if (closed) {
            settlement.settle(stopped());
        }
        return settlement;
    }

    /** The pool has stopped: gives every answer still owed, now and from now on. */
    void close() {
        closed = true;
        owed.forEach(settlement -> settlement.settle(stopped()));
    }

    private static ToolOutcome stopped() {
        return new ToolOutcome.Rejected("the tool pool has stopped");
    }

    /** The one answer of one invocation. */
    final class Settlement {
        private final Consumer<ToolOutcome> receiver;
        private final Consumer<ToolOutcome> late;
        private final CompletableFuture<ToolOutcome> told = new CompletableFuture<>();

        private Settlement(Consumer<ToolOutcome> receiver, Consumer<ToolOutcome> late) {
            this.receiver = receiver;
            this.late = late;
        }

        /**
         * Tells the outcome if none was told before; a receiver that throws harms nobody else.
         *
         * @return the outcome that was told, now or before
         */
        ToolOutcome settle(ToolOutcome outcome) {
            if (told.complete(outcome)) {
                owed.remove(this);
                tell(receiver, outcome);
            }
            return told.getNow(outcome);
        }

        /** Tells what became of the work whose timeout was told before. */
        void settleLate(ToolOutcome outcome) {
            tell(late, outcome);
        }

        private void tell(Consumer<ToolOutcome> receiver, ToolOutcome outcome) {
            try {
                receiver.accept(outcome);
            } catch (RuntimeException e) {
                LOG.error("the receiver of a tool outcome threw; the outcome '{}' is lost", outcome.name(), e);
            }
        }
    }
}
