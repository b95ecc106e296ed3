package dev.antiphon.server.cli;

import dev.antiphon.flow.Flow;
import dev.antiphon.flow.FlowConversation;
import dev.antiphon.server.Bot;
import dev.antiphon.server.ServerSettings;
import dev.antiphon.session.Conversation;
import dev.antiphon.tier.EscalationPolicies;
import dev.antiphon.tier.EscalationPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Option;

/** The option by which operators change when struggling calls get help, without code. */
final class EscalationOption {
    @Option(
            names = "--escalation",
            paramLabel = "FILE",
            description = {
                "Changes, in YAML, when struggling calls get help and which: weights, decay, threshold, rungs, budget, for all",
                "flows and for each; see docs/tiers.md. Default: as the flows and the bot declare it."
            })
    private Optional<Path> file = Optional.empty();

    /**
     * The settings with the file's changes.
     *
     * @param call begins a call of which nothing is known, to know its flows; only when the file names some
     */
    ServerSettings applyTo(ServerSettings settings, Bot bot, Supplier<Conversation> call) {
        if (file.isEmpty()) {
            return settings;
        }
        EscalationYaml.Changes changes = changes(file.get());
        List<String> known = changes.flows().isEmpty() ? List.of() : flows(call);
        Map<String, UnaryOperator<EscalationPolicy>> ofFlow = new HashMap<>();
        changes.flows().forEach((name, change) -> {
            if (!known.contains(name)) {
                throw refused("line " + change.line() + ": '" + name + "' is no flow of the bot '" + bot.name()
                        + "'; its flows are " + String.join(", ", known));
            }
            ofFlow.put(name, change.change());
        });
        return settings.withEscalation(new EscalationPolicies(bot.escalation(), changes.everywhere(), ofFlow));
    }

    /** For people: where the changes come from; empty without any. */
    Optional<String> description() {
        return file.map(path -> "by " + path);
    }

    private EscalationYaml.Changes changes(Path path) {
        try {
            return EscalationYaml.parse(Files.readString(path));
        } catch (IOException unreadable) {
            throw CliFailure.usage("--escalation " + path + " cannot be read: " + unreadable, unreadable);
        } catch (IllegalArgumentException wrong) {
            throw refused(String.valueOf(wrong.getMessage()));
        }
    }

    private static List<String> flows(Supplier<Conversation> call) {
        Conversation begun = call.get();
        return begun instanceof FlowConversation flows
                ? flows.dialog().flows().stream().map(Flow::name).toList()
                : List.of(begun.name());
    }

    private CliFailure refused(String what) {
        return CliFailure.usage("--escalation " + file.map(Path::toString).orElse("") + ", " + what);
    }
}
