package dev.antiphon.testkit.junit;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Programs for Node.js that tests need. Without them a test cannot run: that is told and the test is left out on a developer's
 * machine, and it is an error where the environment variable {@code CI} is {@code true}.
 */
public final class NodeModules {
    private NodeModules() {}

    /** Needs Node.js and what {@code npm ci} installs in this folder; returns where it is installed. */
    public static Path in(Path folder) {
        Path modules = folder.resolve("node_modules").toAbsolutePath().normalize();
        need(isInstalled(), "Node.js is missing. Install it, for example with: apt-get install nodejs npm");
        need(Files.isDirectory(modules), modules + " is missing. Run: npm ci --prefix " + modules.getParent());
        return modules;
    }

    private static void need(boolean there, String otherwise) {
        if (!there && "true".equals(System.getenv("CI"))) {
            fail(otherwise);
        }
        assumeTrue(there, otherwise);
    }

    private static boolean isInstalled() {
        try {
            Process node = new ProcessBuilder("node", "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return node.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
