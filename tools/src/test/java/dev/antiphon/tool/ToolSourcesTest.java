package dev.antiphon.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.realtime.FunctionTool;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sources that start with a pool and end with its actor system. */
class ToolSourcesTest {
    private final ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "sources");
    private final List<String> closed = new CopyOnWriteArrayList<>();

    /** A source that has what it is told to have. */
    private final class Source implements ToolSource {
        private final String name;
        private final List<Runnable> listeners = new ArrayList<>();
        private List<Tool<?, ?>> tools;

        Source(String name, String... tools) {
            this.name = name;
            this.tools = named(tools);
        }

        void has(String... others) {
            tools = named(others);
            listeners.forEach(Runnable::run);
        }

        @Override
        public List<Tool<?, ?>> tools() {
            return tools;
        }

        @Override
        public void onChange(Runnable listener) {
            listeners.add(listener);
        }

        @Override
        public void close() {
            closed.add(name);
            if (name.equals("stubborn")) {
                throw new IllegalStateException("no");
            }
        }
    }

    private static List<Tool<?, ?>> named(String... names) {
        List<Tool<?, ?>> tools = new ArrayList<>();
        List.of(names)
                .forEach(name -> tools.add(Tool.ofSchema(name, "Does.", "{\"type\":\"object\"}", given -> "done")));
        return tools;
    }

    private ToolPool pool(ToolSources sources) {
        return sources.startPool(system, named("own"), ToolPoolSettings.defaults());
    }

    private static List<String> names(ToolPool pool) {
        return pool.offered().stream().map(FunctionTool::name).toList();
    }

    private void end() {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
    }

    @AfterEach
    void endTheSystem() {
        end();
    }

    @Test
    void aPoolHasTheToolsOfAllSourcesAndThoseThatComeLater() {
        Source one = new Source("one", "a");
        ToolPool pool = pool(ToolSources.of(() -> one, () -> new Source("two", "b")));

        assertThat(names(pool)).containsExactlyInAnyOrder("own", "a", "b");
        one.has("a", "c");
        assertThat(names(pool)).containsExactlyInAnyOrder("own", "a", "b", "c");
        one.has("own");
        assertThat(names(pool)).as("a doubled name changes nothing").containsExactlyInAnyOrder("own", "a", "b", "c");
        assertThat(names(pool(ToolSources.none()))).containsExactly("own");
    }

    @Test
    void theyAreClosedWhenTheSystemEndsTheLastOneFirst() {
        pool(ToolSources.of(() -> new Source("one"), () -> new Source("stubborn"), () -> new Source("three")));
        assertThat(closed).isEmpty();

        end();

        assertThat(closed).containsExactly("three", "stubborn", "one");
    }

    @Test
    void whereOneCannotStartNoneIsLeftOpen() {
        Supplier<ToolSource> broken = () -> {
            throw new UnusableToolSource("the desk is away; check its command");
        };

        assertThatThrownBy(() -> pool(ToolSources.of(() -> new Source("one"), broken)))
                .isInstanceOf(UnusableToolSource.class)
                .hasMessage("the desk is away; check its command");
        assertThat(closed).containsExactly("one");
        assertThatThrownBy(() -> pool(ToolSources.of(() -> new Source("twin", "own"))))
                .isInstanceOf(UnusableTool.class);
        assertThat(closed).containsExactly("one", "twin");
    }
}
