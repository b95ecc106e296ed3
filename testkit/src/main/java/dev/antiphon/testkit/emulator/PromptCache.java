package dev.antiphon.testkit.emulator;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;

/**
 * What the service has read of one session and still has cached: the prompts of its latest {@value #REMEMBERED} responses. A
 * response with instructions of its own does not push out what the others share. Not thread-safe.
 */
final class PromptCache {
    private static final int REMEMBERED = 8;

    private final Deque<Prompt> prompts = new ArrayDeque<>();

    void read(Prompt prompt) {
        prompts.addFirst(prompt);
        if (prompts.size() > REMEMBERED) {
            prompts.removeLast();
        }
    }

    /** The cached prompt that shares the longest beginning with this one. */
    Prompt closest(Prompt prompt) {
        return prompts.stream().max(Comparator.comparingLong(prompt::shared)).orElse(Prompt.nothing());
    }
}
