/** Audio as samples: companding, sampling rates and the conversion between the formats of the Realtime protocol. */
@NullMarked
package dev.antiphon.audio;

import org.jspecify.annotations.NullMarked;
