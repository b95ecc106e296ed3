package dev.antiphon.server.cli;

import dev.antiphon.aftercall.AfterCallPlan;
import dev.antiphon.aftercall.AfterCallTask;
import dev.antiphon.aftercall.CallSummary;
import dev.antiphon.tool.ModelQuestion;
import dev.antiphon.tool.Secret;
import dev.antiphon.tool.TextModel;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options that say what is done when calls are over, besides the bot's own tasks. */
final class AfterCallOptions {
    /** Where the secret of the signature comes from: never from the command line, which others can read. */
    static final String SECRET = "ANTIPHON_AFTER_CALL_SECRET";

    /** Where the text model's key comes from. */
    static final String TEXT_MODEL_KEY = "ANTIPHON_TEXT_MODEL_KEY";

    static final String TEXT_MODEL_KEY_HEADER = "ANTIPHON_TEXT_MODEL_KEY_HEADER";

    private static final String WEBHOOK = "webhook:";
    private static final String SUMMARY = "summary:";
    private static final String TRANSCRIPT = "transcript";

    @Option(
            names = "--after-call",
            paramLabel = "NAME=HOW",
            description = {
                "What is done when a call is over, as task NAME: webhook:https://… posts a packet of the call, signed with",
                SECRET + "; summary:https://… adds a summary by the text model. Repeatable."
            })
    private List<String> tasks = List.of();

    @Option(
            names = "--after-call-details",
            paramLabel = "NAME=WHAT",
            description = "What NAME gets besides: transcript (what was said, in words). Repeatable; default nothing.")
    private List<String> details = List.of();

    @Option(
            names = "--after-call-folder",
            paramLabel = "FOLDER",
            defaultValue = "${env:ANTIPHON_AFTER_CALL_FOLDER}",
            description = {
                "Where tasks are kept until they are done, also from ANTIPHON_AFTER_CALL_FOLDER;",
                "default beside the bot's database."
            })
    private Optional<Path> folder = Optional.empty();

    @Option(
            names = "--text-model",
            paramLabel = "NAME",
            defaultValue = "${env:ANTIPHON_TEXT_MODEL}",
            description = "The text model for summaries, also from ANTIPHON_TEXT_MODEL; its key, if any, is in "
                    + TEXT_MODEL_KEY + ".")
    private Optional<String> textModel = Optional.empty();

    @Option(
            names = "--text-model-url",
            paramLabel = "URL",
            defaultValue = "${env:ANTIPHON_TEXT_MODEL_URL}",
            description =
                    "Where its service's API begins (chat/completions follows), also from ANTIPHON_TEXT_MODEL_URL.")
    private Optional<URI> textModelUrl = Optional.empty();

    /**
     * What was chosen.
     *
     * @param database the bot's file
     */
    AfterCallPlan plan(Path database, Map<String, String> environment) {
        Set<String> withWords = withWords();
        AfterCallPlan plan = AfterCallPlan.none().keptIn(folder(database));
        for (String each : tasks) {
            NamedValue given = NamedValue.of("--after-call", each);
            AfterCallTask task = task(given, environment);
            plan = plan.with(withWords.remove(given.name()) ? task.withTranscript() : task);
        }
        if (!withWords.isEmpty()) {
            throw CliFailure.usage("--after-call-details needs an --after-call of the same name, but there is none for "
                    + String.join(", ", withWords));
        }
        if (plan.tasks().stream().map(AfterCallTask::name).distinct().count()
                < plan.tasks().size()) {
            throw CliFailure.usage("each --after-call needs a name of its own");
        }
        return plan;
    }

    /** Where tasks are kept. */
    Path folder(Path database) {
        return folder.filter(path -> !path.toString().isBlank())
                .orElseGet(() -> database.resolveSibling(database.getFileName() + "-after-call"));
    }

    /** For people: what is done. */
    static List<String> names(List<AfterCallTask> some, List<AfterCallTask> more) {
        return Stream.concat(some.stream(), more.stream())
                .map(task -> task.name() + (task.wantsTranscript() ? " (with transcript)" : ""))
                .toList();
    }

    private Set<String> withWords() {
        Set<String> names = new HashSet<>();
        for (String each : details) {
            NamedValue given = NamedValue.of("--after-call-details", each);
            if (!given.value().equals(TRANSCRIPT)) {
                throw CliFailure.usage("--after-call-details must be transcript, but was '" + given.value() + "'");
            }
            names.add(given.name());
        }
        return names;
    }

    private AfterCallTask task(NamedValue given, Map<String, String> environment) {
        try {
            if (given.value().startsWith(WEBHOOK)) {
                return AfterCallTask.webhook(given.name(), address(given, WEBHOOK), secret(environment));
            }
            if (given.value().startsWith(SUMMARY)) {
                return AfterCallTask.summaryTo(
                        given.name(),
                        model(environment),
                        ModelQuestion.of(CallSummary.INSTRUCTIONS, CallSummary.class),
                        address(given, SUMMARY),
                        secret(environment));
            }
        } catch (IllegalArgumentException e) {
            throw CliFailure.usage("--after-call cannot be used: " + e.getMessage(), e);
        }
        throw CliFailure.usage("--after-call must lead to webhook:https://… or summary:https://…");
    }

    /** Its own message would repeat the address, and with it a token. */
    private static URI address(NamedValue given, String how) {
        try {
            return URI.create(given.value().substring(how.length()));
        } catch (IllegalArgumentException unreadable) {
            throw CliFailure.usage("--after-call " + given.name() + " has no readable address");
        }
    }

    private static String secret(Map<String, String> environment) {
        return Secret.in(environment, SECRET)
                .map(Secret::reveal)
                .orElseThrow(() -> CliFailure.usage("--after-call needs the secret of its signature in " + SECRET));
    }

    private TextModel model(Map<String, String> environment) {
        Optional<String> name = textModel.filter(each -> !each.isBlank());
        Optional<URI> url = textModelUrl.filter(each -> !each.toString().isBlank());
        if (name.isEmpty() || url.isEmpty()) {
            throw CliFailure.usage("--after-call with a summary needs --text-model and --text-model-url");
        }
        TextModel model = TextModel.at(url.get(), name.get(), Secret.in(environment, TEXT_MODEL_KEY));
        return variable(TEXT_MODEL_KEY_HEADER, environment).map(model::keyIn).orElse(model);
    }

    private static Optional<String> variable(String name, Map<String, String> environment) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
