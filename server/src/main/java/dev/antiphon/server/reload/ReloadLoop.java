package dev.antiphon.server.reload;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Makes a dialog anew whenever files changed and then none did for half a second, since a build writes many. Ends when its
 * {@link FileChanges} do. Owns the thread that runs it.
 *
 * @param folders what the dialog is loaded from, see {@link CodeSnapshot#of}
 * @param news hears what came of each attempt
 */
public record ReloadLoop(LiveDialog<?> dialog, List<Path> folders, FileChanges changes, Consumer<Reload> news)
        implements Runnable {
    static final Duration QUIET = Duration.ofMillis(500);

    public ReloadLoop {
        folders = List.copyOf(folders);
    }

    @Override
    public void run() {
        try {
            while (true) {
                changes.await();
                boolean more = true;
                while (more) {
                    more = changes.within(QUIET);
                }
                news.accept(attempt());
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private Reload attempt() {
        try {
            return dialog.reload(CodeSnapshot.of(folders));
        } catch (RuntimeException e) {
            return new Reload.Refused(dialog.shown(), String.valueOf(e.getMessage()));
        }
    }
}
