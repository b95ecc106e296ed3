package dev.antiphon.server.cli;

import java.io.Console;
import java.util.Optional;

/** Whether a person types. */
final class Terminal {
    private Terminal() {}

    /** Whether the input is a terminal; from Java 22 on a console is there also when it is none, and says so. */
    static boolean isTyped() {
        return Optional.ofNullable(System.console())
                .filter(Terminal::isTerminal)
                .isPresent();
    }

    private static boolean isTerminal(Console console) {
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (NoSuchMethodException olderJava) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
