/** Where the spend of a server outlives its process. */
@NullMarked
package dev.antiphon.server.spend;

import org.jspecify.annotations.NullMarked;
