package dev.antiphon.flow;

/** A template that has not one value for each of its gaps. */
final class TemplateMismatch extends IllegalArgumentException {
    TemplateMismatch(String rule) {
        super(rule);
    }
}
