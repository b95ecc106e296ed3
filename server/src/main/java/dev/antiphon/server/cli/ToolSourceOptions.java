package dev.antiphon.server.cli;

import dev.antiphon.tool.AllowedTools;
import dev.antiphon.tool.Secret;
import dev.antiphon.tool.SourceCredential;
import dev.antiphon.tool.ToolSource;
import dev.antiphon.tool.ToolSourceOpener;
import dev.antiphon.tool.ToolSourceRequest;
import dev.antiphon.tool.ToolSourceRequest.Place;
import dev.antiphon.tool.UnusableToolSource;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Which tools a command works on: those of the bot, unless options name a source. */
final class ToolSourceOptions {
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    @Option(names = "--openapi", paramLabel = "FILE", description = "The operations of this OpenAPI document.")
    private Optional<Path> openApi = Optional.empty();

    @Option(names = "--base-url", paramLabel = "URL", description = "Where the service of --openapi is.")
    private Optional<URI> baseUrl = Optional.empty();

    @Option(
            names = "--mcp",
            paramLabel = "COMMAND",
            description = "The tools of an MCP server that this command starts, for example 'node desk-server.js'.")
    private Optional<String> mcp = Optional.empty();

    @Option(names = "--mcp-url", paramLabel = "URL", description = "The tools of an MCP server at this address.")
    private Optional<URI> mcpUrl = Optional.empty();

    @Option(
            names = "--allow",
            paramLabel = "NAME",
            split = ",",
            description = "A tool of the source, or a pattern like 'get_*'; may be repeated. Without it, 'list' shows"
                    + " all, and the others take the one that they name.")
    private List<String> allowed = new ArrayList<>();

    @Option(names = "--bearer-env", paramLabel = "VARIABLE", description = "The environment variable with a token.")
    private Optional<String> bearer = Optional.empty();

    @Option(
            names = "--basic-env",
            paramLabel = "USER=VARIABLE",
            description = "A user, and the environment variable with the password.")
    private Optional<String> basic = Optional.empty();

    @Option(
            names = "--header-env",
            paramLabel = "NAME=VARIABLE",
            description = "A header, and the environment variable with its value; may be repeated.")
    private List<String> headers = new ArrayList<>();

    @Option(
            names = "--query-env",
            paramLabel = "NAME=VARIABLE",
            description = "A query parameter, and the environment variable with its value.")
    private Optional<String> query = Optional.empty();

    @Option(
            names = "--env",
            paramLabel = "VARIABLE",
            description = "An environment variable that the process of --mcp gets, too; may be repeated.")
    private List<String> variables = new ArrayList<>();

    /** Takes them on. {@code usual}: what is allowed without {@code --allow}. */
    ToolBench open(AntiphonCommand.Application application, String usual) {
        return open(application, usual, Optional.empty());
    }

    /** As {@link #open(AntiphonCommand.Application, String)}; {@code leftOut} gets tools of a source that cannot be used, with the reason. */
    ToolBench open(
            AntiphonCommand.Application application, String usual, Optional<BiConsumer<String, String>> leftOut) {
        Optional<Place> place = place();
        if (place.isPresent()) {
            return ToolBench.of(open(place.get(), usual, leftOut));
        }
        requireNothingOfASource();
        return ToolBench.of(application.bot(new Storage.PerCall()));
    }

    private ToolSource open(Place place, String usual, Optional<BiConsumer<String, String>> leftOut) {
        try {
            List<String> patterns = allowed.isEmpty() ? List.of(usual) : allowed;
            return ToolSourceOpener.opened(
                    new ToolSourceRequest(place, new AllowedTools(patterns), credentials(), leftOut));
        } catch (UnusableToolSource e) {
            throw CliFailure.ofTrustStore(e).orElseGet(() -> CliFailure.usage(e.problem() + hint(e, place), e));
        } catch (IllegalArgumentException e) {
            throw CliFailure.usage("--allow: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            throw CliFailure.ofTrustStore(e).<RuntimeException>map(told -> told).orElse(e);
        }
    }

    /** The libraries speak of Java; here there are options. */
    private static String hint(UnusableToolSource problem, Place place) {
        if (problem.setting().isEmpty()) {
            return problem.problem().contains("allow list") ? " (--allow)" : "";
        }
        return switch (problem.setting().get()) {
            case CREDENTIALS ->
                "; name the environment variable with --bearer-env, --basic-env, --header-env or" + " --query-env";
            case ADDRESS -> "; correct " + (place instanceof Place.OpenApi ? "--base-url" : "--mcp-url");
        };
    }

    private Optional<Place> place() {
        long named = Stream.of(openApi, mcp, mcpUrl).filter(Optional::isPresent).count();
        if (named > 1) {
            throw CliFailure.usage("--openapi, --mcp and --mcp-url are sources of tools; name one of them");
        }
        if (baseUrl.isPresent() && openApi.isEmpty()) {
            throw CliFailure.usage("--base-url is the address of --openapi FILE; name that too");
        }
        if (!variables.isEmpty() && mcp.isEmpty()) {
            throw CliFailure.usage("--env is for the process of --mcp COMMAND; name that too");
        }
        return openApi.map(this::ofDocument)
                .or(() -> mcp.map(ToolSourceOptions::ofCommand))
                .or(() -> mcpUrl.map(Place.McpServer::new));
    }

    private Place ofDocument(Path document) {
        return new Place.OpenApi(
                document,
                baseUrl.orElseThrow(() -> CliFailure.usage("--openapi needs --base-url URL: where the service is;"
                        + " the addresses in the document are not used")));
    }

    private static Place ofCommand(String command) {
        List<String> words = CommandWords.of(command);
        if (words.isEmpty()) {
            throw CliFailure.usage("--mcp must be a command, but was blank");
        }
        return new Place.McpProcess(words);
    }

    private List<SourceCredential> credentials() {
        List<SourceCredential> all = new ArrayList<>();
        bearer.ifPresent(variable -> all.add(new SourceCredential.Bearer(secret("--bearer-env", variable))));
        basic.map(given -> Named.of("--basic-env", "USER", given))
                .ifPresent(named -> all.add(new SourceCredential.Basic(named.name(), named.secret())));
        headers.stream()
                .map(given -> Named.of("--header-env", "NAME", given))
                .forEach(named -> all.add(new SourceCredential.Header(named.name(), named.secret())));
        query.map(given -> Named.of("--query-env", "NAME", given))
                .ifPresent(named -> all.add(new SourceCredential.Query(named.name(), named.secret())));
        variables.forEach(variable -> all.add(new SourceCredential.Variable(variable, secret("--env", variable))));
        return all;
    }

    /** What is no name of a variable may be the credential itself, so it is not repeated. */
    private static Secret secret(String option, String variable) {
        if (!VARIABLE.matcher(variable).matches()) {
            throw CliFailure.usage(
                    option + " must name an environment variable: credentials are taken from there alone");
        }
        return Secret.ofEnvironment(variable);
    }

    private void requireNothingOfASource() {
        boolean credential = bearer.isPresent() || basic.isPresent() || query.isPresent() || !headers.isEmpty();
        if (credential || !allowed.isEmpty()) {
            throw CliFailure.usage("--allow and credentials are for a source of tools; name it with --openapi FILE,"
                    + " --mcp COMMAND or --mcp-url URL");
        }
    }

    /** A name, and the credential that belongs to it. */
    private record Named(String name, Secret secret) {
        static Named of(String option, String name, String given) {
            int at = given.indexOf('=');
            if (at < 1) {
                throw CliFailure.usage(option + " must be " + name + "=VARIABLE: credentials are taken from environment"
                        + " variables alone");
            }
            return new Named(given.substring(0, at), ToolSourceOptions.secret(option, given.substring(at + 1)));
        }
    }
}
