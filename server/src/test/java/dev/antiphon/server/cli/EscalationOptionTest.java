package dev.antiphon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.model.ModelEndpoint;
import dev.antiphon.model.Money;
import dev.antiphon.model.PriceCard;
import dev.antiphon.model.Tier;
import dev.antiphon.model.TierLadder;
import dev.antiphon.server.Bot;
import dev.antiphon.server.ServerSettings;
import dev.antiphon.session.PromptConversation;
import dev.antiphon.tier.EscalationPolicies;
import dev.antiphon.tier.EscalationPolicy;
import dev.antiphon.tier.Rung;
import dev.antiphon.tier.Struggle.Signal;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What operators change of escalation without code. */
class EscalationOptionTest {
    private static final Bot BOT =
            Bot.of("desk", "A desk.", () -> new PromptConversation("order-drink", "Be kind.", Optional.empty()));

    @TempDir
    private Path folder;

    private EscalationPolicies chosen(String... lines) throws IOException {
        Path file = Files.write(folder.resolve("escalation.yaml"), List.of(lines));
        return CommandLine.populateCommand(new EscalationOption(), "--escalation", file.toString())
                .applyTo(settings(), BOT, BOT::conversation)
                .escalation();
    }

    private static ServerSettings settings() {
        return ServerSettings.defaults(new TierLadder(List.of(new Tier(
                "mini",
                new ModelEndpoint("test", "mini", URI.create("ws://127.0.0.1:1/v1/realtime"), Map.of(), List.of()),
                PriceCard.FREE))));
    }

    @Test
    void withoutAFileNothingIsChanged() {
        EscalationOption none = new EscalationOption();
        assertThat(none.applyTo(settings(), BOT, BOT::conversation).escalation().of("order-drink", Optional.empty()))
                .isEqualTo(EscalationPolicy.defaults());
        assertThat(none.description()).isEmpty();
    }

    @Test
    void whatTheFileSaysIsChangedForAllFlowsAndForEach() throws IOException {
        EscalationPolicies policies = chosen(
                "threshold: 4",
                "person-threshold: 8",
                "decay: 0.25",
                "half-life: 2m",
                "budget: 0.50",
                "rungs: [effort medium, larger model]",
                "weights:",
                "  no-match: 2",
                "flows:",
                "  order-drink:",
                "    threshold: 2",
                "    budget: none",
                "    half-life: none",
                "    rungs: []");

        EscalationPolicy everywhere = EscalationPolicy.defaults()
                .withThreshold(4)
                .withPersonThreshold(8)
                .withDecay(0.25)
                .withHalfLife(Duration.ofMinutes(2))
                .withBudget(Money.usd("0.50"))
                .withRungs(new Rung.RaiseEffort("medium"), new Rung.LargerModel())
                .withWeight(Signal.NO_MATCH, 2);
        assertThat(policies.of("another", Optional.empty())).isEqualTo(everywhere);
        assertThat(policies.of("order-drink", Optional.empty()))
                .isEqualTo(everywhere
                        .withThreshold(2)
                        .withoutBudget()
                        .withoutHalfLife()
                        .withRungs());
    }

    @Test
    void whatTheFileDoesNotSayStaysAsTheFlowDeclaresIt() throws IOException {
        EscalationPolicy declared = EscalationPolicy.defaults().withThreshold(9);
        assertThat(chosen("decay: 0").of("order-drink", Optional.of(declared))).isEqualTo(declared.withDecay(0));
    }

    @Test
    void anEmptyFileIsRefused() {
        for (String text : List.of("", "# nothing yet", "---")) {
            assertThatThrownBy(() -> chosen(text))
                    .isInstanceOf(CliFailure.class)
                    .hasMessageEndingWith("escalation.yaml, is empty; who wants no changes leaves the option out");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            treshold: 3 | line 1: 'treshold' is no key; the keys are threshold, person-threshold, decay, half-life, budget, rungs, weights, flows
            threshold: three | line 1: threshold must be a number, but was 'three'
            threshold: 0 | line 1: threshold must be positive, but was 0.0
            decay: 2 | line 1: decay must be between 0 and 1, but was 2.0
            half-life: soon | line 1: half-life must be a time like 90s or 2m, above 0, or none, but was 'soon'
            half-life: 0s | line 1: half-life must be a time like 90s or 2m, above 0, or none, but was '0s'
            budget: much | line 1: budget must be US dollars per call like 0.50, or none, but was 'much'
            budget: -1 | line 1: budget must be 0 or more, but was -1
            rungs: [magic] | line 1: a rung must be 'effort' with one of [minimal, low, medium, high, xhigh], 'larger model' or 'person', but was 'magic'
            rungs: [person, person] | line 1: rungs must be different ones, but were person, person
            rungs: person | line 1: 'rungs' must be a list, for example [effort high, larger model, person]
            weights: {mumbles: 1} | line 1: 'mumbles' is no signal; the signals are no-match, no-input, correction, stalled, repeated-prompt, tool-error, unbacked-claim
            weights: {no-match: -1} | line 1: the weight of no match must be 0 or more, but was -1.0
            flows: {x: {threshold: 1}} | line 1: 'x' is no flow of the bot 'desk'; its flows are order-drink
            - threshold | line 1: must be keys with values; the keys are threshold, person-threshold, decay, half-life, budget, rungs, weights, flows
            """)
    void whatIsWrongIsToldWithLineRuleAndValue(String text, String problem) {
        assertThatThrownBy(() -> chosen(text))
                .isInstanceOf(CliFailure.class)
                .hasMessageEndingWith("escalation.yaml, " + problem);
    }

    @Test
    void theLineIsThatOfTheMistake() {
        assertThatThrownBy(() -> chosen("threshold: 3", "flows:", "  order-drink:", "    weights:", "      mumbles: 1"))
                .hasMessageContaining("line 5: 'mumbles' is no signal");
        assertThatThrownBy(() -> chosen("threshold: 3", "decay: \"0.5")).hasMessageContaining("must be YAML, but");
    }

    @Test
    void aFileThatCannotBeReadIsNamed() {
        EscalationOption option = CommandLine.populateCommand(
                new EscalationOption(),
                "--escalation",
                folder.resolve("missing.yaml").toString());
        assertThatThrownBy(() -> option.applyTo(settings(), BOT, BOT::conversation))
                .hasMessageContaining("missing.yaml cannot be read");
        assertThat(option.description()).isPresent();
    }
}
