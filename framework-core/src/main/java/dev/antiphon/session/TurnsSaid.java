package dev.antiphon.session;

import dev.antiphon.handover.HandoverPacket.Said;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What was said in one call, from its facts: the latest turns, each at its place also when its words come later. Personal data. Not
 * thread-safe.
 */
public final class TurnsSaid {
    private static final int LONGEST_TURN = 4_000;

    private final int most;
    private final SequencedMap<String, Said> said = new LinkedHashMap<>();

    /**
     * Nothing yet.
     *
     * @param most turns are kept, at least 1; of longer ones the first 4,000 characters
     */
    public TurnsSaid(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("most must be 1 or more, but was " + most);
        }
        this.most = most;
    }

    /** Takes a fact; those without words mean nothing here. */
    public void on(SessionEvent event) {
        if (event instanceof SessionEvent.CallerTurnTaken taken) {
            say("caller " + taken.itemId(), true, taken.text().orElse(""));
        } else if (event instanceof SessionEvent.CallerTranscribed transcribed) {
            say("caller " + transcribed.itemId(), true, transcribed.text());
        } else if (event instanceof SessionEvent.AgentSaid agent) {
            say("agent " + agent.utteranceId(), false, agent.text());
        }
    }

    private void say(String id, boolean byCaller, String words) {
        said.put(id, new Said(byCaller, words.length() <= LONGEST_TURN ? words : words.substring(0, LONGEST_TURN)));
        if (said.size() > most) {
            said.pollFirstEntry();
        }
    }

    /** The turns whose words are known, oldest first. */
    public List<Said> turns() {
        return said.values().stream().filter(turn -> !turn.words().isBlank()).toList();
    }
}
