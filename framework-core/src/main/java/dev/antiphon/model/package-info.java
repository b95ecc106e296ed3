/** The catalogue as dated data: models, providers, prices, tiers. Pure. */
@NullMarked
package dev.antiphon.model;

import org.jspecify.annotations.NullMarked;
