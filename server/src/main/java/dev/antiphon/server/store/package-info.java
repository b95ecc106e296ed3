/** Finished calls in an SQL database: what writes them, what figures are made of them, and how they are taken elsewhere. */
@NullMarked
package dev.antiphon.server.store;

import org.jspecify.annotations.NullMarked;
