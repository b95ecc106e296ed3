package dev.antiphon.tool;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a component of an input or result record, or a parameter of a {@link ToolFunction}, whose value must not be kept: neither logs,
 * journals and consoles nor the words of a refusal or failure hold it. Only your code gets it. In the JSON Schema it is
 * {@code "writeOnly": true}, and a schema from elsewhere marks such members in the same way, or by {@code "format": "password"}.
 *
 * <p>On a component of a result record: the model gets the value, people who look at the answer see {@code ***}. So they do where an
 * answer repeats a sensitive argument.
 */
@Target({ElementType.FIELD, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
public @interface Sensitive {}
