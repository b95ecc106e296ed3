package dev.antiphon.tool;

/** A credential by which a {@link ToolSource} says who it is. Immutable; never prints what it holds. */
public sealed interface SourceCredential {

    /** {@code Authorization: Bearer TOKEN}. */
    record Bearer(Secret token) implements SourceCredential {}

    /** {@code Authorization: Basic …}. */
    record Basic(String user, Secret password) implements SourceCredential {}

    /** A header of this name. */
    record Header(String name, Secret value) implements SourceCredential {}

    /** A parameter of this name in the query of every address. */
    record Query(String name, Secret value) implements SourceCredential {}

    /** An environment variable of this name, for a process. */
    record Variable(String name, Secret value) implements SourceCredential {}
}
