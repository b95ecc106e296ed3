package dev.antiphon.aftercall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where letters are kept. */
class LetterFolderTest {
    private static final AfterCallTask CRM = AfterCallTask.of("crm", (call, key) -> {});

    @TempDir
    private Path folder;

    private static Letter letter(String call) {
        return Letter.of(CRM, Packets.of(call));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.endsWith(".lock")).toList();
        }
    }

    @Test
    void aLetterIsFoundReplacedAndRemoved() throws IOException {
        try (LetterFolder box = LetterFolder.at(folder)) {
            Letter first = letter("sess_1");
            box.keep(first);
            box.keep(letter("sess/../2"));
            Letter failed = first.failed("busy", Instant.parse("2026-11-20T11:00:00Z"));
            box.keep(failed);
            assertThat(box.find("sess_1:crm")).contains(failed);
            assertThat(box.find("sess_1-crm")).isEmpty();
            assertThat(box.all()).containsExactly(letter("sess/../2"), failed);
            assertThat(files()).hasSize(2);
            box.remove("sess_1:crm");
            box.remove("sess_1:crm");
            assertThat(box.all()).containsExactly(letter("sess/../2"));
        }
    }

    @Test
    void anotherProcessFindsWhatThisOneHasLeftButNotAtTheSameTime() throws IOException {
        LetterFolder first = LetterFolder.at(folder);
        first.keep(letter("sess_1"));
        assertThatThrownBy(() -> LetterFolder.at(folder))
                .isInstanceOf(UnusableFolder.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("another process has it");
        first.close();
        try (LetterFolder second = LetterFolder.at(folder)) {
            assertThat(second.all()).containsExactly(letter("sess_1"));
            assertThat(second.isLasting()).isTrue();
        }
    }

    @Test
    void onlyTheOwnerReadsWhatCallersSaid() throws IOException {
        try (LetterFolder box = LetterFolder.at(folder.resolve("new/letters"))) {
            box.keep(letter("sess_1"));
            Path made = folder.resolve("new/letters");
            assertThat(Files.getPosixFilePermissions(made))
                    .containsExactlyInAnyOrder(
                            PosixFilePermission.OWNER_READ,
                            PosixFilePermission.OWNER_WRITE,
                            PosixFilePermission.OWNER_EXECUTE);
            try (Stream<Path> files = Files.list(made)) {
                for (Path file :
                        files.filter(each -> each.toString().endsWith(".json")).toList()) {
                    assertThat(Files.getPosixFilePermissions(file))
                            .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
                }
            }
        }
    }

    @Test
    void whatIsNoLetterIsPassedOverAndStays() throws IOException {
        Files.writeString(folder.resolve("notes.json"), "{}");
        Files.writeString(folder.resolve("readme.txt"), "x");
        Files.createDirectory(folder.resolve("more.json"));
        try (LetterFolder box = LetterFolder.at(folder)) {
            assertThat(box.all()).isEmpty();
        }
        assertThat(folder.resolve("notes.json")).exists();
    }

    @Test
    void aFolderThatIsAFileCannotBeUsed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> LetterFolder.at(file))
                .isInstanceOf(UnusableFolder.class)
                .hasMessageEndingWith("nothing can be kept there");
    }

    @Test
    void aShelfForgetsTheOldestDeadLettersOnly() {
        LetterShelf shelf = new LetterShelf();
        shelf.keep(letter("pending"));
        for (int i = 0; i <= LetterShelf.MOST_DEAD; i++) {
            shelf.keep(letter("sess_" + i).dead());
        }
        assertThat(shelf.all()).hasSize(LetterShelf.MOST_DEAD + 1);
        assertThat(shelf.find("sess_0:crm")).isEmpty();
        assertThat(shelf.find("pending:crm")).isPresent();
        assertThat(shelf.isLasting()).isFalse();
        shelf.keep(letter("sess_1"));
        assertThat(shelf.find("sess_1:crm")).map(Letter::state).contains(Letter.State.PENDING);
    }
}
