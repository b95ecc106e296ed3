/** How often the FAQ index finds the right answer, on questions that other people asked. */
@NullMarked
package dev.antiphon.benchmarks.faq;

import org.jspecify.annotations.NullMarked;
