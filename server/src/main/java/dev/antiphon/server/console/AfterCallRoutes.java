package dev.antiphon.server.console;

import dev.antiphon.aftercall.AfterCallLoad;
import dev.antiphon.aftercall.AfterCallSettings;
import dev.antiphon.aftercall.AfterCalls;
import dev.antiphon.aftercall.Letter;
import dev.antiphon.aftercall.LetterJson;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code GET /v1/after-call}: what tasks after calls are doing, and the letters that are kept; {@code GET /v1/after-call/{key}}: one of
 * them with its packet; {@code POST /v1/after-call/{key}/retry} and {@code POST /v1/after-call/retry}: a dead letter, or all of them, are
 * tried again. Thread-safe; blocks. Who may ask is decided before.
 */
final class AfterCallRoutes {
    static final String PATH = "/v1/after-call";

    private static final int MOST_LETTERS = 200;
    private static final String RETRY = PATH + "/retry";
    private static final Pattern RETRY_ONE = Pattern.compile(PATH + "/([^/]{1,300})/retry");
    private static final Pattern ONE = Pattern.compile(PATH + "/([^/]{1,300})");

    private final AfterCalls calls;
    private final AfterCallSettings settings;

    AfterCallRoutes(AfterCalls calls, AfterCallSettings settings) {
        this.calls = calls;
        this.settings = settings;
    }

    /** What came of asking. */
    record Answer(int status, ObjectNode body) {}

    Answer answer(String method, String path) {
        boolean changes = path.endsWith("/retry");
        String wanted = changes ? "POST" : "GET";
        if (!method.equals(wanted)) {
            return refused(405, "Use " + wanted + " for " + path + ".");
        }
        if (path.equals(PATH)) {
            return new Answer(200, overview());
        }
        if (path.equals(RETRY)) {
            return new Answer(200, node().put("retried", retryAll()));
        }
        Matcher one = (changes ? RETRY_ONE : ONE).matcher(path);
        return one.matches()
                ? changes ? retry(one.group(1)) : letter(one.group(1))
                : refused(404, "There is nothing at " + path + ".");
    }

    private ObjectNode overview() {
        AfterCallLoad load = calls.load();
        ObjectNode node = node();
        ArrayNode tasks = node.putArray("tasks");
        load.tasks()
                .forEach((name, counts) -> tasks.addObject()
                        .put("name", name)
                        .put("done", counts.done())
                        .put("retried", counts.retried())
                        .put("dead", counts.dead()));
        node.put("running", load.running())
                .put("may_run", settings.maxRunning())
                .put("waiting", load.waiting())
                .put("may_wait", settings.maxWaiting())
                .put("lasting", calls.isLasting());
        List<Letter> kept = calls.letters();
        node.put("dead_letters", kept.stream().filter(AfterCallRoutes::isDead).count())
                .put(
                        "pending_letters",
                        kept.stream().filter(letter -> !isDead(letter)).count());
        ArrayNode letters = node.putArray("letters");
        kept.stream()
                .sorted(Comparator.comparing(AfterCallRoutes::isDead)
                        .thenComparing(Letter::since)
                        .reversed())
                .limit(MOST_LETTERS)
                .forEach(letter -> letters.add(LetterJson.summary(letter)));
        return node;
    }

    private static boolean isDead(Letter letter) {
        return letter.state() == Letter.State.DEAD;
    }

    private Answer letter(String key) {
        Optional<Letter> found = calls.letter(key);
        return found.map(letter -> new Answer(200, LetterJson.whole(letter)))
                .orElseGet(() -> refused(404, "There is no letter '" + key + "': it was delivered, or never was."));
    }

    private int retryAll() {
        return (int) calls.letters().stream()
                .filter(AfterCallRoutes::isDead)
                .filter(letter -> calls.retry(letter.key()) == AfterCalls.Retry.STARTED)
                .count();
    }

    private Answer retry(String key) {
        return switch (calls.retry(key)) {
            case STARTED -> new Answer(200, node().put("retried", 1));
            case NOT_DEAD ->
                refused(
                        409,
                        calls.letter(key).isPresent()
                                ? "The letter '" + key + "' is not dead: it is being tried."
                                : "There is no letter '" + key + "': it was delivered, or never was.");
            case NO_SUCH_TASK -> refused(409, "The task of this letter is not declared here any more.");
        };
    }

    private static Answer refused(int status, String message) {
        ObjectNode body = node();
        body.putObject("error").put("message", message);
        return new Answer(status, body);
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }
}
