/** Tests of the module as a whole. */
@NullMarked
package dev.antiphon;

import org.jspecify.annotations.NullMarked;
