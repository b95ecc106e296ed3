/** The operator's console: figures, controls and single calls on a port of its own, behind a login. */
@NullMarked
package dev.antiphon.server.operator;

import org.jspecify.annotations.NullMarked;
