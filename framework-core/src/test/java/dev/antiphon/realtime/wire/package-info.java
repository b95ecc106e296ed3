/** Contract tests of the wire dialects against the provider's schema and examples, and their properties. */
@NullMarked
package dev.antiphon.realtime.wire;

import org.jspecify.annotations.NullMarked;
