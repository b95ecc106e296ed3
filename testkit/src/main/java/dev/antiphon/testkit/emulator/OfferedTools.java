package dev.antiphon.testkit.emulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The tools that one response may call. To the brain they are all alike, as to a model; the emulator knows who runs them.
 *
 * @param offers with names of their own
 * @param choice as in {@link Brain.Turn#toolChoice}
 */
record OfferedTools(List<Offer> offers, String choice) {
    OfferedTools {
        offers = List.copyOf(offers);
    }

    /** A tool under the name by which the brain calls it. */
    sealed interface Offer {
        Brain.ToolSpec spec();

        /** The client runs it. */
        record Function(Brain.ToolSpec spec) implements Offer {}

        /** The service runs it. */
        record Remote(Brain.ToolSpec spec, RemoteTool tool) implements Offer {}
    }

    /** A tool of a server, and whether the client must approve its calls. */
    record RemoteTool(String serverLabel, McpServer.Tool tool, boolean needsApproval) {}

    /** Those of a {@code tools} array under a {@code tool_choice}; of remote servers, what is listed by now. */
    static OfferedTools of(JsonNode tools, JsonNode choice, McpListings listings) {
        List<Offer> offers = new ArrayList<>();
        EffectiveSession.functionTools(tools).forEach(spec -> offers.add(new Offer.Function(spec)));
        for (McpDeclaration declaration : McpDeclaration.of(tools)) {
            for (McpServer.Tool tool : listings.tools(declaration)) {
                RemoteTool remote = new RemoteTool(declaration.label(), tool, declaration.needsApproval(tool));
                offers.add(new Offer.Remote(spec(remote, offers), remote));
            }
        }
        return new OfferedTools(offers, "").chosen(choice);
    }

    /** A name that is taken already gets its server's label in front. */
    private static Brain.ToolSpec spec(RemoteTool remote, List<Offer> others) {
        McpServer.Tool tool = remote.tool();
        boolean taken = others.stream().anyMatch(other -> other.spec().name().equals(tool.name()));
        String name = taken ? remote.serverLabel() + "." + tool.name() : tool.name();
        return new Brain.ToolSpec(name, tool.description(), tool.inputSchema());
    }

    private OfferedTools chosen(JsonNode tool) {
        return switch (tool.path("type").asString("")) {
            case "mcp" -> ofServer(tool.path("server_label").asString(""), tool.path("name"));
            case "function" ->
                new OfferedTools(offers, "function:" + tool.path("name").asString(""));
            default -> new OfferedTools(offers, tool.asString("auto"));
        };
    }

    private OfferedTools ofServer(String label, JsonNode name) {
        List<Offer> left = remote().filter(offer -> offer.tool().serverLabel().equals(label))
                .filter(offer -> !name.isString() || offer.tool().tool().name().equals(name.stringValue()))
                .<Offer>map(offer -> offer)
                .toList();
        return new OfferedTools(left, "required");
    }

    private Stream<Offer.Remote> remote() {
        return offers.stream().filter(Offer.Remote.class::isInstance).map(Offer.Remote.class::cast);
    }

    List<Brain.ToolSpec> specs() {
        return offers.stream().map(Offer::spec).toList();
    }

    /** The remote tool that the brain calls by this name; empty for a function, and for what nobody offered. */
    Optional<RemoteTool> remote(String name) {
        return remote().filter(offer -> offer.spec().name().equals(name))
                .map(Offer.Remote::tool)
                .findFirst();
    }

    /** Whether nothing may be called. */
    boolean closed() {
        return choice.equals("none");
    }
}
