package dev.antiphon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.antiphon.handover.HandoverDetail;
import dev.antiphon.model.ModelEndpoint;
import dev.antiphon.model.PriceCard;
import dev.antiphon.model.Tier;
import dev.antiphon.model.TierLadder;
import dev.antiphon.server.ServerSettings;
import dev.antiphon.server.handover.HandoverTargets;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Who is asked when a bot of the command line hands its caller over. */
class HandoverOptionsTest {
    private static final Map<String, String> SECRET = Map.of("ANTIPHON_HANDOVER_SECRET", "canary-4711-do-not-tell");

    private static HandoverOptions options(String... arguments) {
        return CommandLine.populateCommand(new HandoverOptions(), arguments);
    }

    private static HandoverTargets chosen(Map<String, String> environment, String... arguments) {
        TierLadder ladder = new TierLadder(List.of(new Tier(
                "mini",
                new ModelEndpoint("test", "mini", URI.create("ws://127.0.0.1:1/v1/realtime"), Map.of(), List.of()),
                PriceCard.of("1", "0", "2", "0", "0", "0", "0", "0"))));
        return options(arguments)
                .applyTo(ServerSettings.defaults(ladder), environment)
                .handover();
    }

    @Test
    void thePeopleAtThePageAreAskedUnlessSomebodyElseIsNamed() {
        HandoverTargets usual = chosen(Map.of());
        assertThat(usual.takes("anybody")).isTrue();
        assertThat(usual.queue()).isPresent();
        assertThat(usual.deadline()).isEqualTo(Duration.ofSeconds(20));
        assertThat(options().description()).isEqualTo("others to this page, within 20 s");
    }

    @Test
    void eachTargetHasItsOwn() {
        String[] arguments = {
            "--handover",
            "front desk=webhook:https://example.com/take?token=path-canary",
            "--handover",
            "night desk=refer:tel:+14155552671",
            "--handover-details",
            "Front Desk=sensitive,transcript",
            "--handover-wait",
            "45s"
        };
        HandoverTargets targets = chosen(SECRET, arguments);
        assertThat(targets.takes("front desk")).isTrue();
        assertThat(targets.takes("night desk")).isTrue();
        assertThat(targets.takes("supervisor")).isFalse();
        assertThat(targets.details("front desk")).containsExactlyInAnyOrder(HandoverDetail.values());
        assertThat(targets.details("night desk")).isEmpty();
        assertThat(targets.queue()).isEmpty();
        assertThat(targets.deadline()).isEqualTo(Duration.ofSeconds(45));
        assertThat(options(arguments).description())
                .isEqualTo("front desk to a webhook, night desk to refer:tel:+14155552671, within 45 s")
                .doesNotContain("canary");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --handover queue                     | --handover must be NAME=…, but was 'queue'
                    --handover =queue                    | --handover must be NAME=…, but was '=queue'
                    --handover a=mail:x                  | --handover must lead to queue, webhook:https://… or refer:tel:…
                    --handover a=webhook:http://a.com/x  | --handover cannot be used: a webhook's address must be https
                    --handover a=refer:+1415             | --handover cannot be used: a call is referred to a tel: or sip: address
                    --handover-details a=sensitive       | --handover-details needs a --handover of the same name
                    --handover-details *=names           | --handover-details must be sensitive or transcript, but was 'names'
                    --handover-wait 0s                   | --handover-wait must be longer than zero
                    """)
    void whatCannotBeIsRefusedWithWhatToDo(String arguments, String message) {
        CliFailure refused = catchThrowableOfType(CliFailure.class, () -> chosen(SECRET, arguments.split(" ")));
        assertThat(refused).hasMessageStartingWith(message).hasMessageNotContaining("canary");
        assertThat(refused.exitCode()).isEqualTo(2);
    }

    @Test
    void aWebhookNeedsItsSecretFromTheEnvironment() {
        CliFailure refused = catchThrowableOfType(
                CliFailure.class,
                () -> chosen(Map.of("ANTIPHON_HANDOVER_SECRET", " "), "--handover", "*=webhook:https://example.com/x"));
        assertThat(refused).hasMessage("--handover to a webhook needs its secret in ANTIPHON_HANDOVER_SECRET");
    }
}
