/** Tests of the catalogue, of prices and of accounts. */
@NullMarked
package dev.antiphon.model;

import org.jspecify.annotations.NullMarked;
