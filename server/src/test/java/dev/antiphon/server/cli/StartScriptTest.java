package dev.antiphon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The start script in a folder of its own, with a Java that prints its arguments and a Maven that builds next to nothing. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class StartScriptTest {
    private static final Pattern COPY = Pattern.compile("antiphon-classes-clinic/([0-9-]+)/server");

    private static final Pattern AOT_CACHE =
            Pattern.compile("-XX:AOTCache=.*/target/antiphon-classes-clinic/[0-9-]+/start\\.aot");

    @TempDir
    private Path folder;

    private Path root = Path.of("");

    @BeforeEach
    void aFolderWithTheScript() throws IOException {
        root = Files.createDirectories(folder.toRealPath().resolve("checkout"));
        Files.copy(Path.of("..", "antiphon"), root.resolve("antiphon"));
        program(root.resolve("antiphon"), Files.readString(root.resolve("antiphon")));
        program(folder.resolve("jdk/bin/java"), "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        program(folder.resolve("jdk/bin/javac"), "#!/bin/sh\n");
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"21.0.1\"\n");
        program(folder.resolve("maven/bin/mvn"), """
                #!/bin/sh
                for module in framework-core tools tools-openapi tools-mcp dialog-flows testkit server samples/clinic; do
                  mkdir -p "$module/target/classes" "$module/src/main"
                  touch "$module/pom.xml"
                done
                touch pom.xml .m2.jar
                printf '%s\\n' "$@" >mvn.arguments
                printf '%s' "$PWD/server/target/classes:$PWD/samples/clinic/target/classes:$PWD/.m2.jar" \\
                  >samples/clinic/target/antiphon.classpath
                """);
    }

    @Test
    void librariesInsideTheCheckoutAreOnTheClassPathAndModulesOnce() throws Exception {
        String printed = start();
        assertThat(printed).contains(root + "/.m2.jar");
        assertThat(printed).doesNotContain("/server/target/classes");
        assertThat(printed.split("/target/antiphon-classes-clinic/[0-9-]+/server:", -1))
                .hasSize(2);
    }

    /** Those of tests are not for who starts a bot. */
    @Test
    void theLibrariesAreThoseThatRunningNeeds() throws Exception {
        start();
        assertThat(Files.readAllLines(root.resolve("mvn.arguments")))
                .contains("dependency:build-classpath", "-DincludeScope=runtime");
    }

    /** What runs keeps its classes when the next start builds anew, and old copies are forgotten. */
    @Test
    void everyBuildHasACopyOfItsClassesAndTheLatestAreKept() throws Exception {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 7; i++) {
            Files.deleteIfExists(root.resolve("target/antiphon-clinic.stamp"));
            Matcher copy = COPY.matcher(start());
            assertThat(copy.find()).isTrue();
            assertThat(seen.add(copy.group())).isTrue();
            assertThat(root.resolve("target/antiphon-classes-clinic")
                            .resolve(copy.group(1))
                            .resolve("server"))
                    .isDirectory();
        }
        try (Stream<Path> copies = Files.list(root.resolve("target/antiphon-classes-clinic"))) {
            assertThat(copies).hasSize(5);
        }
    }

    /** What runs is a copy, so it is told where the author's own files are. */
    @Test
    void reloadingLooksAtTheResourcesAndTheBuildOfTheApplication() throws Exception {
        assertThat(start("demo", "--reload", "--port", "0").lines())
                .containsSubsequence(
                        "demo",
                        "--reload=" + root + "/samples/clinic/src/main/resources:" + root
                                + "/samples/clinic/target/classes",
                        "--port",
                        "0");
        assertThat(start("demo", "--reload=classes").lines()).contains("--reload=classes");
    }

    /** Its rehearsal is run once, by the JDK that runs the bot. */
    @Test
    void aJdkThatCanKeepsAnArchiveOfAStartAndUsesIt() throws Exception {
        aJdk25(
                "for argument in \"$@\"; do case $argument in -XX:AOTCacheOutput=*) : >\"${argument#*=}\" ;; esac; done");

        assertThat(start())
                .contains("Preparing quick starts")
                .containsPattern(AOT_CACHE)
                .containsPattern("/target/antiphon-classes-clinic/[0-9-]+/server\\.jar:");
        assertThat(Files.readString(root.resolve("target/antiphon-build.log")))
                .contains("dev.antiphon.samples.clinic.ClinicApp\ncall\n");
    }

    @Test
    void aRehearsalThatFailsIsToldAndTheBotStartsWithoutAnArchive() throws Exception {
        aJdk25("case \"$*\" in *AOTCacheOutput*) exit 1 ;; esac");

        assertThat(start())
                .contains("the rehearsal failed, starts take a little longer", "ClinicApp")
                .doesNotContainPattern(AOT_CACHE);
    }

    @Test
    void anArchiveCanBeLeftOut() throws Exception {
        aJdk25("");

        assertThat(started(Map.of("ANTIPHON_ARCHIVE", "none"), "demo"))
                .contains("ClinicApp")
                .doesNotContain("Preparing")
                .doesNotContainPattern(AOT_CACHE);
    }

    private void aJdk25(String first) throws IOException {
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
        program(folder.resolve("jdk/bin/jar"), "#!/bin/sh\n: >\"$3\"\n");
        program(folder.resolve("jdk/bin/java"), "#!/bin/sh\n" + first + "\nprintf '%s\\n' \"$@\"\n");
    }

    @Test
    void aFolderThatCannotBeWrittenIsSaidSo() throws Exception {
        Files.writeString(root.resolve("target"), "a file in the way");
        assertThat(start()).contains("cannot write to " + root + "/target").doesNotContain("Another start");
    }

    @Test
    void aLockWithoutAnOwnerIsTakenOver() throws Exception {
        Files.createDirectories(root.resolve("target/antiphon-build.lock"));
        assertThat(start()).contains("lock " + root + "/target/antiphon-build.lock", "ClinicApp");
    }

    @Test
    void aLockOfAProcessWhoseNumberIsUsedAgainIsTakenOver() throws Exception {
        Path lock = Files.createDirectories(root.resolve("target/antiphon-build.lock"));
        Files.writeString(lock.resolve("pid"), ProcessHandle.current().pid() + "\nThu Jan  1 00:00:00 1970\n");
        assertThat(start()).doesNotContain("Another start").contains("ClinicApp");
    }

    private String start() throws IOException, InterruptedException {
        return start("demo");
    }

    private String start(String... arguments) throws IOException, InterruptedException {
        return started(Map.of(), arguments);
    }

    private String started(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(root.resolve("antiphon").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder script = new ProcessBuilder(command).redirectErrorStream(true);
        script.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        script.environment().put("MAVEN_HOME", folder.resolve("maven").toString());
        script.environment().putAll(environment);
        Process process = script.start();
        try {
            process.getOutputStream().close();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return printed;
        } finally {
            process.destroyForcibly();
        }
    }

    private static void program(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
