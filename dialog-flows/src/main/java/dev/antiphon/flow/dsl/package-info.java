/** The words of the flow language, to be imported statically. */
@NullMarked
package dev.antiphon.flow.dsl;

import org.jspecify.annotations.NullMarked;
