package dev.antiphon.testkit.emulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The arguments of a call, cut into deltas. */
final class ArgumentDeltas {
    private static final int CHARACTERS_PER_DELTA = 24;

    private ArgumentDeltas() {}

    /**
     * One delta for each piece of the arguments.
     *
     * @param pause before each
     * @param write sends a piece
     */
    static List<OutputPiece.Delta> of(String arguments, Duration pause, Consumer<String> write) {
        List<OutputPiece.Delta> deltas = new ArrayList<>();
        for (int at = 0; at < arguments.length(); at += CHARACTERS_PER_DELTA) {
            String part = arguments.substring(at, Math.min(arguments.length(), at + CHARACTERS_PER_DELTA));
            deltas.add(new OutputPiece.Delta(pause, part.length(), 0, () -> write.accept(part)));
        }
        return deltas;
    }
}
