package dev.antiphon.testkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.JsonNode;

/** What holds for any sequence of client frames. Every frame passes the contract as well: see {@link VirtualCall}. */
class SessionPropertiesTest {
    private static final List<String> MOVES = List.of(
            "say",
            "root",
            "respond",
            "beside",
            "cancel",
            "speech",
            "silence",
            "wait",
            "delete",
            "truncate",
            "server",
            "approve",
            "bad");

    @Property(tries = 60)
    void responsesAreBalancedAndItemsChained(@ForAll("moves") List<String> moves) {
        VirtualCall call = play(moves);
        call.timeline.advance(Duration.ofMinutes(2));
        assertBalanced(call);
        assertChained(call);
    }

    @Property(tries = 15)
    void theSameScenarioGivesTheSameBytes(@ForAll("moves") List<String> moves) {
        assertThat(play(moves).frames).isEqualTo(play(moves).frames);
    }

    @Provide
    Arbitrary<List<String>> moves() {
        return Arbitraries.of(MOVES).list().ofMinSize(1).ofMaxSize(25);
    }

    private static VirtualCall play(List<String> moves) {
        Doubles.ScriptedBrain brain = new Doubles.ScriptedBrain();
        for (int i = 0; i < moves.size(); i++) {
            brain.then(
                    new Brain.Output.Speak("Answer number " + i + " to you."),
                    new Brain.Output.CallTool("tool_" + i, SharedProtocol.MAPPER.createObjectNode()),
                    new Brain.Output.CallTool("remote", SharedProtocol.MAPPER.createObjectNode()));
        }
        VirtualCall call = VirtualCall.open(
                brain, settings -> settings.withMcp(SessionPropertiesTest::server), FaultScript.none());
        for (int i = 0; i < moves.size(); i++) {
            move(call, moves.get(i), i);
        }
        return call;
    }

    /** Each label that ends with 0 is of nobody; the tool takes longer than some moves. */
    private static Optional<McpServer> server(String label) {
        McpServer.Tool tool = McpServer.Tool.of(
                        "remote",
                        "",
                        SharedProtocol.MAPPER.createObjectNode(),
                        arguments -> new McpServer.Result.Answered("done"))
                .taking(Duration.ofMillis(300));
        return label.endsWith("0")
                ? Optional.empty()
                : Optional.of(McpServer.of(tool).withListingTaking(Duration.ofMillis(200)));
    }

    private static void move(VirtualCall call, String move, int number) {
        switch (move) {
            case "say" -> call.userSays("words " + number);
            case "root" ->
                call.send("{'type':'conversation.item.create','previous_item_id':'root','item':{'type':'message',"
                        + "'role':'system','content':[{'type':'input_text','text':'x'}]}}");
            case "respond" -> call.respond();
            case "beside" -> call.send("{'type':'response.create','response':{'conversation':'none'}}");
            case "cancel" -> call.send("{'type':'response.cancel'}");
            case "speech" -> call.hear(Doubles.tone(200, 8_000));
            case "silence" -> call.hear(Doubles.silence(250));
            case "wait" -> call.timeline.advance(Duration.ofMillis(450));
            case "delete" -> call.send("{'type':'conversation.item.delete','item_id':'" + anItem(call) + "'}");
            case "truncate" ->
                call.send("{'type':'conversation.item.truncate','content_index':0,'audio_end_ms':100,'item_id':'"
                        + anItem(call) + "'}");
            case "server" ->
                call.send(
                        "{'type':'session.update','session':{'type':'realtime','tools':[{'type':'mcp','server_url':'u',"
                                + "'server_label':'s" + number + "','require_approval':'"
                                + (number % 3 == 0 ? "always" : "never") + "'}]}}");
            case "approve" ->
                call.send("{'type':'conversation.item.create','item':{'type':'mcp_approval_response','approve':"
                        + (number % 4 != 0) + ",'approval_request_id':'" + aRequest(call) + "'}}");
            default -> call.send("{'type':'session.update','session':{'type':'realtime','voice':'x'}}");
        }
    }

    private static String aRequest(VirtualCall call) {
        return call.all("conversation.item.done").stream()
                .map(event -> event.path("item"))
                .filter(item -> item.path("type").asString("").equals("mcp_approval_request"))
                .reduce((first, last) -> last)
                .map(item -> item.path("id").asString(""))
                .orElse("none");
    }

    private static String anItem(VirtualCall call) {
        List<JsonNode> added = call.all("conversation.item.added");
        return added.isEmpty()
                ? "none"
                : added.get(added.size() / 2).at("/item/id").asString("");
    }

    private static void assertBalanced(VirtualCall call) {
        List<String> created = ids(call.all("response.created"), "/response/id");
        List<String> done = ids(call.all("response.done"), "/response/id");
        assertThat(done).containsExactlyInAnyOrderElementsOf(created).doesNotHaveDuplicates();
        assertThat(ids(call.all("response.output_item.done"), "/item/id"))
                .containsExactlyInAnyOrderElementsOf(ids(call.all("response.output_item.added"), "/item/id"));
        assertThat(call.all("response.content_part.done")).hasSameSizeAs(call.all("response.content_part.added"));
        Set<String> active = new HashSet<>();
        for (JsonNode event : call.events) {
            String type = event.path("type").asString("");
            boolean inConversation = event.at("/response/conversation_id").isString();
            if (inConversation && type.equals("response.created")) {
                active.add(event.at("/response/id").asString(""));
            } else if (inConversation) {
                active.remove(event.at("/response/id").asString(""));
            }
            assertThat(active).hasSizeLessThan(2);
        }
    }

    /** Rebuilds the conversation from the events alone: each item names the one that stands before it. */
    private static void assertChained(VirtualCall call) {
        List<String> chain = new ArrayList<>();
        for (JsonNode event : call.events) {
            String type = event.path("type").asString("");
            if (type.equals("conversation.item.added")) {
                String previous = event.path("previous_item_id").asString("");
                int at = previous.isEmpty() ? 0 : chain.indexOf(previous) + 1;
                assertThat(previous.isEmpty() || at > 0)
                        .as("known predecessor in " + event)
                        .isTrue();
                chain.add(at, event.at("/item/id").asString(""));
            } else if (type.equals("conversation.item.deleted")) {
                chain.remove(event.path("item_id").asString(""));
            } else if (type.equals("conversation.item.done")) {
                int at = chain.indexOf(event.at("/item/id").asString(""));
                assertThat(event.path("previous_item_id").asString("")).isEqualTo(at == 0 ? "" : chain.get(at - 1));
            }
        }
        assertThat(chain).doesNotHaveDuplicates();
    }

    private static List<String> ids(List<JsonNode> events, String pointer) {
        return events.stream().map(event -> event.at(pointer).asString("")).toList();
    }
}
