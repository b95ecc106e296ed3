/** HTTP as webhooks, text models and sources of tools speak it: safe addresses, signed messages, answers that end. */
@NullMarked
package dev.antiphon.http;

import org.jspecify.annotations.NullMarked;
