package dev.antiphon.tool;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes a parameter of a {@link ToolFunction}, or a component of an input record, to the model. */
@Target({ElementType.PARAMETER, ElementType.FIELD})
@Retention(RetentionPolicy.RUNTIME)
public @interface ToolParam {
    /** What it means, for the model. */
    String value();

    /**
     * The name of a method's parameter as the model sees it; its name in the code when empty, which is the default and needs
     * classes that were compiled with {@code -parameters}. Components of records are renamed by {@code @JsonProperty}.
     */
    String name() default "";
}
