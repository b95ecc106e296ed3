package dev.antiphon.session;

import dev.antiphon.handover.HandoverPacket.Said;
import dev.antiphon.realtime.ContentPart;
import dev.antiphon.realtime.Item;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** One entry of a {@link CallHistory}. Pure. */
sealed interface HistoryEntry {

    /** The item's id on the line in use; empty for what that line was told as text without an id. */
    Optional<String> itemId();

    /** What it holds as audio, in tokens, estimated (protocol section 3); 0 when it is text. */
    int audioTokens();

    /** The same for a line that knows nothing of it: text items, roles kept; none when there are no words to tell. */
    List<Item> asText();

    /** The entry on a line that was told it as text. */
    HistoryEntry onNewLine();

    /** What was said with it, if anything was. */
    default Optional<Said> said() {
        return Optional.empty();
    }

    /** What {@link #asText} takes, in tokens, estimated. */
    default int textTokens() {
        return asText().stream().mapToInt(HistoryEntry::tokensOf).sum();
    }

    /** What the caller said. Words are empty until a transcript came. */
    record CallerTurn(Optional<String> itemId, Optional<String> words, int audioTokens) implements HistoryEntry {
        /** Whether it is not known what the caller said. */
        boolean unheard() {
            return words.filter(w -> !w.isBlank()).isEmpty();
        }

        @Override
        public List<Item> asText() {
            return words.filter(w -> !w.isBlank())
                    .<List<Item>>map(w -> List.of(Item.Message.user(w)))
                    .orElse(List.of());
        }

        @Override
        public Optional<Said> said() {
            return words.map(told -> new Said(true, told));
        }

        @Override
        public CallerTurn onNewLine() {
            return new CallerTurn(Optional.empty(), words, 0);
        }
    }

    /** What the caller typed or showed. */
    record TypedTurn(Optional<String> itemId, List<ContentPart> content) implements HistoryEntry {
        public TypedTurn {
            content = List.copyOf(content);
        }

        @Override
        public int audioTokens() {
            return 0;
        }

        @Override
        public List<Item> asText() {
            return List.of(new Item.Message(Optional.empty(), Item.Role.USER, Item.Status.COMPLETED, content));
        }

        @Override
        public Optional<Said> said() {
            String typed = content.stream()
                    .filter(ContentPart.InputText.class::isInstance)
                    .map(part -> ((ContentPart.InputText) part).text())
                    .collect(Collectors.joining(" "));
            return Optional.of(new Said(true, typed));
        }

        @Override
        public TypedTurn onNewLine() {
            return new TypedTurn(Optional.empty(), content);
        }
    }

    /**
     * What the agent said.
     *
     * @param words as generated
     * @param received how much speech was received; zero for text
     * @param heard how much of it was heard, when it was cut off
     */
    record AgentWords(Optional<String> itemId, String words, Duration received, Optional<Duration> heard)
            implements HistoryEntry {
        /** The words that were heard: cut in proportion to the played time, at the last whole word. */
        String heardWords() {
            if (heard.filter(h -> h.compareTo(received) < 0).isEmpty()) {
                return words;
            }
            int end = (int) (words.length() * heard.orElseThrow().toMillis() / Math.max(1, received.toMillis()));
            int space = words.lastIndexOf(' ', end);
            return words.substring(0, Math.max(0, end < words.length() ? space : end))
                    .stripTrailing();
        }

        @Override
        public int audioTokens() {
            return TokenEstimate.ofAgentAudio(heard.orElse(received));
        }

        @Override
        public List<Item> asText() {
            String told = heardWords();
            return told.isBlank() ? List.of() : List.of(Item.Message.assistant(told));
        }

        @Override
        public Optional<Said> said() {
            return Optional.of(new Said(false, heardWords()));
        }

        @Override
        public AgentWords onNewLine() {
            return new AgentWords(Optional.empty(), heardWords(), Duration.ZERO, Optional.empty());
        }
    }

    /** A function call with its output, once it has one; the two are never told apart from each other. */
    record ToolCall(Optional<String> itemId, String callId, String tool, String argumentsJson, Optional<String> output)
            implements HistoryEntry {
        @Override
        public int audioTokens() {
            return 0;
        }

        @Override
        public List<Item> asText() {
            List<Item> items = new ArrayList<>();
            items.add(new Item.FunctionCall(Optional.empty(), Item.Status.COMPLETED, callId, tool, argumentsJson));
            output.ifPresent(text -> items.add(new Item.FunctionCallOutput(Optional.empty(), callId, text)));
            return items;
        }

        @Override
        public ToolCall onNewLine() {
            return new ToolCall(Optional.empty(), callId, tool, argumentsJson, output);
        }
    }

    private static int tokensOf(Item item) {
        int characters = switch (item) {
            case Item.Message message ->
                message.content().stream().mapToInt(HistoryEntry::charactersOf).sum();
            case Item.FunctionCall call ->
                call.name().length() + call.argumentsJson().length();
            case Item.FunctionCallOutput output -> output.output().length();
            case Item ignored -> 0;
        };
        return TokenEstimate.ofText(characters);
    }

    private static int charactersOf(ContentPart part) {
        return switch (part) {
            case ContentPart.InputText text -> text.text().length();
            case ContentPart.OutputText text -> text.text().length();
            case ContentPart.InputImage ignored -> TokenEstimate.CHARACTERS_OF_A_PICTURE;
            case ContentPart ignored -> 0;
        };
    }
}
