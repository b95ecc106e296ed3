/** What {@code antiphon estimate} shows: a table, JSON, CSV, and a page with a plot. */
@NullMarked
package dev.antiphon.server.estimate;

import org.jspecify.annotations.NullMarked;
