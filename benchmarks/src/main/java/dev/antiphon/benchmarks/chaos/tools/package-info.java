/** Many calls in virtual time while everything goes wrong with what tools and effects do. */
@NullMarked
package dev.antiphon.benchmarks.chaos.tools;

import org.jspecify.annotations.NullMarked;
