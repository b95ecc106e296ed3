/** Tests of reloading. */
@NullMarked
package dev.antiphon.server.reload;

import org.jspecify.annotations.NullMarked;
