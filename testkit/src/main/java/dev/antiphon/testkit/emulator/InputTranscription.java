package dev.antiphon.testkit.emulator;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Tells the client, some time after the commit, what the caller said; honest when it was not understood. */
final class InputTranscription {
    /** These report the length of the audio, the others tokens (protocol sections 8 and 16). */
    private static final Set<String> PRICED_PER_MINUTE = Set.of("whisper-1", "gpt-realtime-whisper", "gpt-transcribe");

    private static final String EVENT = "conversation.item.input_audio_transcription.";

    private final SessionContext context;

    InputTranscription(SessionContext context) {
        this.context = context;
    }

    /** Starts the transcription of a committed item, if the session wants one. */
    void begin(StoredItem item) {
        if (context.session().transcribesInput()) {
            String model = context.session().transcriptionModel();
            Duration late = context.faults()
                    .first(Fault.LateTranscription.class)
                    .map(Fault.LateTranscription::by)
                    .orElse(Duration.ZERO);
            context.timeline().schedule(context.profile().transcription().plus(late), () -> finish(item, model));
        }
    }

    private void finish(StoredItem item, String model) {
        if (context.conversation().contains(item)) {
            Optional<String> words =
                    context.faults().first(Fault.FailTranscription.class).isPresent()
                            ? Optional.empty()
                            : item.callerWords();
            words.ifPresentOrElse(heard -> complete(item, heard, model), () -> fail(item));
        }
    }

    private void complete(StoredItem item, String words, String model) {
        boolean whisper = model.equals("whisper-1");
        boolean perMinute = PRICED_PER_MINUTE.contains(model);
        for (String delta : whisper && !words.isEmpty() ? new String[] {words} : Words.split(words)) {
            context.out()
                    .send(event("delta", item)
                            .put("delta", delta)
                            .put("obfuscation", context.ids().obfuscation()));
        }
        if (item.content().path(0) instanceof ObjectNode part) {
            part.put("transcript", words);
        }
        ObjectNode event = event("completed", item).put("transcript", words);
        ObjectNode usage = event.putObject("usage");
        if (perMinute) {
            usage.put("type", "duration").put("seconds", item.callerMs() / 1000.0);
        } else {
            fillTokens(usage, item, words);
        }
        context.out().send(event);
    }

    private static void fillTokens(ObjectNode usage, StoredItem item, String words) {
        long audio = Tokens.ofCallerAudio(item.callerMs());
        long text = Tokens.ofText(words);
        usage.put("type", "tokens").put("total_tokens", audio + text).put("input_tokens", audio);
        usage.putObject("input_token_details").put("text_tokens", 0).put("audio_tokens", audio);
        usage.put("output_tokens", text);
    }

    private void fail(StoredItem item) {
        ObjectNode event = event("failed", item);
        ObjectNode error =
                event.putObject("error").put("type", "transcription_error").put("code", "audio_unintelligible");
        error.put(
                "message",
                "The audio could not be transcribed. The emulator understands only speech whose words were registered.");
        error.putNull("param");
        context.out().send(event);
    }

    private ObjectNode event(String kind, StoredItem item) {
        return context.out().event(EVENT + kind).put("item_id", item.id()).put("content_index", 0);
    }
}
