package dev.antiphon.server.reload;

import dev.antiphon.flow.Flow;
import dev.antiphon.session.Conversation;
import dev.antiphon.testkit.bed.TestBed;
import dev.antiphon.tool.ToolDispatcher;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The folders that hold an application's own classes and files. */
public final class CodeFolders {
    private CodeFolders() {}

    /** The folders on the class path of this program, without those of Antiphon itself; jars do not change. */
    public static List<Path> ofThisProgram() {
        Set<Path> ours = Stream.of(
                        CodeFolders.class, Flow.class, Conversation.class, ToolDispatcher.class, TestBed.class)
                .flatMap(type -> origin(type).stream())
                .collect(Collectors.toSet());
        return listed(System.getProperty("java.class.path", "")).stream()
                .filter(Files::isDirectory)
                .filter(folder -> !ours.contains(folder))
                .toList();
    }

    /** Folders in one text, divided as class paths are: with {@code :}, on Windows with {@code ;}. */
    public static List<Path> listed(String folders) {
        return Arrays.stream(folders.split(File.pathSeparator, -1))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder).toAbsolutePath().normalize())
                .toList();
    }

    private static Optional<Path> origin(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        try {
            return source == null || source.getLocation() == null
                    ? Optional.empty()
                    : Optional.of(Path.of(source.getLocation().toURI()).normalize());
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
