package dev.antiphon.flow;

import dev.antiphon.flow.FlowState.Purpose;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.session.Conversation.View;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a model is told: once at the start of a connection, and as a seed when it takes over in mid-call. */
final class FlowInstructions {
    private static final String RULES = """
            You listen and speak; the tools decide. In every turn:
            1. Call the tool that fits what the caller said, before you speak. Several tools may be called at once.
            2. The tool's answer holds `say`: tell the caller that, and nothing else. When `verbatim` is true, say it \
            word for word; otherwise you may reword it a little, but keep every fact and ask the same question.
            3. `confirm_revision` is the number that `confirm` needs. `facts` are for your understanding; do not read \
            them out. When `end` is true, the call ends after what you say.
            4. When an answer holds `error`, correct your call or say what `say` tells you.
            Never invent values, times, prices or answers. Never say that something is booked, confirmed or done unless \
            `say` says so. Speak in short sentences.""";

    private FlowInstructions() {}

    static String of(Dialog dialog, ZonedDateTime now) {
        StringBuilder text = new StringBuilder(dialog.persona()).append('\n');
        text.append("Goal: ").append(dialog.goal()).append(".\n");
        if (!dialog.language().isEnglish()) {
            text.append("Speak ")
                    .append(dialog.language().name())
                    .append(" with the caller, as `say` does; values of tools keep the form of their schema.\n");
        }
        text.append("Today is ")
                .append(now.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH))
                .append(", ")
                .append(now.toLocalDate())
                .append(". The time zone is ")
                .append(now.getZone().getId())
                .append(".\n\n");
        return text.append(RULES).toString();
    }

    /** The instructions of one step: what never changes comes first, so that it stays cached. */
    static String ofNode(Dialog dialog, ZonedDateTime now, DialogState state, Function<String, View> views) {
        StringBuilder text = new StringBuilder(of(dialog, now)).append("\n\nWhere the call stands:\n");
        flows(text, dialog, state, views);
        return text.toString();
    }

    /** A few words about one step. */
    static String note(Dialog dialog, DialogState state, Function<String, View> views) {
        String instance = state.focus().isEmpty() ? dialog.flows().getFirst().name() : state.focus();
        View view = views.apply(instance);
        StringBuilder text = new StringBuilder("Step: ").append(view.step()).append('.');
        dialog.flow(Instances.flow(instance)).filter(flow -> !flow.isService()).ifPresent(flow -> {
            List<String> open = flow.slots().stream()
                    .map(Slot::name)
                    .filter(slot -> !view.slots().containsKey(slot))
                    .toList();
            if (!open.isEmpty()) {
                text.append(" Open: ").append(String.join(", ", open)).append('.');
            }
        });
        view.openQuestion().ifPresent(question -> text.append(" Asked: ").append(question));
        return text.toString();
    }

    static Optional<String> seed(Dialog dialog, DialogState state, Function<String, View> views) {
        StringBuilder text = new StringBuilder("Conversation so far: the caller was greeted.\n");
        flows(text, dialog, state, views);
        text.append("Go on from here; do not greet again.");
        return state.flows().isEmpty() ? Optional.empty() : Optional.of(text.toString());
    }

    private static void flows(StringBuilder text, Dialog dialog, DialogState state, Function<String, View> views) {
        state.flows().forEach((instance, flow) -> {
            if (dialog.hasSeveral() || state.flows().size() > 1) {
                text.append("Of ").append(instance).append(instance.equals(state.focus()) ? ", now:\n" : ":\n");
            }
            about(text, flow, views.apply(instance));
        });
    }

    private static String unanswered(Inquiry.Choice choice) {
        String entries = choice.numbers().entrySet().stream()
                .map(entry -> entry.getKey() + " when it asks \"" + entry.getValue() + "\", ")
                .collect(Collectors.joining());
        return "The caller asked \"" + choice.question() + "\", which is not answered yet: call ask with entry "
                + entries + "0 when it asks none of these.\n";
    }

    private static void about(StringBuilder text, FlowState state, View view) {
        view.slots()
                .forEach((slot, value) -> text.append("- ")
                        .append(slot)
                        .append(": ")
                        .append(value)
                        .append('\n'));
        state.effects()
                .finished()
                .forEach(effect -> text.append("- ")
                        .append(effect.name())
                        .append(" is done")
                        .append(effect.result()
                                .map(result -> " (" + result + ")")
                                .orElse(""))
                        .append("; do not do it again.\n"));
        state.effects()
                .running()
                .ifPresent(run -> text.append("- ").append(run.name()).append(" is being done.\n"));
        state.effects()
                .unsettled()
                .ifPresent(run -> text.append("- ")
                        .append(run.name())
                        .append(" took too long; whether it is done is not known.\n"));
        state.inquiry().choice().ifPresent(choice -> text.append(unanswered(choice)));
        view.openQuestion()
                .ifPresent(question -> text.append("The caller was last asked: ")
                        .append(question)
                        .append('\n'));
        state.confirmation()
                .filter(open -> open.purpose() != Purpose.CHANGE)
                .ifPresent(open -> text.append("confirm_revision: ")
                        .append(open.revision())
                        .append('\n'));
    }
}
