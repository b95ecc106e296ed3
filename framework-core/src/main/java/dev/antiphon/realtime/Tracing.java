package dev.antiphon.realtime;

import java.util.Optional;

/** Whether the provider keeps a trace of the session; cannot be changed once set (protocol section 7). */
public sealed interface Tracing {

    /** None. On the wire: {@code null}. */
    record Off() implements Tracing {}

    /** With the provider's defaults. */
    record Auto() implements Tracing {}

    /** Under these names, with this metadata as a JSON object. */
    record Workflow(Optional<String> name, Optional<String> groupId, Optional<RawJson> metadata) implements Tracing {}
}
