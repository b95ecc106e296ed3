package dev.antiphon.server.cli;

import dev.antiphon.session.Conversation;
import dev.antiphon.session.Outcome;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Shows a tried flow to people.
 *
 * @param typed whether a person types at a terminal, which shows what is typed by itself
 */
record TryText(PrintWriter out, Ink ink, boolean typed) implements TryPrinter {
    @Override
    public void prompt() {
        if (typed) {
            out.print(ink.cyan("caller   "));
            out.flush();
        }
    }

    @Override
    public void command(String line) {
        if (!typed) {
            out.println(ink.cyan("         " + line));
        }
    }

    @Override
    public void turn(TypedTurn turn) {
        if (typed && turn.outcome().isPresent() && turn.calls().isEmpty()) {
            out.println();
        }
        if (!turn.caller().isEmpty() && (!typed || turn.caller().startsWith("("))) {
            out.println(ink.cyan("caller   ") + turn.caller());
        }
        turn.said().forEach(words -> out.println(ink.green("agent    ") + words));
        turn.calls().forEach(call -> note("called", call.tool() + " " + call.argumentsJson()));
        turn.effects().forEach(this::effect);
        turn.struggles().forEach(struggle -> {
            String signal = struggle.signal().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            out.println(ink.yellow(line("struggle", signal + " (" + struggle.detail() + ")")));
        });
        turn.escalations().forEach(reason -> out.println(ink.yellow(line("next tier", reason))));
        if (turn.outcome().isEmpty()) {
            shortState(turn.view(), String.join(" ", turn.said()));
        }
        out.flush();
    }

    private void shortState(Conversation.View view, String said) {
        note("step", view.step());
        if (!view.slots().isEmpty()) {
            note(
                    "values",
                    view.slots().entrySet().stream()
                            .map(slot -> slot.getKey() + " = " + slot.getValue())
                            .collect(Collectors.joining("; ")));
        }
        view.openQuestion().filter(question -> !said.endsWith(question)).ifPresent(question -> note("open", question));
    }

    @Override
    public void state(Conversation.View view) {
        note("step", view.step());
        if (view.slots().isEmpty()) {
            note("values", "none yet");
        }
        view.slots().forEach((slot, value) -> note(slot, value));
        note("open", view.openQuestion().orElse("nothing is asked"));
        out.flush();
    }

    @Override
    public void why(Optional<TypedTurn.Call> call) {
        call.ifPresentOrElse(
                made -> {
                    note("called", made.tool() + " " + made.argumentsJson());
                    note("answered", made.answerJson().isEmpty() ? "(not yet)" : made.answerJson());
                },
                () -> note("called", "no tool yet"));
        out.flush();
    }

    @Override
    public void undone(String line, Conversation.View view) {
        out.println(ink.yellow(line("undone", line)));
        state(view);
    }

    @Override
    public void problem(String words) {
        out.println(ink.red(line("sorry", words)));
        out.flush();
    }

    @Override
    public void end(Optional<Outcome> outcome) {
        outcome.ifPresent(how -> out.println(
                ink.bold("outcome  ") + how.name() + (how.reason().isEmpty() ? "" : " (" + how.reason() + ")")));
        out.flush();
    }

    private void effect(TypedTurn.Effect effect) {
        String text = line(
                "effect",
                effect.name() + ": " + effect.outcome()
                        + (effect.detail().isEmpty() ? "" : " (" + effect.detail() + ")"));
        out.println(effect.outcome().equals("ok") ? ink.dim(text) : ink.red(text));
    }

    private void note(String label, String text) {
        out.println(ink.dim(line(label, text)));
    }

    private static String line(String label, String text) {
        return String.format(Locale.ROOT, "         %-9s %s", label, text);
    }
}
