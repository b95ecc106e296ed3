package dev.antiphon.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callers are known again by a hash, and only with the key. */
class UnitKeyTest {
    @TempDir
    private Path folder;

    @Test
    void theHashIsHmacSha256() {
        // openssl dgst -sha256 -hmac kkkkkkkkkkkkkkkk
        assertThat(UnitKey.of("kkkkkkkkkkkkkkkk").apply("what do ya want for nothing?"))
                .isEqualTo("d57bdcd10ee81f49f9e805e7b8ce3916cdf5ed3c4378d87a239ad8fc4b120975");
    }

    @Test
    void aKeyIsMadeOnceForItsOwnersEyesOnly() throws IOException {
        Path file = folder.resolve("keys").resolve("unit.key");
        String first = UnitKey.keptIn(file).apply("Ada");

        assertThat(UnitKey.keptIn(file).apply("Ada")).isEqualTo(first).matches("[0-9a-f]{64}");
        assertThat(UnitKey.keptIn(file).apply("Ben")).isNotEqualTo(first);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(UnitKey.keptIn(folder.resolve("other.key")).apply("Ada")).isNotEqualTo(first);
    }

    @Test
    void whatIsNoKeyIsRefused() throws IOException {
        assertThatThrownBy(() -> UnitKey.of("short"))
                .hasMessage("the key of callers' hashes must have 16 characters or more, but has 5");
        Path file = Files.writeString(folder.resolve("unit.key"), "no key");
        assertThatThrownBy(() -> UnitKey.keptIn(file)).hasMessageContaining("must be hexadecimal");
        Files.writeString(file, "");
        assertThatThrownBy(() -> UnitKey.keptIn(file)).isInstanceOf(IllegalArgumentException.class);
    }
}
