package dev.antiphon.tool;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where tools come from that are not written in Java: operations of an HTTP API, an MCP server. It is started before the pool
 * and closed after it, see {@link ToolSources}. Thread-safe.
 */
public interface ToolSource extends AutoCloseable {

    /** The tools that it has at this moment, within its allow list. */
    List<Tool<?, ?>> tools();

    /** Tells when {@link #tools()} has changed; on any thread. A source whose tools stay the same never calls it. */
    default void onChange(Runnable listener) {}

    /**
     * One of its tools, for code instead of a model: the work of an effect, a search or a check.
     *
     * <pre>{@code .effect("book", keyed(bookings.work("bookVisit", (Visit visit) -> Map.of("day", visit.day()), Receipt.class)::run))}</pre>
     *
     * @param tool its name
     * @param arguments the tool's arguments for the values, as anything that Jackson writes as an object: a record, a map, a tree
     * @param result what its result is read as, see {@link ToolWork#of}
     * @throws UnusableToolSource when it has no tool of this name
     */
    default <R, X> ToolWork<R, X> work(String tool, Function<? super R, ?> arguments, Class<X> result) {
        ToolWork<R, X> work = new ToolWork<>(tool, () -> named(tool), arguments, result);
        if (named(tool).isEmpty()) {
            throw new UnusableToolSource("the source has no tool '" + tool + "'; it has "
                    + tools().stream().map(Tool::name).sorted().toList() + "; correct the name or the allow list");
        }
        return work;
    }

    private Optional<Tool<?, ?>> named(String tool) {
        return tools().stream().filter(each -> each.name().equals(tool)).findFirst();
    }

    /** Frees what it holds: connections, processes. Calls still under way fail. Does nothing the second time. */
    @Override
    void close();
}
