package dev.antiphon.server.reload;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the file system tells; a change that it does not tell is waited for until the time is up. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WatchedFoldersTest {
    @TempDir
    private Path root;

    @Test
    void aChangeInAFolderWithinIsTold() throws Exception {
        Path file = Files.writeString(
                Files.createDirectories(root.resolve("classes/a/b")).resolve("faq.md"), "old");
        try (WatchedFolders watched = WatchedFolders.of(List.of(root.resolve("classes")))) {
            Files.writeString(file, "new");
            watched.await();
        }
    }

    @Test
    void aFolderThatIsDeletedAndMadeAgainIsWatchedAgain() throws Exception {
        Path folder = root.resolve("target/classes");
        Files.createDirectories(folder);
        try (WatchedFolders watched = WatchedFolders.of(List.of(folder))) {
            Files.delete(folder);
            watched.await();
            Files.delete(root.resolve("target"));
            watched.await();
            Path again = Files.createDirectories(folder.resolve("a"));
            watched.await();
            quiet(watched);
            Files.writeString(again.resolve("faq.md"), "new");
            watched.await();
        }
    }

    @Test
    void whoWaitsWhenTheWatchEndsIsToldSo() throws IOException {
        WatchedFolders watched = WatchedFolders.of(List.of(root));
        watched.close();
        assertThatThrownBy(watched::await).isInstanceOf(InterruptedException.class);
        assertThatThrownBy(() -> watched.within(ReloadLoop.QUIET)).isInstanceOf(InterruptedException.class);
    }

    private static void quiet(WatchedFolders watched) throws InterruptedException {
        boolean more = true;
        while (more) {
            more = watched.within(ReloadLoop.QUIET);
        }
    }
}
