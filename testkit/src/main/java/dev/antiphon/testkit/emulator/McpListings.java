package dev.antiphon.testkit.emulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tools of remote servers as one session has listed them: {@code mcp_list_tools} items and their events (protocol section 13).
 * Not thread-safe.
 */
final class McpListings {
    private final SessionContext context;
    private final ItemFactory factory;
    private final Map<String, Listing> byLabel = new HashMap<>();
    private final List<Timeline.Scheduled> underWay = new ArrayList<>();

    /** What is known of a server: the tools that its declaration allows; none while they are listed, or when that failed. */
    private record Listing(McpDeclaration declaration, List<McpServer.Tool> tools) {}

    McpListings(SessionContext context) {
        this.context = context;
        this.factory = new ItemFactory(context);
    }

    /** The tools of a declared server that are known by now. */
    List<McpServer.Tool> tools(McpDeclaration declaration) {
        Listing listing = byLabel.get(declaration.label());
        return listing == null ? List.of() : listing.tools();
    }

    /** Lists the servers that the session declares and that were not listed yet. */
    void ofSession() {
        for (McpDeclaration declaration : McpDeclaration.of(context.session().tools())) {
            if (isNew(declaration)) {
                StoredItem item = begin(declaration);
                Optional<McpServer> server = context.settings().mcp().labelled(declaration.label());
                Duration takes = server.map(McpServer::listingTakes).orElse(Duration.ZERO);
                later(takes, () -> end(declaration, item, server));
            }
        }
    }

    /** Lists the servers that one response declares and that were not listed yet; it waits for them, so they take no time. */
    void ofResponse(ResponseOptions options) {
        for (McpDeclaration declaration : McpDeclaration.of(options.tools())) {
            if (isNew(declaration)) {
                end(declaration, begin(declaration), context.settings().mcp().labelled(declaration.label()));
            }
        }
    }

    private boolean isNew(McpDeclaration declaration) {
        Listing known = byLabel.get(declaration.label());
        return known == null || !known.declaration().listsLike(declaration);
    }

    private StoredItem begin(McpDeclaration declaration) {
        byLabel.put(declaration.label(), new Listing(declaration, List.of()));
        StoredItem item = factory.mcpListTools(declaration.label());
        context.conversation().append(item);
        context.sendItemEvent("conversation.item.added", item);
        send("in_progress", item);
        return item;
    }

    /** A session without delays stays in one step, as all else does. */
    private void later(Duration delay, Runnable task) {
        if (delay.isPositive()) {
            underWay.add(context.timeline().schedule(delay, task));
        } else {
            task.run();
        }
    }

    private void end(McpDeclaration declaration, StoredItem item, Optional<McpServer> server) {
        List<McpServer.Tool> tools = server.map(McpServer::tools).orElse(List.of()).stream()
                .filter(declaration::allows)
                .toList();
        byLabel.computeIfPresent(
                declaration.label(),
                (label, listing) ->
                        listing.declaration().equals(declaration) ? new Listing(declaration, tools) : listing);
        item.listed(tools);
        send(server.isPresent() ? "completed" : "failed", item);
        if (context.conversation().contains(item)) {
            context.sendItemEvent("conversation.item.done", item);
        }
    }

    private void send(String state, StoredItem item) {
        context.out().send(context.out().event("mcp_list_tools." + state).put("item_id", item.id()));
    }

    /** The session is over. */
    void abandon() {
        underWay.forEach(Timeline.Scheduled::cancel);
        underWay.clear();
    }
}
