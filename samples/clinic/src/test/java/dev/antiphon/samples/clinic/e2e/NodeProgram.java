package dev.antiphon.samples.clinic.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.testkit.junit.NodeModules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The test's programs for Node.js. */
final class NodeProgram {
    private static final Path PROGRAMS = Path.of("src/test/node");
    private static final int SECONDS = 45;

    private NodeProgram() {}

    /** Without Node.js and the clients these tests cannot run, see {@link NodeModules}. */
    static void need() {
        NodeModules.in(PROGRAMS);
    }

    /** Runs a program to its end, which must be a good one, and reads the line that it prints. It trusts this certificate. */
    static JsonNode run(String program, Path certificate, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("node", program));
        command.addAll(arguments);
        Path complaints = Files.createTempFile("node", ".err");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(PROGRAMS.toFile()).redirectError(complaints.toFile());
        builder.environment().put("NODE_EXTRA_CA_CERTS", certificate.toString());
        Process node = builder.start();
        try {
            String out = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean ended = node.waitFor(SECONDS, TimeUnit.SECONDS);
            String about = out + Files.readString(complaints);
            assertThat(ended).as(about).isTrue();
            assertThat(node.exitValue()).as(about).isZero();
            return new JsonMapper().readTree(out);
        } finally {
            node.destroyForcibly();
            Files.delete(complaints);
        }
    }
}
