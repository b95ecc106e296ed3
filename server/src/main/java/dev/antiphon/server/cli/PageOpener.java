package dev.antiphon.server.cli;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Opens a page in the person's browser, by the system's own program for that: the JVM runs without a display.
 *
 * @param command the program and its first arguments; the address follows
 */
record PageOpener(List<String> command) {
    PageOpener {
        command = List.copyOf(command);
    }

    static PageOpener ofThisMachine() {
        return of(System.getProperty("os.name", ""));
    }

    static PageOpener of(String system) {
        String name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("mac")) {
            return new PageOpener(List.of("open"));
        }
        return new PageOpener(
                name.startsWith("windows") ? List.of("rundll32", "url.dll,FileProtocolHandler") : List.of("xdg-open"));
    }

    /** Does not wait; {@code impossible} runs when there is no such program, or when it fails. */
    void open(URI page, Runnable impossible) {
        List<String> line = new ArrayList<>(command);
        line.add(page.toString());
        try {
            new ProcessBuilder(line)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .onExit()
                    .thenAccept(ended -> {
                        if (ended.exitValue() != 0) {
                            impossible.run();
                        }
                    });
        } catch (IOException e) {
            impossible.run();
        }
    }
}
