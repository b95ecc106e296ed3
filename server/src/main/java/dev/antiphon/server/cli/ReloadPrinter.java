package dev.antiphon.server.cli;

import dev.antiphon.flow.Dialog;
import dev.antiphon.flow.FlowDiff;
import dev.antiphon.server.reload.Reload;
import java.io.PrintWriter;

/** Tells on the terminal what became of changed classes and files. */
record ReloadPrinter(PrintWriter out, Ink ink) {

    /** Prints what became of a change; nothing when there was none. */
    void tell(Reload news) {
        switch (news) {
            case Reload.Unchanged same -> {}
            case Reload.Incomplete missing ->
                out.println(ink.dim("Waiting for a build: the class " + missing.className() + " is not there."));
            case Reload.Refused refused ->
                out.println(ink.red("Not reloaded, new calls stay with " + named(refused.stays()) + ": ")
                        + refused.reason());
            case Reload.Taken taken -> tell(taken);
        }
        out.flush();
    }

    private void tell(Reload.Taken taken) {
        FlowDiff diff = FlowDiff.between(taken.before(), taken.after());
        if (diff.isEmpty()) {
            out.println(ink.green("Reloaded ") + named(taken.after())
                    + ": only code or unused files changed. New calls run them.");
        } else {
            out.println(ink.green("Reloaded ") + ink.bold(named(taken.before()) + " -> " + named(taken.after()))
                    + ". New calls have it; calls in flight keep theirs.");
            diff.changes().forEach(change -> out.println("  " + change.sentence()));
        }
        if (!taken.stayed().isEmpty()) {
            out.println(ink.yellow("Stays as it was until the next start, because the back end uses it: ")
                    + String.join(", ", taken.stayed()));
        }
    }

    private static String named(Dialog dialog) {
        return dialog.name() + " " + dialog.version();
    }
}
