package dev.antiphon.flow;

import dev.antiphon.session.Conversation.EffectPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One side effect of a flow.
 *
 * @param name its step's name, unique in the flow
 * @param work what is done with the flow's result record
 * @param policy timeout, retries, when filler speech is due
 * @param filler what is said then; empty: the language's words for it
 * @param handlers where expected failures lead, the first that fits
 */
public record EffectPlan<R>(
        String name,
        EffectWork<? super R, ?> work,
        EffectPolicy policy,
        Optional<String> filler,
        List<Handler<?>> handlers) {
    public EffectPlan {
        handlers = List.copyOf(handlers);
    }

    /** Where failures of one type lead. */
    public record Handler<E extends Throwable>(Class<E> type, Function<? super E, Rejection<?>> response) {
        Optional<Rejection<?>> respond(Throwable failure) {
            return type.isInstance(failure) ? Optional.of(response.apply(type.cast(failure))) : Optional.empty();
        }
    }

    /** Where this failure or one of its causes leads, if the author said so. */
    Optional<Rejection<?>> respond(Throwable failure) {
        Optional<Throwable> cause = Optional.of(failure);
        for (int depth = 0; depth < 10 && cause.isPresent(); depth++) {
            Throwable current = cause.get();
            for (Handler<?> handler : handlers) {
                Optional<Rejection<?>> response = handler.respond(current);
                if (response.isPresent()) {
                    return response;
                }
            }
            cause = Optional.ofNullable(current.getCause());
        }
        return Optional.empty();
    }

    /** Shapes an effect inside {@link FlowBuilder#effect}. Not thread-safe. */
    public static final class Builder {
        private Duration timeout = EffectPolicy.DEFAULT.timeout();
        private int retries = EffectPolicy.DEFAULT.retries();
        private Optional<Duration> slowAfter = EffectPolicy.DEFAULT.slowAfter();
        private Optional<String> filler = Optional.empty();
        private final ArrayList<Handler<?>> handlers = new ArrayList<>();

        Builder() {}

        /** For one attempt; default 8 s. */
        public Builder timeout(Duration limit) {
            timeout = limit;
            return this;
        }

        /** Further attempts after a transient failure; default 0. */
        public Builder retries(int count) {
            retries = count;
            return this;
        }

        /** What is said once when the effect takes longer than this; default: the language's words, in English "One moment, please.", after 900 ms. */
        public Builder filler(Duration afterThis, String words) {
            slowAfter = Optional.of(afterThis);
            filler = Optional.of(words);
            return this;
        }

        /** Where failures of this type lead. */
        public <E extends Throwable> Builder on(Class<E> type, Function<? super E, Rejection<?>> response) {
            handlers.add(new Handler<>(type, response));
            return this;
        }

        <R> EffectPlan<R> build(String name, EffectWork<? super R, ?> work) {
            EffectPolicy.Again again = work.handsItsKeyOn() ? EffectPolicy.Again.BY_KEY : EffectPolicy.Again.ONCE;
            return new EffectPlan<>(name, work, new EffectPolicy(timeout, retries, slowAfter, again), filler, handlers);
        }
    }
}
