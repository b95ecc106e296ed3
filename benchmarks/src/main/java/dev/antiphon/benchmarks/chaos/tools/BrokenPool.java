package dev.antiphon.benchmarks.chaos.tools;

import dev.antiphon.tool.ToolDispatcher;
import dev.antiphon.tool.ToolPool;
import org.apache.pekko.actor.ActorPath;
import org.apache.pekko.actor.typed.ActorRef;

/** What the actor of a pool throws when the storm breaks it. */
final class BrokenPool extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private BrokenPool() {
        super("the storm broke the tool pool");
    }

    /** Breaks it: it is asked what it does by one whom nothing can be told. */
    static void breaks(ToolPool pool) {
        pool.dispatcher()
                .tell(new ToolDispatcher.Inspect(
                        new Untellable<>(pool.dispatcher().path())));
    }

    private record Untellable<T>(ActorPath path) implements ActorRef<T> {
        @Override
        public void tell(T message) {
            throw new BrokenPool();
        }

        @Override
        public <U extends T> ActorRef<U> narrow() {
            return new Untellable<>(path);
        }

        @Override
        public <U> ActorRef<U> unsafeUpcast() {
            return new Untellable<>(path);
        }

        @Override
        public int compareTo(ActorRef<?> other) {
            return path.compareTo(other.path());
        }
    }
}
