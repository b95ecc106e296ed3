package dev.antiphon.tool;

import java.util.List;

/**
 * Where tools come from that are not written in Java: operations of an HTTP API, an MCP server. It is started before the pool
 * and closed after it. Thread-safe.
 */
public interface ToolSource extends AutoCloseable {

    /** The tools that it has at this moment, within its allow list. */
    List<Tool<?, ?>> tools();

    /** Frees what it holds: connections, processes. Calls still under way fail. Does nothing the second time. */
    @Override
    void close();
}
