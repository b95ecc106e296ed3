package dev.antiphon.server.cli;

import dev.antiphon.model.Money;
import dev.antiphon.server.ServerSettings;
import dev.antiphon.server.spend.SpendFile;
import dev.antiphon.spend.CallCap;
import dev.antiphon.spend.Cap;
import dev.antiphon.spend.SpendPlan;
import dev.antiphon.spend.SpendPolicy;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** The options that say what calls may cost; without any of them nothing is capped. */
final class CapOptions {
    @Option(
            names = "--cap-call",
            paramLabel = "USD",
            defaultValue = "${env:ANTIPHON_CAP_CALL}",
            description = "What one call may cost, for example 0.50; also from ANTIPHON_CAP_CALL; default no cap.")
    private Optional<String> perCall = Optional.empty();

    @Option(
            names = "--cap-action",
            paramLabel = "ACTION",
            defaultValue = "${env:ANTIPHON_CAP_ACTION}",
            description = {
                "What a call does at its cap, at the next turn boundary: hand-over, end or move-down.",
                "Also from ANTIPHON_CAP_ACTION; default hand-over, and end where nobody takes the call."
            })
    private Optional<String> action = Optional.empty();

    @Option(
            names = "--cap-target",
            paramLabel = "NAME",
            description = "Who is asked to take a call at its cap; default 'front desk'.")
    private Optional<String> target = Optional.empty();

    @Option(
            names = "--cap-words",
            paramLabel = "TEXT",
            description = "Said before the dialog's own farewell when a cap ends a call; default nothing.")
    private Optional<String> words = Optional.empty();

    @Option(
            names = "--cap-day",
            paramLabel = "USD",
            defaultValue = "${env:ANTIPHON_CAP_DAY}",
            description = "What the calls of a day may cost; also from ANTIPHON_CAP_DAY; default no cap.")
    private Optional<String> perDay = Optional.empty();

    @Option(
            names = "--cap-day-action",
            paramLabel = "ACTION",
            defaultValue = "${env:ANTIPHON_CAP_DAY_ACTION}",
            description = {
                "What becomes of new calls then: lowest-tier (they stay there) or refuse.",
                "Also from ANTIPHON_CAP_DAY_ACTION; default lowest-tier."
            })
    private Optional<String> dayAction = Optional.empty();

    @Option(
            names = "--cap-experiment",
            paramLabel = "KEY=USD",
            description = "What the calls of an experiment may cost; nobody enters it then. Repeatable.")
    private Map<String, String> perExperiment = Map.of();

    @Option(
            names = "--cap-zone",
            paramLabel = "ZONE",
            defaultValue = "${env:ANTIPHON_CAP_ZONE}",
            description = "Where a day begins, for example Europe/Berlin; also from ANTIPHON_CAP_ZONE; default UTC.")
    private Optional<String> zone = Optional.empty();

    /** Settings with these caps; the spend is kept beside the bot's database. */
    ServerSettings applyTo(ServerSettings settings, Path database) {
        SpendPolicy policy = policy();
        ServerSettings capped =
                policy.isEmpty() ? settings : settings.withSpend(new SpendPlan(policy, new SpendFile(file(database))));
        return callCap()
                .map(cap -> capped.withSession(capped.session().withCap(cap)))
                .orElse(capped);
    }

    /** Refuses a cap of an experiment that is none of these. */
    void check(Set<String> experiments) {
        perExperiment.keySet().stream()
                .filter(key -> !experiments.contains(key))
                .findFirst()
                .ifPresent(key -> {
                    throw CliFailure.usage("--cap-experiment must name an experiment of --experiments, "
                            + (experiments.isEmpty() ? "of which there is none" : String.join(", ", experiments))
                            + ", but was '" + key + "'");
                });
    }

    /** Where the spend is kept. */
    static Path file(Path database) {
        return database.resolveSibling(database.getFileName() + "-spend.json");
    }

    Optional<CallCap> callCap() {
        Optional<Cap> cap = given(perCall).map(text -> cap("--cap-call", text));
        if (cap.isEmpty()) {
            given(action).ifPresent(unused -> {
                throw CliFailure.usage("--cap-action says what happens at --cap-call, which is missing");
            });
        }
        return cap.map(most -> new CallCap(
                most,
                given(action).map(CapOptions::action).orElse(CallCap.Action.HAND_OVER),
                given(target).orElse(CallCap.USUAL_TARGET),
                given(words)));
    }

    SpendPolicy policy() {
        Optional<Cap> day = given(perDay).map(text -> cap("--cap-day", text));
        if (day.isEmpty()) {
            given(dayAction).ifPresent(unused -> {
                throw CliFailure.usage("--cap-day-action says what happens at --cap-day, which is missing");
            });
        }
        Map<String, Cap> experiments = new HashMap<>();
        perExperiment.forEach((key, text) -> experiments.put(key, cap("--cap-experiment " + key, text)));
        SpendPolicy.AtDayCap atDay =
                given(dayAction).map(CapOptions::dayAction).orElse(SpendPolicy.AtDayCap.LOWEST_TIER);
        SpendPolicy zoned = SpendPolicy.none()
                .withPerExperiment(experiments)
                .withZone(given(zone)
                        .map(CapOptions::zone)
                        .orElse(SpendPolicy.none().zone()));
        return day.map(most -> zoned.withPerDay(most, atDay)).orElse(zoned);
    }

    /** For people; empty without a cap. */
    Optional<String> description() {
        List<String> caps = new ArrayList<>();
        callCap().ifPresent(cap -> caps.add("$" + shown(cap.cap()) + " a call (" + written(cap.action()) + ")"));
        SpendPolicy policy = policy();
        policy.perDay()
                .ifPresent(cap -> caps.add(
                        "$" + shown(cap) + " a day of " + policy.zoneName() + " (" + written(policy.atDayCap()) + ")"));
        policy.perExperiment().forEach((key, cap) -> caps.add("$" + shown(cap) + " for experiment " + key));
        return caps.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", caps));
    }

    private static String shown(Cap cap) {
        return cap.most().usd().toPlainString();
    }

    private static Optional<String> given(Optional<String> option) {
        return option.map(String::strip).filter(text -> !text.isEmpty());
    }

    private static Cap cap(String option, String text) {
        try {
            return new Cap(new Money(new BigDecimal(text.startsWith("$") ? text.substring(1) : text)));
        } catch (IllegalArgumentException wrong) {
            throw CliFailure.usage(
                    option + " must be US dollars above 0, for example 0.50, but was '" + text + "'", wrong);
        }
    }

    private static CallCap.Action action(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "hand-over" -> CallCap.Action.HAND_OVER;
            case "end" -> CallCap.Action.END;
            case "move-down" -> CallCap.Action.MOVE_DOWN;
            default ->
                throw CliFailure.usage("--cap-action must be hand-over, end or move-down, but was '" + text + "'");
        };
    }

    private static SpendPolicy.AtDayCap dayAction(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "lowest-tier" -> SpendPolicy.AtDayCap.LOWEST_TIER;
            case "refuse" -> SpendPolicy.AtDayCap.REFUSE;
            default -> throw CliFailure.usage("--cap-day-action must be lowest-tier or refuse, but was '" + text + "'");
        };
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException unknown) {
            throw CliFailure.usage(
                    "--cap-zone must be a time zone like Europe/Berlin or UTC, but was '" + text + "'", unknown);
        }
    }

    private static String written(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
