/** Typed tools: records in and out, schema from the record, policy per tool, and the supervised pool that runs them. */
@NullMarked
package dev.antiphon.tool;

import org.jspecify.annotations.NullMarked;
