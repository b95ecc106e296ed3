package dev.antiphon.server.gateway;

import dev.antiphon.session.VoiceSession;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * What a call's session cannot take yet, in order. The oldest audio is dropped beyond {@value #MAX_COMMANDS} commands or
 * {@value #MAX_AUDIO_CHARACTERS} characters of audio, counted; nothing else is ever dropped. Confined to one
 * {@link GatewayCall}.
 */
final class HeldCommands {
    static final int MAX_COMMANDS = 4_000;
    static final int MAX_AUDIO_CHARACTERS = 16 * 1024 * 1024;

    private final Deque<VoiceSession.Command> held = new ArrayDeque<>();
    private long audioCharacters;
    private long droppedAudio;

    boolean isEmpty() {
        return held.isEmpty();
    }

    /** How many pieces of audio were dropped. */
    long droppedAudio() {
        return droppedAudio;
    }

    /** Holds one more; false, and it is not held, when too many wait and none of them is audio. */
    boolean add(VoiceSession.Command command) {
        held.add(command);
        audioCharacters += audioCharacters(command);
        while (held.size() > MAX_COMMANDS || audioCharacters > MAX_AUDIO_CHARACTERS) {
            if (!dropOldestAudio()) {
                held.removeLast();
                return false;
            }
        }
        return true;
    }

    /** Everything that was held; it is then held no more. */
    List<VoiceSession.Command> take() {
        List<VoiceSession.Command> all = List.copyOf(held);
        clear();
        return all;
    }

    void clear() {
        held.clear();
        audioCharacters = 0;
    }

    private boolean dropOldestAudio() {
        for (Iterator<VoiceSession.Command> commands = held.iterator(); commands.hasNext(); ) {
            VoiceSession.Command command = commands.next();
            if (command instanceof VoiceSession.CallerAudio) {
                commands.remove();
                audioCharacters -= audioCharacters(command);
                droppedAudio++;
                return true;
            }
        }
        return false;
    }

    private static long audioCharacters(VoiceSession.Command command) {
        return command instanceof VoiceSession.CallerAudio audio ? audio.audio().textBytes() : 0;
    }
}
