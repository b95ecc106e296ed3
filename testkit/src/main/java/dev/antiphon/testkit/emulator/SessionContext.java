package dev.antiphon.testkit.emulator;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the parts of one emulated session share. Used on the session's timeline only.
 *
 * @param brainRandom the stream handed to the brain
 * @param timingRandom the stream of simulated jitter
 */
record SessionContext(
        EmulatorSettings settings,
        TierProfile profile,
        FaultScript faults,
        Timeline timeline,
        Ids ids,
        Outbox out,
        EffectiveSession session,
        Conversation conversation,
        String conversationId,
        RandomGenerator brainRandom,
        RandomGenerator timingRandom) {
    private static final Logger LOG = LoggerFactory.getLogger(SessionContext.class);

    /** Sends {@code conversation.item.added} or {@code .done} with the item's place in the chain. */
    void sendItemEvent(String type, StoredItem item) {
        ObjectNode event = out.event(type);
        Outbox.putOrNull(event, "previous_item_id", conversation.idBefore(item));
        event.set("item", item.shown());
        out.send(event);
    }

    /** Sends both item events of an item that is complete at once. */
    void sendWholeItem(StoredItem item) {
        sendItemEvent("conversation.item.added", item);
        sendItemEvent("conversation.item.done", item);
    }

    /**
     * The words of a caller's audio: empty text when nobody speaks in it, absent when they are not understood. A recognizer that
     * fails has understood nothing.
     */
    Optional<String> recognized(short[] samples) {
        double threshold = session.turnTaking().map(TurnTaking::threshold).orElse(TurnTaking.USUAL_THRESHOLD);
        if (VoiceActivity.silent(samples, threshold)) {
            return Optional.of("");
        }
        try {
            return settings.recognizer().recognize(AudioCodec.bytes(samples));
        } catch (RuntimeException failure) {
            LOG.warn("The recognizer failed; the turn counts as not understood", failure);
            return Optional.empty();
        }
    }

    /** Time to the first output of one response. */
    Duration toFirstOutput() {
        long jitter = profile.jitter().toNanos();
        return jitter == 0 ? profile.toFirstOutput() : profile.toFirstOutput().plusNanos(timingRandom.nextLong(jitter));
    }
}
