package dev.antiphon.realtime;

import java.time.Duration;
import java.util.Optional;

/**
 * What a client may send (protocol section 5). {@link #eventId()} is echoed in errors that the event causes.
 */
public sealed interface ClientEvent {

    /** The client's own id of this event, at most 512 characters. */
    Optional<String> eventId();

    /** Changes the session; answered by {@code session.updated} or an error, in which case nothing changed. */
    record SessionUpdate(Optional<String> eventId, SessionConfig session) implements ClientEvent {}

    /** Appends caller audio; not acknowledged. At most 15 MiB. */
    record AudioAppend(Optional<String> eventId, AudioPayload audio) implements ClientEvent {}

    /** Ends the caller's turn by hand; needs at least 100 ms of audio. */
    record AudioCommit(Optional<String> eventId) implements ClientEvent {}

    /** Drops the uncommitted caller audio. */
    record AudioClear(Optional<String> eventId) implements ClientEvent {}

    /** Adds an item; {@code previousItemId} empty appends, {@code root} inserts first. */
    record ItemCreate(Optional<String> eventId, Optional<String> previousItemId, Item item) implements ClientEvent {}

    /** Asks for an item as the server has it. */
    record ItemRetrieve(Optional<String> eventId, String itemId) implements ClientEvent {}

    /** Tells the server how much of a spoken item was heard. */
    record ItemTruncate(Optional<String> eventId, String itemId, int contentIndex, Duration audioEnd)
            implements ClientEvent {}

    /** Removes an item. */
    record ItemDelete(Optional<String> eventId, String itemId) implements ClientEvent {}

    /** Asks the model to answer. */
    record ResponseCreate(Optional<String> eventId, ResponseConfig response) implements ClientEvent {}

    /** Stops a response; without an id the active one. */
    record ResponseCancel(Optional<String> eventId, Optional<String> responseId) implements ClientEvent {}

    /** Drops unplayed output; on WebRTC and SIP only. */
    record OutputAudioClear(Optional<String> eventId) implements ClientEvent {}

    /** An event of a type this package does not model. */
    record Unknown(Optional<String> eventId, String type, RawJson raw) implements ClientEvent {}
}
