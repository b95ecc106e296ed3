package dev.antiphon.tool;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method as a tool, see {@link Tools#of(Object)}. Its parameters are the arguments: records, strings, numbers, enums,
 * local dates and times, lists and maps; {@code Optional} ones may be left out. A method with one record as its only
 * parameter takes that record's components.
 *
 * <pre>
 * {@literal @}ToolFunction("Looks up free tables for a date and a party size.")
 * List&lt;LocalTime&gt; freeTables(
 *     {@literal @}ToolParam("the day wished for") LocalDate date, {@literal @}ToolParam("guests") {@literal @}Min(1) int partySize) { ... }
 * </pre>
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface ToolFunction {
    /** What it does and when to call it, for the model. */
    String value();

    /** As the model sees it; the method's own name when empty, which is the default. */
    String name() default "";
}
