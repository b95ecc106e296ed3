/** Tests of companding, resampling and conversion. */
@NullMarked
package dev.antiphon.audio;

import org.jspecify.annotations.NullMarked;
