/**
 * The wire as data: events, items, session configuration and usage of the OpenAI Realtime protocol, independent of
 * dialect and JSON. Pure: no I/O, no clock, no JSON library. Source: the provider's OpenAPI document and protocol notes
 * cited on each type.
 */
@NullMarked
package dev.antiphon.realtime;

import org.jspecify.annotations.NullMarked;
