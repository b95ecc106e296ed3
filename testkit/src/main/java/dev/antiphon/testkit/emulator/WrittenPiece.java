package dev.antiphon.testkit.emulator;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** A message of text. */
final class WrittenPiece extends OutputPiece {
    private final String text;

    WrittenPiece(SessionContext context, Place place, StoredItem item, String text) {
        super(context, place, item);
        this.text = text;
    }

    @Override
    void opened() {
        sendPart("response.content_part.added");
    }

    @Override
    List<Delta> deltas() {
        List<Delta> deltas = new ArrayList<>();
        for (String word : Words.split(text)) {
            deltas.add(new Delta(context().profile().perTextDelta(), word.length(), 0, () -> say(word)));
        }
        return deltas;
    }

    private void say(String word) {
        item().saidMore(word);
        context()
                .out()
                .send(content("response.output_text.delta")
                        .put("delta", word)
                        .put("obfuscation", context().ids().obfuscation()));
    }

    @Override
    void closing() {
        String said = item().spoken();
        context().out().send(content("response.output_text.done").put("text", said));
        sendPart("response.content_part.done");
        item().contentForWriting().addObject().put("type", "output_text").put("text", said);
    }

    private void sendPart(String type) {
        ObjectNode event = content(type);
        event.putObject("part").put("type", "text").put("text", item().spoken());
        context().out().send(event);
    }

    private ObjectNode content(String type) {
        return event(type).put("content_index", 0);
    }
}
