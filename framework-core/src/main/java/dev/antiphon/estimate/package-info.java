/**
 * What calls cost and how many at once a provider allows, before they are made: from assumptions, or from what was measured. Pure;
 * every figure that comes from assumptions is an estimate.
 */
@NullMarked
package dev.antiphon.estimate;

import org.jspecify.annotations.NullMarked;
