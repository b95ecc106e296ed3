package dev.antiphon.testkit.emulator;

import dev.antiphon.realtime.AudioFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** A message of speech: audio in pieces of 100 ms, each preceded by the words that it carries. */
final class SpokenPiece extends OutputPiece {
    private static final Duration PIECE = Duration.ofMillis(100);

    private final String[] words;
    private final byte[] audio;
    private final AudioFormat format;
    private long playedBytes;

    SpokenPiece(SessionContext context, Place place, StoredItem item, String text, AudioFormat format, byte[] audio) {
        super(context, place, item);
        this.words = Words.split(text);
        this.format = format;
        this.audio = audio;
    }

    @Override
    void opened() {
        sendPart("response.content_part.added");
        item().contentForWriting().addObject().put("type", "output_audio").put("transcript", "");
    }

    @Override
    List<Delta> deltas() {
        List<Delta> deltas = new ArrayList<>();
        int pieceBytes = format.bytesOf(PIECE);
        int pieces = (audio.length + pieceBytes - 1) / pieceBytes;
        int word = 0;
        for (int i = 0; i < pieces; i++) {
            int wordsUpTo = (int) Math.ceil((double) words.length * (i + 1) / pieces);
            for (; word < wordsUpTo; word++) {
                deltas.add(words(words[word]));
            }
            byte[] piece = Arrays.copyOfRange(audio, i * pieceBytes, Math.min(audio.length, (i + 1) * pieceBytes));
            deltas.add(sound(piece, i > 0));
        }
        for (; word < words.length; word++) {
            deltas.add(words(words[word]));
        }
        return deltas;
    }

    private Delta words(String word) {
        return new Delta(Duration.ZERO, word.length(), 0, () -> say(word));
    }

    private Delta sound(byte[] piece, boolean paced) {
        Duration length = format.durationOf(piece.length);
        Duration pause = paced ? context().profile().pauseBefore(length) : Duration.ZERO;
        return new Delta(pause, 0, length.toMillis(), () -> play(piece));
    }

    private void say(String word) {
        item().saidMore(word);
        context()
                .out()
                .send(content("response.output_audio_transcript.delta")
                        .put("delta", word)
                        .put("obfuscation", context().ids().obfuscation()));
    }

    private void play(byte[] piece) {
        long before = format.durationOf(playedBytes).toMillis();
        playedBytes += piece.length;
        item().playedMore(format.durationOf(playedBytes).toMillis() - before);
        context().session().assistantSpoke();
        context()
                .out()
                .send(content("response.output_audio.delta")
                        .put("delta", Base64.getEncoder().encodeToString(piece)));
    }

    @Override
    void closing() {
        String said = item().spoken();
        context().out().send(content("response.output_audio.done"));
        context().out().send(content("response.output_audio_transcript.done").put("transcript", said));
        sendPart("response.content_part.done");
        if (!item().truncated() && item().content().path(0) instanceof ObjectNode part) {
            part.put("transcript", said);
        }
    }

    private void sendPart(String type) {
        ObjectNode event = content(type);
        event.putObject("part").put("type", "audio").put("transcript", item().spoken());
        context().out().send(event);
    }

    private ObjectNode content(String type) {
        return event(type).put("content_index", 0);
    }
}
