package dev.antiphon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.antiphon.server.Bot;
import dev.antiphon.server.EverythingServer;
import dev.antiphon.session.PromptConversation;
import dev.antiphon.testkit.junit.NodeServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ToolSourcesCommandTest {
    private static final String DOCUMENT = """
            openapi: 3.1.0
            info: {title: Bookings, version: "1"}
            security: [{token: []}]
            paths:
              /tables:
                get:
                  operationId: listTables
                  summary: Lists free tables.
                  parameters: [{name: people, in: query, schema: {type: integer, maximum: 10}}]
                  responses: {"200": {description: free tables}}
                post:
                  operationId: bookTable
                  summary: Books a table.
                  responses: {"200": {description: booked}}
            components: {securitySchemes: {token: {type: http, scheme: bearer}}}
            """;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private HttpServer service = noService();

    private static HttpServer noService() {
        try {
            return HttpServer.create();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void aServiceWithADocument() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] body = (status == 200 ? "{\"free\":[1]}" : "{}").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        service.start();
        Files.writeString(folder.resolve("bookings.yaml"), DOCUMENT);
    }

    @AfterEach
    void closeTheService() {
        service.stop(0);
    }

    @Test
    void operationsOfADocumentAreListedAndCalledWithTheCredentialOfTheEnvironment() {
        String path = System.getenv("PATH");

        assertThat(run(openApi("tools", "list", "--bearer-env", "PATH")))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .contains("listTables  read-only  8 s      Lists free tables.")
                .contains("bookTable   changing   8 s      Books a table.");
        assertThat(run(openApi("tools", "call", "listTables", "--arg", "people=2", "--bearer-env", "PATH")))
                .isZero();
        assertThat(out.toString()).isEqualToIgnoringNewLines("{\"free\":[1]}");
        assertThat(requests).containsExactly("GET /tables?people=2 Bearer " + path);
        assertThat(out.toString() + err).doesNotContain(path);
    }

    @Test
    void theStatusOfAServiceIsToldToPeopleAndWhatIsNotKnownToTheModel() {
        status = 500;
        assertThat(run(openApi("tools", "call", "bookTable", "--yes", "--bearer-env", "PATH")))
                .isEqualTo(1);
        assertThat(out.toString())
                .contains("it is not known whether it was done")
                .doesNotContain("500");
        assertThat(err.toString()).contains("failed after").contains("not told to the model: POST /tables: status 500");
        assertThat(run(openApi("tools", "call", "listTables", "--json", "--bearer-env", "PATH")))
                .isEqualTo(1);
        assertThat(out.toString()).contains("\"cause\":\"GET /tables: status 500\"");
    }

    @Test
    void whatADocumentForbidsIsNotSent() {
        assertThat(run(openApi("tools", "call", "listTables", "--arg", "people=11", "--bearer-env", "PATH")))
                .isEqualTo(2);
        assertThat(out.toString()).contains("'people' must be 10 or less, but was '11'");
        assertThat(run(openApi("tools", "call", "bookTable", "--bearer-env", "PATH")))
                .isEqualTo(2);
        assertThat(err.toString()).contains("add --yes");
        assertThat(requests).isEmpty();
    }

    @Test
    void aSourceThatCannotStartSaysWhichOptionHelps() {
        assertThat(run(openApi("tools", "list"))).isEqualTo(2);
        assertThat(err.toString())
                .contains("needs credentials (token); name the environment variable with --bearer-env")
                .doesNotContain("auth(", "HttpAuth");
        String document = folder.resolve("bookings.yaml").toString();
        assertThat(run(
                        "tools",
                        "list",
                        "--openapi",
                        document,
                        "--base-url",
                        "http://desk.example",
                        "--bearer-env",
                        "PATH"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("address must be https (or http of this machine) without user info; correct --base-url")
                .doesNotContain("baseUrl");
        assertThat(run("tools", "list", "--mcp-url", "http://desk.example/mcp", "--bearer-env", "PATH"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("without user info; correct --mcp-url");
        assertThat(run(openApi("tools", "schema", "lisTables", "--bearer-env", "PATH")))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("has no tool named 'lisTables'; did you mean 'listTables'? It has 'bookTable', 'listTables';"
                        + " correct the allow list");
        assertThat(run("tools", "list", "--mcp", folder.resolve("nothing").toString()))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("the MCP server 'nothing' did not start", "check its command")
                .doesNotContain("\tat ");
    }

    @Test
    void theUsableToolsOfASourceAreListedAndTheOthersNamedWithTheReason() throws IOException {
        Files.writeString(
                folder.resolve("bookings.yaml"),
                DOCUMENT.replace(
                        "    post:",
                        "    delete: {operationId: drop, parameters: [{name: n, in: query, schema:"
                                + " {type: integer, minimum: 3, maximum: 1}}], responses: {\"200\": {description: gone}}}\n    post:"));

        assertThat(run(openApi("tools", "list", "--bearer-env", "PATH"))).isEqualTo(1);
        assertThat(out.toString()).contains("listTables", "bookTable").doesNotContain("drop");
        assertThat(err.toString())
                .contains("drop cannot be used: tool 'drop': its JSON Schema cannot be used: 'n' can have no value");
        assertThat(run(openApi("tools", "list", "--json", "--bearer-env", "PATH")))
                .isEqualTo(1);
        assertThat(out.toString()).contains("\"unusable\":[{\"name\":\"drop\",\"reason\":\"tool 'drop'");
        assertThat(run(openApi("tools", "list", "--allow", "listTables", "--bearer-env", "PATH")))
                .isZero();
    }

    @Test
    void toolsOfAProcessAreListedAndCalled() {
        String command = OneToolServer.command();

        assertThat(run("tools", "list", "--mcp", command)).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("greet   read-only  8 s      Greets.")
                .contains("forget  changing   8 s      Forgets.");
        assertThat(run("tools", "call", "greet", "--arg", "name=Ada", "--mcp", command))
                .isZero();
        assertThat(out.toString()).contains("Hello Ada.");
        assertThat(run("tools", "call", "forget", "--mcp", command)).isEqualTo(2);
        assertThat(run("tools", "schema", "forget", "--allow", "greet", "--mcp", command))
                .isEqualTo(2);
        assertThat(err.toString()).contains("the source has no tool 'forget'; it has greet");
    }

    @Test
    void toolsOfAServerAtAnAddressAreListedAndCalled() throws IOException {
        try (NodeServer server = EverythingServer.overHttp()) {
            String address = EverythingServer.addressOf(server).toString();

            assertThat(run("tools", "list", "--allow", "get-sum", "--mcp-url", address))
                    .as(err.toString())
                    .isZero();
            assertThat(out.toString()).contains("get-sum").doesNotContain("echo");
            assertThat(run("tools", "schema", "get-sum", "--mcp-url", address)).isZero();
            assertThat(out.toString()).contains("\"a\"", "\"b\"", "\"required\"");
            assertThat(run("tools", "call", "get-sum", "{\"a\": 12, \"b\": 30}", "--yes", "--mcp-url", address))
                    .as(err.toString())
                    .isZero();
            assertThat(out.toString()).contains("The sum of 12 and 30 is 42.");
        }
    }

    @Test
    void credentialsThatASourceCannotTakeAreRefused() {
        assertThat(run("tools", "list", "--mcp-url", address().toString(), "--query-env", "key=PATH"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("as a bearer token or as headers only");
        assertThat(run("tools", "list", "--mcp", "nothing", "--bearer-env", "PATH"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("as environment variables only");
        assertThat(run(openApi("tools", "list", "--bearer-env", "PATH", "--header-env", "key=PATH")))
                .isEqualTo(2);
        assertThat(err.toString()).contains("take one credential, but were given 2");
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + service.getAddress().getPort());
    }

    private String[] openApi(String... command) {
        Stream<String> source = Stream.of(
                "--openapi",
                folder.resolve("bookings.yaml").toString(),
                "--base-url",
                address().toString());
        return Stream.concat(Stream.of(command), source).toArray(String[]::new);
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        Bot none = Bot.of("none", "Has no tools.", () -> new PromptConversation("none", "Hello.", Optional.empty()));
        return new AntiphonCommand(none)
                .writingTo(new PrintWriter(out), new PrintWriter(err))
                .run(arguments);
    }
}
