package dev.antiphon.flow;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an author's code words for values that are made up. */
sealed interface SayingTrial {
    /** These words. */
    record Said(Saying words) implements SayingTrial {}

    /** {@code null}. */
    record Nothing() implements SayingTrial {}

    /** A template that does not fit its values, whatever they are. */
    record Misfit(String rule) implements SayingTrial {}

    /** No values can be made up that would do. */
    record Unknown() implements SayingTrial {}

    /**
     * Tries the code. The second value, that of the last effect, is of the type that {@link SuccessWords} have at their place; where that
     * is not known, it is a text, and code that needs another type is {@link Unknown}.
     */
    static <R> SayingTrial of(BiFunction<R, Object, Saying> words, Class<R> resultType, MadeUp values) {
        Optional<R> result = values.of(resultType).map(resultType::cast);
        Optional<Object> last =
                LambdaTypes.parameter(words, 1).map(values::of).orElseGet(() -> values.of(String.class));
        if (result.isEmpty() || last.isEmpty()) {
            return new Unknown();
        }
        try {
            return of(words.apply(result.get(), last.get()));
        } catch (TemplateMismatch misfit) {
            return new Misfit(rule(misfit));
        } catch (RuntimeException otherTypeOrNeedsMore) {
            return new Unknown();
        }
    }

    /**
     * What is wrong with the code, whatever the values are, as a sentence; empty when nothing is, or nothing can be known.
     *
     * @param part the method that was given the code, for example {@code confirm}
     */
    static <R> Optional<String> problem(String part, BiFunction<R, Object, Saying> words, Class<R> resultType) {
        SayingTrial one = of(words, resultType, MadeUp.ONE);
        SayingTrial other = of(words, resultType, MadeUp.OTHER);
        return Stream.of(one, other)
                .flatMap(trial -> trial instanceof Misfit misfit ? Stream.of(misfit.rule()) : Stream.empty())
                .findFirst()
                .map(rule -> "say(...) in " + part + "(...) must have as many values as gaps {}: " + rule)
                .or(() -> one instanceof Nothing && other instanceof Nothing
                        ? Optional.of(mustGiveWords(part, "null"))
                        : Optional.empty())
                .or(() -> isBlank(one) && isBlank(other)
                        ? Optional.of(mustGiveWords(part, "blank ones"))
                        : Optional.empty());
    }

    private static String mustGiveWords(String part, String gives) {
        return part + "(...) must give words, for example say(\"...\"), but gives " + gives;
    }

    private static boolean isBlank(SayingTrial trial) {
        return trial instanceof Said said
                && switch (said.words()) {
                    case Utterance utterance -> utterance.text().isBlank();
                    case Saying.Template template -> template.template().isBlank();
                };
    }

    private static SayingTrial of(@Nullable Saying words) {
        return words == null ? new Nothing() : new Said(words);
    }

    private static String rule(TemplateMismatch misfit) {
        return String.valueOf(misfit.getMessage());
    }
}
