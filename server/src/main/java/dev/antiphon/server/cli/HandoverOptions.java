package dev.antiphon.server.cli;

import dev.antiphon.handover.Handover;
import dev.antiphon.handover.HandoverDesk;
import dev.antiphon.handover.HandoverDetail;
import dev.antiphon.server.ServerSettings;
import dev.antiphon.server.handover.HandoverQueue;
import dev.antiphon.server.handover.HandoverTargets;
import dev.antiphon.server.handover.ReferDesk;
import dev.antiphon.server.handover.WebhookDesk;
import dev.antiphon.time.TimeLimit;
import dev.antiphon.tool.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options that say who is asked when a dialog hands its caller over; without any the people at the page are. */
final class HandoverOptions {
    /** Where the secret of the signature comes from: never from the command line, which others can read. */
    static final String SECRET = "ANTIPHON_HANDOVER_SECRET";

    private static final String OTHERS = "*";
    private static final String QUEUE = "queue";
    private static final String WEBHOOK = "webhook:";
    private static final String REFER = "refer:";

    @Option(
            names = "--handover",
            paramLabel = "NAME=HOW",
            description = {
                "Who is asked when the bot hands a caller over to NAME (* for all others): queue (the people at the page),",
                "webhook:https://… (signed with " + SECRET + "), or refer:tel:… (SIP REFER through the provider).",
                "Repeatable; default *=queue."
            })
    private List<String> targets = List.of();

    @Option(
            names = "--handover-details",
            paramLabel = "NAME=WHAT",
            description = {
                "What NAME may see besides: sensitive (values that are masked otherwise), transcript (the last turns in",
                "words), or both with a comma. Repeatable; default neither."
            })
    private List<String> details = List.of();

    @Option(
            names = "--handover-wait",
            paramLabel = "TIME",
            converter = AdmissionOptions.Time.class,
            defaultValue = "${env:ANTIPHON_HANDOVER_WAIT}",
            description =
                    "How long a caller is held for the answer, for example 45s; also from ANTIPHON_HANDOVER_WAIT; default 20s.")
    private Optional<Duration> wait = Optional.empty();

    /** The settings with the chosen targets. */
    ServerSettings applyTo(ServerSettings settings, Map<String, String> environment) {
        Duration deadline = wait.orElse(Handover.DEADLINE);
        if (deadline.isZero()) {
            throw CliFailure.usage("--handover-wait must be longer than zero");
        }
        Map<String, Set<HandoverDetail>> seen = seen();
        HandoverQueue queue = new HandoverQueue();
        HandoverTargets chosen = HandoverTargets.none().within(deadline);
        for (NamedValue target : given()) {
            HandoverDesk desk = desk(target.value(), queue, settings, environment);
            Set<HandoverDetail> may =
                    Optional.ofNullable(seen.remove(normal(target.name()))).orElse(Set.of());
            chosen =
                    target.name().equals(OTHERS) ? chosen.withOthers(desk, may) : chosen.with(target.name(), desk, may);
        }
        if (!seen.isEmpty()) {
            throw CliFailure.usage("--handover-details needs a --handover of the same name, but there is none for "
                    + String.join(", ", seen.keySet()));
        }
        return settings.withHandover(chosen);
    }

    /** For people: where calls go. */
    String description() {
        return given().stream()
                        .map(target -> (target.name().equals(OTHERS) ? "others" : target.name()) + " to "
                                + inShort(target.value()))
                        .collect(Collectors.joining(", "))
                + ", within " + TimeLimit.text(wait.orElse(Handover.DEADLINE));
    }

    private static String inShort(String value) {
        return value.startsWith(WEBHOOK) ? "a webhook" : value.equals(QUEUE) ? "this page" : value;
    }

    private List<NamedValue> given() {
        List<NamedValue> all = new ArrayList<>();
        for (String target : targets.isEmpty() ? List.of(OTHERS + "=" + QUEUE) : targets) {
            all.add(NamedValue.of("--handover", target));
        }
        return all;
    }

    private static HandoverDesk desk(
            String value, HandoverQueue queue, ServerSettings settings, Map<String, String> environment) {
        try {
            if (value.equals(QUEUE)) {
                return queue;
            }
            if (value.startsWith(WEBHOOK)) {
                return WebhookDesk.at(URI.create(value.substring(WEBHOOK.length())), secret(environment));
            }
            if (value.startsWith(REFER)) {
                return ReferDesk.to(settings.ladder().lowest().endpoint(), value.substring(REFER.length()));
            }
        } catch (IllegalArgumentException e) {
            throw CliFailure.usage("--handover cannot be used: " + e.getMessage(), e);
        }
        throw CliFailure.usage("--handover must lead to queue, webhook:https://… or refer:tel:…");
    }

    private static String secret(Map<String, String> environment) {
        return Secret.in(environment, SECRET)
                .map(Secret::reveal)
                .orElseThrow(() -> CliFailure.usage("--handover to a webhook needs its secret in " + SECRET));
    }

    private Map<String, Set<HandoverDetail>> seen() {
        Map<String, Set<HandoverDetail>> seen = new LinkedHashMap<>();
        for (String each : details) {
            NamedValue given = NamedValue.of("--handover-details", each);
            Set<HandoverDetail> may = EnumSet.noneOf(HandoverDetail.class);
            Stream.of(given.value().split(",", -1)).map(HandoverOptions::detail).forEach(may::add);
            seen.put(normal(given.name()), may);
        }
        return seen;
    }

    private static HandoverDetail detail(String word) {
        return Stream.of(HandoverDetail.values())
                .filter(detail -> detail.name().equalsIgnoreCase(word.strip()))
                .findFirst()
                .orElseThrow(() ->
                        CliFailure.usage("--handover-details must be sensitive or transcript, but was '" + word + "'"));
    }

    private static String normal(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
