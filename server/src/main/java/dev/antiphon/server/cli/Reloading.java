package dev.antiphon.server.cli;

import dev.antiphon.flow.Dialog;
import dev.antiphon.flow.FlowDiff;
import dev.antiphon.server.Bot;
import dev.antiphon.server.reload.CodeFolders;
import dev.antiphon.server.reload.CodeSnapshot;
import dev.antiphon.server.reload.LiveDialog;
import dev.antiphon.server.reload.Reload;
import dev.antiphon.server.reload.ReloadLoop;
import dev.antiphon.server.reload.WatchedFolders;
import java.io.File;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** What {@code demo --reload} watches, and how it tells what became of a change. */
final class Reloading {
    private final LiveDialog<?> dialog;
    private final List<Path> folders;
    private final PrintWriter out;
    private final Ink ink;

    private Reloading(LiveDialog<?> dialog, List<Path> folders, PrintWriter out, Ink ink) {
        this.dialog = dialog;
        this.folders = folders;
        this.out = out;
        this.ink = ink;
    }

    /**
     * Loads the dialog of a bot once from these folders, so that what cannot work is known at the start.
     *
     * @param listed folders divided as class paths are; blank for those of the class path
     * @throws CliFailure when the bot, or the folders, cannot be reloaded
     */
    static Reloading of(Bot bot, String listed, PrintWriter out, Ink ink) {
        LiveDialog<?> dialog = bot.live()
                .orElseThrow(() -> CliFailure.usage(
                        "--reload needs a bot made by Bot.reloadable, but '" + bot.name() + "' is not"));
        List<Path> folders = listed.isBlank() ? CodeFolders.ofThisProgram() : CodeFolders.listed(listed);
        if (folders.isEmpty()) {
            throw CliFailure.usage(
                    "--reload needs folders on the class path, but there are only jars and Antiphon's own;"
                            + " name some: --reload=target/classes");
        }
        switch (dialog.reload(CodeSnapshot.of(folders))) {
            case Reload.Refused refused -> throw CliFailure.failed("--reload: " + refused.reason());
            case Reload.Incomplete missing ->
                throw CliFailure.failed("--reload: the class " + missing.className() + " must be in one of "
                        + joined(folders) + ", but is not; build it, or name its folder");
            case Reload.Unchanged same -> {}
            case Reload.Taken taken -> {}
        }
        return new Reloading(dialog, folders, out, ink);
    }

    /** What is watched. */
    String description() {
        return joined(folders);
    }

    private static String joined(List<Path> folders) {
        return folders.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /** Watches until the program ends. */
    void start() {
        ReloadLoop loop = new ReloadLoop(dialog, folders, WatchedFolders.of(folders), this::tell);
        Thread.ofPlatform().name("reload").daemon().start(loop);
    }

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
