package dev.antiphon.server.reload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Changes in folders and those in them, told by the file system. A folder may be deleted and made again, as clean builds do: then
 * the nearest folder above it that is there is watched, too, so that a change may be told that is none.
 */
public final class WatchedFolders implements FileChanges, AutoCloseable {
    private final List<Path> folders;
    private final WatchService service;

    private WatchedFolders(List<Path> folders, WatchService service) {
        this.folders = folders;
        this.service = service;
    }

    /**
     * Watches from now on.
     *
     * @throws UncheckedIOException when the file system cannot tell
     */
    @SuppressWarnings("resource") // Closed with what is returned.
    public static WatchedFolders of(List<Path> folders) {
        try {
            List<Path> absolute = folders.stream().map(Path::toAbsolutePath).toList();
            WatchedFolders watched = new WatchedFolders(
                    absolute, absolute.getFirst().getFileSystem().newWatchService());
            watched.register();
            return watched;
        } catch (IOException e) {
            throw new UncheckedIOException("the folders " + folders + " cannot be watched: " + e, e);
        }
    }

    @Override
    public void await() throws InterruptedException {
        try {
            told(service.take());
        } catch (ClosedWatchServiceException closed) {
            throw ended();
        }
    }

    @Override
    public boolean within(Duration limit) throws InterruptedException {
        try {
            WatchKey key = service.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (key != null) {
                told(key);
            }
            return key != null;
        } catch (ClosedWatchServiceException closed) {
            throw ended();
        }
    }

    private static InterruptedException ended() {
        return new InterruptedException("the folders are not watched any more");
    }

    /** New folders must be watched before the next news; what they hold already is read with everything else. */
    private void told(WatchKey key) {
        key.pollEvents();
        key.reset();
        try {
            register();
        } catch (IOException e) {
            throw new UncheckedIOException("the folders " + folders + " cannot be watched any more: " + e, e);
        }
    }

    private void register() throws IOException {
        for (Path folder : folders) {
            Path above = folder;
            // The folder may be made while the one above it is registered.
            do {
                above = nearestAbove(folder);
                watch(above);
            } while (!above.equals(nearestAbove(folder)));
            registerAll(folder);
        }
    }

    private static Path nearestAbove(Path folder) {
        Path above = folder;
        do {
            Path parent = above.getParent();
            if (parent == null) {
                return above;
            }
            above = parent;
        } while (!Files.isDirectory(above));
        return above;
    }

    private void registerAll(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) throws IOException {
                watch(visited);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException gone) {
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private void watch(Path folder) throws IOException {
        try {
            folder.register(
                    service,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
        } catch (NoSuchFileException | NotDirectoryException gone) {
            // Deleted since it was listed: the folder above it tells that.
            return;
        }
    }

    @Override
    public void close() {
        try {
            service.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the watch of " + folders + " must end, but does not", e);
        }
    }
}
