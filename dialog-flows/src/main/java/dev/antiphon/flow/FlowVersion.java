package dev.antiphon.flow;

import dev.antiphon.flow.slot.Slot;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** The hash that pins a call to the flow it began with. */
final class FlowVersion {
    private FlowVersion() {}

    static String of(Flow<?> flow) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(description(flow).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 6).toLowerCase(Locale.ROOT);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform must have SHA-256", e);
        }
    }

    /** Everything but code: two builds of the same source give the same text. */
    private static String description(Flow<?> flow) {
        StringBuilder text = new StringBuilder();
        text.append(flow.name())
                .append('\n')
                .append(flow.goal())
                .append('\n')
                .append(flow.greeting())
                .append('\n');
        text.append(flow.persona()).append('\n');
        for (Slot<?> slot : flow.slots()) {
            text.append(slot.name())
                    .append('|')
                    .append(slot.label())
                    .append('|')
                    .append(slot.prompt().orElse(""));
            text.append('|')
                    .append(slot.simplerPrompt(flow.language()))
                    .append('|')
                    .append(slot.horizon());
            text.append('|').append(slot.dependencies()).append('|').append(slot.isSensitive());
            text.append('|')
                    .append(slot.isOptional())
                    .append(slot.occasion().orElse(""))
                    .append('|')
                    .append(slot.isKeptIfStillPossible())
                    .append('\n');
        }
        FlowTools.of(Dialog.of(flow))
                .forEach(tool ->
                        text.append(tool.name()).append(tool.parameters()).append('\n'));
        flow.effects()
                .forEach(effect ->
                        text.append(effect.name()).append(effect.policy()).append(effect.filler()));
        for (Task<?> task : flow.tasks()) {
            text.append(task.name()).append(task.label()).append(task.slots()).append(task.extras());
            text.append(task.confirmation().isPresent())
                    .append(task.completion().isPresent());
        }
        text.append(flow.isService()).append(flow.language());
        text.append(flow.stuckRules()).append(flow.handOverTarget()).append(flow.extraTools());
        flow.faq().ifPresent(faq -> text.append(faq.entries()));
        return text.toString();
    }
}
