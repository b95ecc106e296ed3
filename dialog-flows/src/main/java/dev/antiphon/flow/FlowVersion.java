package dev.antiphon.flow;

import dev.antiphon.flow.faq.Faq;
import dev.antiphon.flow.faq.FaqEntry;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The hash that pins a call to the flow it began with: two builds of the same source give the same. */
final class FlowVersion {
    private static final int BYTES = 6;
    private static final ReferenceQueue<Flow<?>> UNUSED = new ReferenceQueue<>();
    private static final Map<Hashed, String> KNOWN = new ConcurrentHashMap<>();

    private FlowVersion() {}

    /** That of a flow, which is hashed once. */
    static String of(Flow<?> flow) {
        for (Reference<?> gone = UNUSED.poll(); gone != null; gone = UNUSED.poll()) {
            KNOWN.remove(gone);
        }
        return KNOWN.computeIfAbsent(new Hashed(flow), first -> hashed(flow));
    }

    private static String hashed(Flow<?> flow) {
        return of(FlowSnapshot.of(flow), flow.faq().map(Faq::fingerprint).orElse(""));
    }

    /** A flow, for as long as it is used: the same one, not one that is equal. */
    private static final class Hashed extends WeakReference<Flow<?>> {
        private final int hash;

        private Hashed(Flow<?> flow) {
            super(flow, UNUSED);
            hash = System.identityHashCode(flow);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            Flow<?> flow = get();
            return this == other || flow != null && other instanceof Hashed hashed && hashed.refersTo(flow);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    static String of(FlowSnapshot flow) {
        return of(flow, flow.faq().isEmpty() ? "" : FaqEntry.fingerprint(flow.faq()));
    }

    private static String of(FlowSnapshot flow, String faq) {
        return hash(JsonMapper.shared().writeValueAsString(flow.withoutFaq()) + faq);
    }

    /** That of a dialog, from those of its flows. */
    static String of(String name, String goal, String greeting, List<String> flows) {
        return flows.size() == 1
                ? flows.getFirst()
                : hash(JsonMapper.shared().writeValueAsString(List.of(name, goal, greeting, flows)));
    }

    private static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform must have SHA-256", e);
        }
    }
}
