package dev.antiphon.server.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A command in one text as its words: divided by blanks, except between quotes. */
final class CommandWords {
    private final List<String> words = new ArrayList<>();
    private Optional<StringBuilder> word = Optional.empty();
    private Optional<Character> quote = Optional.empty();

    private CommandWords() {}

    static List<String> of(String command) {
        CommandWords read = new CommandWords();
        command.chars().forEach(c -> read.take((char) c));
        if (read.quote.isPresent()) {
            throw CliFailure.usage("a quote is open at the end of: " + command);
        }
        read.endWord();
        return List.copyOf(read.words);
    }

    private void take(char c) {
        if (quote.isPresent()) {
            if (quote.get() == c) {
                quote = Optional.empty();
            } else {
                append(c);
            }
        } else if (c == '"' || c == '\'') {
            quote = Optional.of(c);
            word = Optional.of(word.orElseGet(StringBuilder::new));
        } else if (Character.isWhitespace(c)) {
            endWord();
        } else {
            append(c);
        }
    }

    private void append(char c) {
        StringBuilder open = word.orElseGet(StringBuilder::new);
        open.append(c);
        word = Optional.of(open);
    }

    private void endWord() {
        word.map(StringBuilder::toString).ifPresent(words::add);
        word = Optional.empty();
    }
}
