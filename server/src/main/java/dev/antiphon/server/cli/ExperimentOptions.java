package dev.antiphon.server.cli;

import dev.antiphon.experiment.Assigner;
import dev.antiphon.server.ServerSettings;
import dev.antiphon.server.experiment.ExperimentFile;
import dev.antiphon.server.experiment.ExperimentProblem;
import dev.antiphon.server.experiment.ExperimentSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option that says in which experiments calls take part. */
final class ExperimentOptions {
    /** Where the key comes from by which callers are hashed: never from the command line, which others can read. */
    static final String SECRET = "ANTIPHON_EXPERIMENT_SECRET";

    private static final int KEY_BYTES = 32;

    @Option(
            names = "--experiments",
            paramLabel = "FILE",
            description = {
                "Experiments in YAML, see docs/experiments.md. None runs before 'experiment start' says so.",
                "Callers are hashed with " + SECRET + ", else with a key that is kept beside the database."
            })
    private Optional<Path> file = Optional.empty();

    /**
     * With the experiments.
     *
     * @param database the bot's file
     */
    ServerSettings applyTo(ServerSettings settings, Path database, Map<String, String> environment) {
        if (file.isEmpty()) {
            return settings;
        }
        try {
            return settings.withExperiments(
                    ExperimentSettings.inMemory(ExperimentFile.read(file.get()), assigner(database, environment)));
        } catch (ExperimentProblem e) {
            throw CliFailure.usage(String.valueOf(e.getMessage()), e);
        }
    }

    /** Whether there are any. */
    boolean isGiven() {
        return file.isPresent();
    }

    /** For people. */
    String description() {
        return file.map(path -> path + "; 'antiphon experiment list' shows them")
                .orElse("none");
    }

    static Assigner assigner(Path database, Map<String, String> environment) {
        Optional<String> given = Optional.ofNullable(environment.get(SECRET)).filter(value -> !value.isBlank());
        try {
            return new Assigner(given.orElseGet(() -> kept(keyFile(database))));
        } catch (IllegalArgumentException e) {
            throw CliFailure.usage(
                    (given.isPresent() ? SECRET : keyFile(database).toString()) + ": " + e.getMessage(), e);
        }
    }

    private static Path keyFile(Path database) {
        return database.resolveSibling(database.getFileName() + "-experiment-key");
    }

    /** Made once; another key would give callers other arms. */
    private static String kept(Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            if (!Files.exists(file)) {
                byte[] key = new byte[KEY_BYTES];
                new SecureRandom().nextBytes(key);
                create(file);
                Files.writeString(file, HexFormat.of().formatHex(key), StandardCharsets.US_ASCII);
            }
            return Files.readString(file, StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            throw CliFailure.failed("the key of experiments cannot be kept in " + file + ": " + e.getMessage(), e);
        }
    }

    private static void create(Path file) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ours = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try {
            Files.createFile(file, ours);
        } catch (FileAlreadyExistsException made) {
            throw new IOException("another process is making it just now; start again", made);
        }
    }
}
