package dev.antiphon.server.cli;

import dev.antiphon.server.Bot;
import dev.antiphon.server.reload.CodeFolders;
import dev.antiphon.server.reload.CodeSnapshot;
import dev.antiphon.server.reload.LiveDialog;
import dev.antiphon.server.reload.Reload;
import dev.antiphon.server.reload.ReloadLoop;
import dev.antiphon.server.reload.WatchedFolders;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** What {@code demo --reload} watches. */
final class Reloading {
    private final LiveDialog<?> dialog;
    private final List<Path> folders;
    private final ReloadPrinter printer;

    private Reloading(LiveDialog<?> dialog, List<Path> folders, ReloadPrinter printer) {
        this.dialog = dialog;
        this.folders = folders;
        this.printer = printer;
    }

    /**
     * Loads the dialog of a bot once from these folders, so that what cannot work is known at the start.
     *
     * @param listed folders divided as class paths are; blank for those of the class path
     * @throws CliFailure when the bot, or the folders, cannot be reloaded
     */
    static Reloading of(Bot bot, String listed, ReloadPrinter printer) {
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
        return new Reloading(dialog, folders, printer);
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
        ReloadLoop loop = new ReloadLoop(dialog, folders, WatchedFolders.of(folders), printer::tell);
        Thread.ofPlatform().name("reload").daemon().start(loop);
    }
}
