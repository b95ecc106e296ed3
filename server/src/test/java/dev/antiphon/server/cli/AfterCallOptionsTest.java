package dev.antiphon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.antiphon.aftercall.AfterCallPlan;
import dev.antiphon.aftercall.AfterCallTask;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What a bot of the command line does when its calls are over. */
class AfterCallOptionsTest {
    private static final Path FILE = Path.of(".antiphon", "clinic");
    private static final Map<String, String> SECRETS =
            Map.of("ANTIPHON_AFTER_CALL_SECRET", "canary-4711-do-not-tell", "ANTIPHON_TEXT_MODEL_KEY", "sk-canary");

    private static AfterCallOptions options(String... arguments) {
        return CommandLine.populateCommand(new AfterCallOptions(), arguments);
    }

    private static AfterCallPlan plan(Map<String, String> environment, String... arguments) {
        return options(arguments).plan(FILE, environment);
    }

    @Test
    void nothingIsDoneUnlessItIsAskedFor() {
        assertThat(plan(Map.of()).tasks()).isEmpty();
        assertThat(options().folder(FILE)).isEqualTo(Path.of(".antiphon", "clinic-after-call"));
        assertThat(options("--after-call-folder", "letters").folder(FILE)).isEqualTo(Path.of("letters"));
    }

    @Test
    void eachTaskHasANameAndOnlyThoseThatAreNamedGetTheTranscript() {
        AfterCallPlan plan = plan(
                SECRETS,
                "--after-call",
                "crm=webhook:https://example.com/calls?token=path-canary",
                "--after-call",
                "notes = summary:https://example.com/notes",
                "--after-call-details",
                "notes=transcript",
                "--text-model",
                "small",
                "--text-model-url",
                "https://example.com/v1");
        assertThat(AfterCallOptions.names(List.of(AfterCallTask.of("own", (call, key) -> {})), plan.tasks()))
                .containsExactly("own", "crm", "notes (with transcript)");
        assertThat(plan.tasks()).extracting(AfterCallTask::wantsTranscript).containsExactly(false, true);
        assertThat(plan.tasks().toString()).doesNotContain("canary");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --after-call webhook                       | --after-call must be NAME=…, but was 'webhook'
                    --after-call crm=mail:x                    | --after-call must lead to webhook:https://… or summary:https://…
                    --after-call crm=webhook:http://a.com/x    | --after-call cannot be used: a webhook's address must be https
                    --after-call crm=webhook:https://a.com/{}  | --after-call crm has no readable address
                    --after-call CRM=webhook:https://a.com/x   | --after-call cannot be used: the name of a task after calls must be
                    --after-call crm=summary:https://a.com/x   | --after-call with a summary needs --text-model and --text-model-url
                    --after-call crm=summary:https://a.com/x --text-model x --text-model-url http://a.com | --after-call cannot be used: a text model's address must be https
                    --after-call a=webhook:https://a.com/x --after-call a=webhook:https://a.com/y | each --after-call needs a name of its own
                    --after-call-details crm=transcript        | --after-call-details needs an --after-call of the same name
                    --after-call-details crm=sensitive         | --after-call-details must be transcript, but was 'sensitive'
                    """)
    void whatCannotBeIsRefusedWithWhatToDo(String arguments, String message) {
        CliFailure refused = catchThrowableOfType(CliFailure.class, () -> plan(SECRETS, arguments.split(" ")));
        assertThat(refused).hasMessageStartingWith(message).hasMessageNotContaining("canary");
        assertThat(refused.exitCode()).isEqualTo(2);
    }

    @Test
    void aWebhookNeedsItsSecretFromTheEnvironment() {
        CliFailure refused = catchThrowableOfType(
                CliFailure.class, () -> plan(Map.of(), "--after-call", "crm=webhook:https://example.com/x"));
        assertThat(refused).hasMessage("--after-call needs the secret of its signature in ANTIPHON_AFTER_CALL_SECRET");
    }
}
