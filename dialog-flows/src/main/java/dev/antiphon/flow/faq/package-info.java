/** Questions and approved answers, found by an in-process text index. */
@NullMarked
package dev.antiphon.flow.faq;

import org.jspecify.annotations.NullMarked;
