package dev.antiphon.server.cli;

import dev.antiphon.admission.AdmissionSettings;
import dev.antiphon.model.Allowance;
import dev.antiphon.model.ModelCatalogue;
import dev.antiphon.testkit.emulator.WrittenDuration;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say which calls are answered; without any of them all are. */
final class AdmissionOptions {
    private static final Duration USUAL_WAIT = Duration.ofSeconds(30);

    /** A time as scripts have it. */
    static final class Time implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return WrittenDuration.parse(text)
                    .orElseThrow(() -> new TypeConversionException(
                            "must be a time like 500ms, 30s or 2m, but was '" + text + "'"));
        }
    }

    @Option(
            names = "--usage-tier",
            paramLabel = "NAME",
            defaultValue = "${env:ANTIPHON_USAGE_TIER}",
            description = {
                "Your usage tier at the provider, for example tier-1: calls are answered as long as its requests and",
                "tokens a minute last. Also from ANTIPHON_USAGE_TIER; default no limit."
            })
    private Optional<String> usageTier = Optional.empty();

    @Option(
            names = "--max-calls",
            paramLabel = "N",
            defaultValue = "${env:ANTIPHON_MAX_CALLS}",
            description = "Calls at once, also from ANTIPHON_MAX_CALLS; default no limit.")
    private Optional<Integer> calls = Optional.empty();

    @Option(
            names = "--requests-per-minute",
            paramLabel = "N",
            defaultValue = "${env:ANTIPHON_REQUESTS_PER_MINUTE}",
            description = "Instead of the usage tier's, also from ANTIPHON_REQUESTS_PER_MINUTE.")
    private Optional<Integer> requests = Optional.empty();

    @Option(
            names = "--tokens-per-minute",
            paramLabel = "N",
            defaultValue = "${env:ANTIPHON_TOKENS_PER_MINUTE}",
            description = "Instead of the usage tier's, also from ANTIPHON_TOKENS_PER_MINUTE.")
    private Optional<Integer> tokens = Optional.empty();

    @Option(
            names = "--queue",
            paramLabel = "N",
            defaultValue = "${env:ANTIPHON_QUEUE}",
            description = {
                "How many calls that do not fit may wait, instead of being refused at once.",
                "Also from ANTIPHON_QUEUE; default none, 20 with --queue-wait."
            })
    private Optional<Integer> most = Optional.empty();

    @Option(
            names = "--queue-wait",
            paramLabel = "TIME",
            converter = Time.class,
            defaultValue = "${env:ANTIPHON_QUEUE_WAIT}",
            description =
                    "How long a call may wait, for example 30s; also from ANTIPHON_QUEUE_WAIT; default 30s with --queue.")
    private Optional<Duration> wait = Optional.empty();

    /** The choice, for these models. */
    AdmissionChoice choose(ModelChoice models, ModelCatalogue catalogue) {
        Optional<UsageTierChoice> granted =
                usageTier.filter(name -> !name.isBlank()).map(name -> UsageTierChoice.of(name, models, catalogue));
        Allowance allowance = granted.map(UsageTierChoice::allowance).orElse(Allowance.UNLIMITED);
        allowance =
                atLeastOne("--max-calls", calls).map(allowance::withSessions).orElse(allowance);
        allowance = atLeastOne("--requests-per-minute", requests)
                .map(allowance::withRequestsPerMinute)
                .orElse(allowance);
        allowance = atLeastOne("--tokens-per-minute", tokens)
                .map(allowance::withTokensPerMinute)
                .orElse(allowance);
        return new AdmissionChoice(
                withQueue(AdmissionSettings.defaults().withAllowance(allowance)), granted.map(UsageTierChoice::source));
    }

    private AdmissionSettings withQueue(AdmissionSettings settings) {
        wait.filter(Duration::isZero).ifPresent(zero -> {
            throw CliFailure.usage("--queue-wait must be longer than zero; without a queue leave it out");
        });
        Optional<Integer> places = atLeastOne("--queue", most);
        return places.isEmpty() && wait.isEmpty()
                ? settings
                : settings.withQueue(wait.orElse(USUAL_WAIT), places.orElse(settings.mostWaiting()));
    }

    private static Optional<Integer> atLeastOne(String option, Optional<Integer> value) {
        value.filter(number -> number < 1).ifPresent(number -> {
            throw CliFailure.usage(option + " must be at least 1, but was " + number);
        });
        return value;
    }
}
