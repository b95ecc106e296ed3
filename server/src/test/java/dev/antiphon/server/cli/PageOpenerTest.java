package dev.antiphon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageOpenerTest {
    private static final URI PAGE = URI.create("http://127.0.0.1:8080/");

    @TempDir
    private Path folder;

    @Test
    void everySystemHasItsProgram() {
        assertThat(PageOpener.of("Linux").command()).containsExactly("xdg-open");
        assertThat(PageOpener.of("Mac OS X").command()).containsExactly("open");
        assertThat(PageOpener.of("Windows 11").command()).containsExactly("rundll32", "url.dll,FileProtocolHandler");
    }

    @Test
    void aProgramThatIsMissingOrFailsIsSaidSo() throws Exception {
        Path failing = Files.writeString(folder.resolve("failing"), "#!/bin/sh\n[ \"$1\" = " + PAGE + " ] && exit 3\n");
        Files.setPosixFilePermissions(failing, PosixFilePermissions.fromString("rwx------"));
        for (String program : List.of(folder.resolve("missing").toString(), failing.toString())) {
            CompletableFuture<String> told = new CompletableFuture<>();
            new PageOpener(List.of(program)).open(PAGE, () -> told.complete("impossible"));
            assertThat(told.get(20, TimeUnit.SECONDS)).isEqualTo("impossible");
        }
    }
}
